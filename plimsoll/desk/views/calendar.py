"""Terms and days without school, of every school or of one."""

from typing import Any, Final

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from plimsoll.core.access import may, needs, path_of, scope, visible
from plimsoll.core.forms import PlimsollForm, long_date
from plimsoll.core.workflow import Refused
from plimsoll.desk import navigation
from plimsoll.desk.forms import ClosureForm, NewClosureForm, NewTermForm, TermForm
from plimsoll.desk.views.contacts import done
from plimsoll.people.requests import SignedIn
from plimsoll.schools import closures
from plimsoll.schools.models import Closure, School, Term

Day = Term | Closure
ROWS: Final = 100


@needs(closures.SEE)
@require_GET
def calendar(request: SignedIn) -> HttpResponse:
    """The days that count for this person's schools, the latest first."""
    context = {
        "title": "Terms and closures",
        "tabs": navigation.set_up(request),
        "terms": _listed(request, Term),
        "closures": _listed(request, Closure),
        "may_change": may(request.user, closures.CHANGE),
    }
    return render(request, "desk/setup/calendar.html", context)


@needs(closures.CHANGE)
def add_term(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    form = NewTermForm(request.POST or None, schools=_own(request), today=today)
    if form.is_valid() and done(
        form, lambda: closures.add_term(by=request.user, at=timezone.now(), **form.cleaned_data)
    ):
        return _kept(request, "The term is entered.")
    return _form(request, form, title="Enter a term", action="Enter the term")


@needs(closures.CHANGE)
def add_closure(request: SignedIn) -> HttpResponse:
    form = NewClosureForm(request.POST or None, schools=_own(request))
    if form.is_valid() and done(
        form, lambda: closures.add_closure(by=request.user, at=timezone.now(), **form.cleaned_data)
    ):
        return _kept(request, "The days without school are entered.")
    return _form(request, form, title="Enter days without school", action="Enter the days")


@needs(closures.CHANGE)
def change_term(request: SignedIn, pk: int) -> HttpResponse:
    term = _day(request, Term, pk)
    kept = {field: getattr(term, field) for field in closures.TERM_FIELDS}
    form = TermForm(request.POST or None, initial=kept, today=term.starts)
    if form.is_valid() and done(
        form,
        lambda: closures.change_term(
            term=term, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
    ):
        return _kept(request, "The term is changed.")
    title = f"Change the {term.name} {term.year}"
    return _form(request, form, title=title, action="Save", caption=_whose(term))


@needs(closures.CHANGE)
def change_closure(request: SignedIn, pk: int) -> HttpResponse:
    closure = _day(request, Closure, pk)
    kept = {field: getattr(closure, field) for field in closures.CLOSURE_FIELDS}
    form = ClosureForm(request.POST or None, initial=kept)
    if form.is_valid() and done(
        form,
        lambda: closures.change_closure(
            closure=closure, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
    ):
        return _kept(request, "The days without school are changed.")
    title = "Change days without school"
    return _form(request, form, title=title, action="Save", caption=_whose(closure))


@needs(closures.CHANGE)
def remove_term(request: SignedIn, pk: int) -> HttpResponse:
    return _remove(request, _day(request, Term, pk))


@needs(closures.CHANGE)
def remove_closure(request: SignedIn, pk: int) -> HttpResponse:
    return _remove(request, _day(request, Closure, pk))


def _remove(request: SignedIn, day: Day) -> HttpResponse:
    if request.method == "POST":
        try:
            closures.remove(day=day, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk:calendar")
        return _kept(request, "The days are removed.")
    context = {
        "title": f"Remove {day.name or day}, {long_date(day.starts)} to {long_date(day.ends)}",
        "lead": _whose(day),
        "consequences": [
            "Deadlines that were set already keep their day; new ones are counted anew."
        ],
        "action": "Remove these days",
        "cancel": reverse("desk:calendar"),
    }
    return render(request, "confirm.html", context)


def _listed(request: SignedIn, model: type[Day]) -> list[tuple[Day, bool]]:
    """Each row with whether this person may change it: those of every school, and one's own."""
    reach = scope(request.user, closures.SEE)
    theirs = path_of(model).q(reach)
    rows = model._default_manager.filter(Q(school=None) | theirs).select_related("school")
    return [
        (row, may(request.user, closures.CHANGE, row))
        for row in rows.order_by("-starts", "-pk")[:ROWS]
    ]


def _day(request: SignedIn, model: type[Any], pk: int) -> Any:
    rows = model.objects.select_related("school")
    return get_object_or_404(visible(rows, request.user, closures.CHANGE), pk=pk)


def _own(request: SignedIn) -> list[School] | None:
    """The schools for which this person speaks; None for whoever may speak for all."""
    if scope(request.user, closures.CHANGE).everywhere:
        return None
    return list(visible(School.objects.order_by("name"), request.user, closures.CHANGE))


def _whose(day: Day) -> str:
    return day.school.name if day.school else "Every school"


def _kept(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("desk:calendar")


def _form(
    request: HttpRequest, form: PlimsollForm, *, title: str, action: str, caption: str = ""
) -> HttpResponse:
    context = {
        "title": title,
        "caption": caption,
        "form": form,
        "action": action,
        "cancel": reverse("desk:calendar"),
    }
    return render(request, "desk/form.html", context)
