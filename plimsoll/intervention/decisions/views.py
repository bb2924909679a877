"""Decisions of a case: put on record, corrected by another, told to the school."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core.access import needs, visible
from plimsoll.intervention.cases.fetching import back, fetched, small
from plimsoll.intervention.decisions.forms import DecisionForm, ToldForm
from plimsoll.intervention.decisions.recording import (
    NewDecision,
    record_decision,
    tell_decision,
)
from plimsoll.intervention.models import Decision
from plimsoll.intervention.permissions import DECIDE
from plimsoll.people.requests import SignedIn


@needs(DECIDE)
@never_cache
def add(request: SignedIn, pk: int) -> HttpResponse:
    case, at = fetched(request, pk, DECIDE), timezone.now()
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        new = NewDecision(**form.cleaned_data)
        if form.does(record_decision, case=case, wanted=new, by=request.user, at=at):
            return back(request, case, "The decision is on record.")
    return small(
        request,
        case,
        form,
        title="Record a decision",
        lead="It stands as it is recorded. A mistake is corrected by another that supersedes it.",
        action="Put it on record",
    )


@needs(DECIDE)
@never_cache
def supersede(request: SignedIn, pk: int) -> HttpResponse:
    """Another in the place of a mistaken one, which begins with its words."""
    decision, at = _fetched(request, pk), timezone.now()
    saved = {name: getattr(decision, name) for name in DecisionForm.base_fields}
    form = DecisionForm(request.POST or None, initial=saved)
    if form.is_valid():
        new = NewDecision(**form.cleaned_data)
        facts = {"case": decision.case, "supersedes": decision, "by": request.user, "at": at}
        if form.does(record_decision, wanted=new, **facts):
            return back(request, decision.case, "It is superseded, and stays to be read.")
    return small(
        request,
        decision.case,
        form,
        title="Supersede a decision",
        lead="The mistaken one stays to be read, with a mark that this one takes its place.",
        action="Put this one in its place",
    )


@needs(DECIDE)
@never_cache
def told(request: SignedIn, pk: int) -> HttpResponse:
    decision, at = _fetched(request, pk), timezone.now()
    form = ToldForm(request.POST or None)
    if form.is_valid() and form.does(
        tell_decision, decision=decision, by=request.user, at=at, **form.cleaned_data
    ):
        return back(request, decision.case, "From now on, the school reads this decision.")
    return small(
        request,
        decision.case,
        form,
        title="The school was told of a decision",
        lead=decision.what,
        action="Put it on record",
    )


def _fetched(request: SignedIn, pk: int) -> Decision:
    rows = visible(Decision.objects.select_related("case__school"), request.user, DECIDE)
    return get_object_or_404(rows, pk=pk)
