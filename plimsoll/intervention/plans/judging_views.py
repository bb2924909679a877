"""The service's side of a plan: one that came another way, and accepting or returning it."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core.access import needs
from plimsoll.core.forms import long_date
from plimsoll.intervention.cases.fetching import posted
from plimsoll.intervention.models import Obligation
from plimsoll.intervention.permissions import JUDGE, RECORD
from plimsoll.intervention.plans import handing_in, taking
from plimsoll.intervention.plans.beginning import plan_of
from plimsoll.intervention.plans.fetching import back, fetched, not_now, offered, small
from plimsoll.intervention.plans.forms import AcceptForm, ReceiveForm, ReturnForm
from plimsoll.intervention.plans.workflow import JUDGED, PLAN
from plimsoll.people.requests import SignedIn


@needs(RECORD)
@never_cache
def receive(request: SignedIn, pk: int) -> HttpResponse:
    """A plan that came by post, by e-mail or by hand."""
    obligation, at = fetched(request, pk, RECORD), timezone.now()
    plan = plan_of(obligation, at=at)
    offer = offered(request, plan, "receive", at)
    if offer is None:
        return not_now(request, plan)
    today = timezone.localdate(at)
    form = ReceiveForm(*posted(request), starts=obligation.starts, today=today)
    if form.is_valid():
        facts = {"obligation": obligation, "by": request.user, "at": at, **form.cleaned_data}
        if form.does(handing_in.receive, **facts):
            return back(request, obligation, "The plan is on record as received.")
    return small(
        request,
        obligation,
        form,
        title="Record a plan that came another way",
        lead="By post, by e-mail or by hand, for the governing body.",
        action="Put it on record",
        upload=True,
        blocked=offer.blocked,
        follows=[
            "The day on which it came is the day that counts.",
            "The head and the chair read the file here too.",
        ],
    )


@needs(JUDGE)
@never_cache
def judge(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Accept the newest version, or return it with points."""
    if name not in JUDGED:
        raise Http404
    obligation, at = fetched(request, pk, JUDGE), timezone.now()
    plan, step = plan_of(obligation, at=at), PLAN.step(name)
    offer = offered(request, plan, name, at)
    if offer is None:
        return not_now(request, plan)
    data, seen = request.POST or None, {"version": plan.version}
    form = (
        AcceptForm(data, initial=seen)
        if name == "accept"
        else ReturnForm(data, initial=seen, due=obligation.due)
    )
    if form.is_valid():
        facts = {"by": request.user, "at": at, **form.cleaned_data}
        if form.does(taking.take, plan=plan, name=name, **facts):
            return back(request, obligation, f"Done: {step.label}.")
    return small(
        request,
        obligation,
        form,
        title=step.label,
        lead=case_words(obligation),
        action=step.label,
        blocked=offer.blocked,
        follows=FOLLOWS[name],
    )


FOLLOWS = {
    "accept": [
        "What was owed is met, and stays so.",
        "The head and the chair hear that there is an answer to read.",
    ],
    "send_back": [
        "The plan is owed again, by the day that stands or by the other one.",
        "The head and the chair hear that there is an answer to read, and write on from it.",
        "This version and your points stay to be read.",
    ],
}


def case_words(obligation: Obligation) -> str:
    assert obligation.met_on
    return f"Received on {long_date(obligation.met_on)}. Due on {long_date(obligation.due)}."
