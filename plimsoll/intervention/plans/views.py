"""One plan: its page, and sending a file as the plan."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs
from plimsoll.intervention.cases.fetching import posted
from plimsoll.intervention.cases.keeping import note_reading
from plimsoll.intervention.permissions import TOLD, WRITE_PLAN
from plimsoll.intervention.plans import handing_in
from plimsoll.intervention.plans.beginning import plan_of
from plimsoll.intervention.plans.fetching import back, fetched, not_now, offered, small
from plimsoll.intervention.plans.forms import PlanFileForm
from plimsoll.intervention.plans.page import PlanPage
from plimsoll.people.requests import SignedIn


@needs(TOLD)
@never_cache
@require_GET
def plan(request: SignedIn, pk: int) -> HttpResponse:
    """How it stands, and everything that was sent, for school and service alike."""
    obligation, at = fetched(request, pk), timezone.now()
    note_reading(case=obligation.case, by=request.user, at=at, permission=TOLD)
    page = PlanPage(obligation, request.user, at)
    context = {"page": page, "obligation": obligation, "case": obligation.case}
    return render(request, "intervention/plans/plan.html", context)


@needs(WRITE_PLAN)
@never_cache
def send_file(request: SignedIn, pk: int) -> HttpResponse:
    """The school’s own file, sent as its plan."""
    obligation, at = fetched(request, pk, WRITE_PLAN), timezone.now()
    plan = plan_of(obligation, at=at)
    offer = offered(request, plan, "send_file", at)
    if offer is None:
        return not_now(request, plan)
    form = PlanFileForm(*posted(request))
    if form.is_valid():
        facts = {"obligation": obligation, "by": request.user, "at": at, **form.cleaned_data}
        if form.does(handing_in.send_file, **facts):
            return back(request, obligation, "The plan is sent.")
    return small(
        request,
        obligation,
        form,
        title="Send a file as the plan",
        lead="For a plan that is written elsewhere already. It is sent as it is.",
        action="Send this file",
        upload=True,
        blocked=offer.blocked,
        follows=[
            "It counts as received today, and cannot be changed or taken back.",
            "Those who keep the case hear that there is something to read.",
            "It is accepted, or comes back with points; then you can send another.",
        ],
    )
