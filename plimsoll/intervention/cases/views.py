"""Putting something on record in a case."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core import audit, stale
from plimsoll.core.access import may, needs
from plimsoll.core.workflow import Refused, Stale
from plimsoll.framework.casework import Fact
from plimsoll.intervention.cases import discussions, findings, forms, keeping, rungs
from plimsoll.intervention.cases.fetching import back, fetched, posted, small
from plimsoll.intervention.models import Case
from plimsoll.intervention.permissions import PRIVILEGED, RECORD
from plimsoll.people.requests import SignedIn

BARRED: Final = (
    "A notice of the Secretary of State",
    "While it stands, the authority may give no warning notice of its own (section 60(4A)).",
)
LIFTED: Final = (
    "The authority may give a notice again",
    "The Secretary of State has said that the authority may give a notice.",
)

KEPT: Final = {True: "lift", False: "block"}


@needs(RECORD)
@never_cache
def add_finding(request: SignedIn, pk: int, fact: str) -> HttpResponse:
    case, at = fetched(request, pk, RECORD), timezone.now()
    wanted = _fact(request, case, fact)
    form = forms.FindingForm(*posted(request), fact=wanted, policy=case.policy)
    if form.is_valid():
        new = findings.NewFinding(fact=fact, **form.cleaned_data)
        facts = {"case": case, "wanted": new, "by": request.user, "at": at}
        if form.does(findings.record_finding, **facts):
            return back(request, case, "It is on record.", kept=f"finding:{fact}")
    lead = "Privileged: legal advice is read by few, and stands in no file that leaves the service."
    return small(
        request,
        case,
        form,
        title=wanted.label,
        lead=lead
        if wanted.privileged
        else "What shows it, so that somebody else would see it too.",
        action="Put it on record",
        upload=True,
        kept=f"finding:{fact}",
    )


def _fact(request: SignedIn, case: Case, name: str) -> Fact:
    """A fact that a person finds, for whoever may read what is found."""
    facts = (each for each in rungs.facts_of(case) if each.shown_by in findings.FOUND)
    wanted = next((each for each in facts if each.id == name), None)
    if wanted is None:
        raise Http404
    if wanted.privileged and not may(request.user, PRIVILEGED, case):
        raise PermissionDenied
    return wanted


@needs(RECORD)
@never_cache
def withdraw_finding(request: SignedIn, pk: int, item: int) -> HttpResponse:
    case, at = fetched(request, pk, RECORD), timezone.now()
    finding = get_object_or_404(case.findings.filter(withdraws=None), pk=item)
    if finding.privileged and not may(request.user, PRIVILEGED, case):
        raise Http404
    form = forms.WithdrawForm(request.POST or None)
    if form.is_valid() and form.does(
        findings.withdraw_finding, finding=finding, by=request.user, at=at, **form.cleaned_data
    ):
        return back(
            request, case, "It is withdrawn, and stays to be read.", kept=f"withdraw:{item}"
        )
    return small(
        request,
        case,
        form,
        title="Withdraw a finding",
        lead=f"{case.policy.fact(finding.fact).label}: {finding.text}",
        action="Withdraw it",
        kept=f"withdraw:{item}",
    )


@needs(RECORD)
@never_cache
def discussion(request: SignedIn, pk: int) -> HttpResponse:
    case, at = fetched(request, pk, RECORD), timezone.now()
    form = forms.DiscussionForm(request.POST or None)
    if form.is_valid():
        new = discussions.NewDiscussion(**form.cleaned_data)
        facts = {"case": case, "wanted": new, "by": request.user, "at": at}
        if form.does(discussions.record_discussion, **facts):
            return back(request, case, "The discussion is on record.", kept="discussion")
    return small(
        request,
        case,
        form,
        title="The discussion with head and chair",
        lead="It comes before any notice, in the hope that none is needed.",
        action="Put it on record",
        kept="discussion",
    )


@needs(RECORD)
@never_cache
def review(request: SignedIn, pk: int) -> HttpResponse:
    case, at = fetched(request, pk, RECORD), timezone.now()
    form = forms.ReviewForm(request.POST or None, initial={"on": case.review_on})
    if form.is_valid() and form.does(
        keeping.set_review, case=case, by=request.user, at=at, **form.cleaned_data
    ):
        return back(request, case, "The next review is set.", kept="review")
    return small(
        request,
        case,
        form,
        title="Set the next review",
        lead="An open case always has a next review.",
        action="Set it",
        kept="review",
    )


@needs(RECORD)
@never_cache
def risk(request: SignedIn, pk: int) -> HttpResponse:
    case, at = fetched(request, pk, RECORD), timezone.now()
    saved = {"risk": case.risk, "deescalation": case.deescalation, "version": case.version}
    data = stale.settled(request.POST) if request.method == "POST" else None
    form = forms.RiskForm(data, initial=saved)
    if form.is_valid():
        try:
            keeping.state_risk(case=case, by=request.user, at=at, **form.cleaned_data)
        except Stale:
            last = audit.last_change(case)
            return stale.page(
                request, form, saved=saved, by=last.actor_name, at=last.at, version=case.version
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return back(request, case, "The risk is stated.", kept="risk")
    return small(
        request,
        case,
        form,
        title="State the risk",
        lead="What could go wrong, and what must be true for the case to go down a step or end.",
        action="Save it",
        kept="risk",
    )


@needs(RECORD)
@never_cache
def block(request: SignedIn, pk: int) -> HttpResponse:
    """The Secretary of State's notice bars the authority's own; or the bar is lifted."""
    case, at = fetched(request, pk, RECORD), timezone.now()
    form = forms.BlockForm(request.POST or None, initial={"lifts": case.is_blocked})
    lifts = case.is_blocked
    if form.is_valid():
        lifts = form.cleaned_data.pop("lifts")
        act = keeping.lift_block if lifts else keeping.record_block
        if form.does(act, case=case, by=request.user, at=at, **form.cleaned_data):
            return back(request, case, "It is on record.", kept=KEPT[lifts])
    title, lead = LIFTED if lifts else BARRED
    words = {"title": title, "lead": lead, "action": "Put it on record", "kept": KEPT[lifts]}
    return small(request, case, form, **words)
