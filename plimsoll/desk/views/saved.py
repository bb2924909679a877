"""A person's own saved filters: keep one, call it something else, delete it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs
from plimsoll.core.forms import PlimsollForm
from plimsoll.desk.filters import SchoolFilter
from plimsoll.desk.forms import SavedNameForm
from plimsoll.desk.views.contacts import done
from plimsoll.people.requests import SignedIn
from plimsoll.schools import saved as filters
from plimsoll.schools.models import SavedFilter

SEE = "school.see"


@needs(SEE)
@require_GET
def saved(request: SignedIn) -> HttpResponse:
    """Each with what it narrows to, for this person as things are today."""
    rows = SavedFilter.objects.filter(person=request.user).order_by("name")
    context = {
        "title": "Your saved filters",
        "rows": [(row, _of(request, row.query).described()) for row in rows],
    }
    return render(request, "desk/schools/saved.html", context)


@needs(SEE)
def add(request: SignedIn) -> HttpResponse:
    """Save the filters of this page's own address under a name."""
    narrowing = SchoolFilter(request.GET, user=request.user)
    form = SavedNameForm(request.POST or None)
    if form.is_valid() and done(
        form,
        lambda: filters.save(
            query=narrowing.address, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, f"“{form.cleaned_data['name']}” is saved.")
        return redirect(f"{reverse('desk:schools')}?{narrowing.address}")
    cancel = f"{reverse('desk:schools')}?{narrowing.address}"
    return _form(
        request, form, title="Save these filters", caption=narrowing.described(), cancel=cancel
    )


@needs(SEE)
def rename(request: SignedIn, pk: int) -> HttpResponse:
    row = _own(request, pk)
    form = SavedNameForm(request.POST or None, initial={"name": row.name})
    if form.is_valid() and done(form, lambda: filters.rename(saved=row, **form.cleaned_data)):
        messages.success(request, f"It is called “{form.cleaned_data['name']}” now.")
        return redirect("desk:saved")
    return _form(
        request, form, title=f"Rename “{row.name}”", caption="", cancel=reverse("desk:saved")
    )


@needs(SEE)
def delete(request: SignedIn, pk: int) -> HttpResponse:
    row = _own(request, pk)
    if request.method == "POST":
        filters.delete(saved=row)
        messages.success(request, f"“{row.name}” is deleted.")
        return redirect("desk:saved")
    context = {
        "title": f"Delete “{row.name}”",
        "lead": _of(request, row.query).described(),
        "consequences": ["No school and no record changes. The filters can be saved again."],
        "nobody_told": "Nobody: your saved filters are yours alone.",
        "action": "Delete it",
        "cancel": reverse("desk:saved"),
    }
    return render(request, "confirm.html", context)


def _own(request: SignedIn, pk: int) -> SavedFilter:
    return get_object_or_404(SavedFilter, person=request.user, pk=pk)


def _of(request: SignedIn, query: str) -> SchoolFilter:
    return SchoolFilter(QueryDict(query), user=request.user)


def _form(request: SignedIn, form: PlimsollForm, **words: Any) -> HttpResponse:
    return render(request, "desk/form.html", {"form": form, "action": "Save", **words})
