"""Fetching what a plan is owed for: for whoever may know of it; for the others it is not there."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plimsoll.core import stepping
from plimsoll.core.access import may
from plimsoll.core.forms import PlimsollForm
from plimsoll.core.workflow import Offer
from plimsoll.intervention.models import GoverningBodyPlan, Obligation
from plimsoll.intervention.permissions import TOLD
from plimsoll.intervention.plans import queries
from plimsoll.intervention.plans.workflow import PLAN
from plimsoll.people.requests import SignedIn


def fetched(request: SignedIn, pk: int, permission: str = TOLD) -> Obligation:
    """The obligation that a plan meets, to whoever may do this with it."""
    found = get_object_or_404(queries.owed(request.user), pk=pk)
    if not may(request.user, permission, found):
        raise PermissionDenied
    return found


def offered(request: SignedIn, plan: GoverningBodyPlan, name: str, at: datetime) -> Offer | None:
    return PLAN.offer(plan, PLAN.step(name), by=request.user, at=at)


def back(request: SignedIn, obligation: Obligation, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("intervention:plan", obligation.pk)


def not_now(request: SignedIn, plan: GoverningBodyPlan) -> HttpResponse:
    """The step is no longer open: a second click, or somebody was quicker."""
    state = PLAN.state(plan).label
    return stepping.not_now(request, state, "intervention:plan", plan.obligation_id)


def small(
    request: SignedIn, obligation: Obligation, form: PlimsollForm, **words: str | bool | list[str]
) -> HttpResponse:
    """One form of a plan. words: title, lead, action; follows; upload; blocked."""
    context = {"obligation": obligation, "case": obligation.case, "form": form}
    return render(request, "intervention/plans/small.html", context | words)
