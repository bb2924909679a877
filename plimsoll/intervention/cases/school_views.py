"""The cases of one school, and opening one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core import drafts
from plimsoll.core.access import may, needs, visible
from plimsoll.framework.editions import current
from plimsoll.intervention.cases import forms, opening, queries
from plimsoll.intervention.permissions import OPEN, SEE, TOLD
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School


@needs(TOLD)
@never_cache
@require_GET
def of_school(request: SignedIn, urn: int) -> HttpResponse:
    """Every case of the school that this person may know of, newest first."""
    school = get_object_or_404(visible(School.objects.all(), request.user, TOLD), pk=urn)
    whole = may(request.user, SEE, school)
    found = queries.cases(request.user) if whole else queries.told_cases(request.user)
    rows = list(found.filter(school=school).order_by("-number"))
    opens = may(request.user, OPEN, school) and all(case.closed_on for case in rows)
    context = {"school": school, "rows": rows, "whole": whole, "may_open": opens}
    return render(request, "intervention/of_school.html", context)


@needs(OPEN)
@never_cache
def open_case(request: SignedIn, urn: int) -> HttpResponse:
    school = get_object_or_404(visible(School.objects.all(), request.user, OPEN), pk=urn)
    at, policy = timezone.now(), current()
    proposed = opening.proposed_review(school, policy, timezone.localdate(at))
    key = f"open-case:{school.pk}"
    form = forms.OpenForm(request.POST or None, policy=policy, proposed=proposed)
    if form.is_valid():
        new = opening.NewCase(**form.cleaned_data)
        facts = {"school": school, "wanted": new, "by": request.user, "at": at}
        if form.does(opening.open_case, **facts):
            drafts.discard(user=request.user, key=key)
            messages.success(request, "The case is open. Next, tell the head and the chair.")
            return redirect("intervention:case", school.cases.latest("number").pk)
    context = {"school": school, "form": form}
    context |= drafts.opened(user=request.user, key=key, form=form)
    return render(request, "intervention/open.html", context)
