"""High-risk marks and in-year reviews (S6, S10, U4)."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.allocations import actions, queries
from plimsoll.allocations.forms import HighRiskForm, MarkStepForm, Reasons
from plimsoll.allocations.models import Allocation, HighRisk
from plimsoll.allocations.views import back, fetched, small, writer
from plimsoll.allocations.workflow import HIGH_RISK
from plimsoll.core.access import may, needs
from plimsoll.core.workflow import Offer
from plimsoll.framework.judging import HighRisk as HighRiskRule
from plimsoll.people.requests import SignedIn


def _rule(case: Allocation) -> HighRiskRule:
    key = case.band or case.proposed_band
    rule = case.policy.band(key).high_risk if key else None
    if rule is None:
        raise Http404
    return rule


@needs("allocation.prepare")
@never_cache
def mark(request: SignedIn, pk: int) -> HttpResponse:
    case, at = fetched(request, pk), timezone.now()
    if not may(request.user, "allocation.prepare", case):
        raise PermissionDenied
    rule, today = _rule(case), timezone.localdate(at)
    form = HighRiskForm(
        request.POST or None,
        today=today,
        initial={"review_on": today + timedelta(days=rule.review_days)},
    )
    if form.is_valid() and form.does(
        actions.mark_high_risk, case=case, **form.cleaned_data, by=request.user, at=at
    ):
        return back(case, f"Marked as {rule.label}.", request)
    treated = case.policy.band(rule.treated_with).label
    return small(
        request,
        case,
        title=f"Mark as {rule.label}",
        lead=f"The school is then supported and challenged as in {case.policy.words.band} "
        f"{treated}. It reads the mark and your reasons, and may dispute them.",
        form=form,
        action=f"Mark as {rule.label}",
    )


@needs("allocation.see")
@never_cache
def step(request: SignedIn, pk: int, item: int, name: str) -> HttpResponse:
    """One step on a high-risk mark: dispute, uphold, lift."""
    case, at = fetched(request, pk), timezone.now()
    marks = queries.marks_seen(case, queries.side_of(request.user, case), queries.sheets_of(case))
    shown = next((each for each in marks if each.pk == item), None)
    if shown is None or name not in {each.name for each in HIGH_RISK.steps}:
        raise Http404
    if not may(request.user, HIGH_RISK.step(name).permission, shown):
        raise PermissionDenied
    offers = {each.step.name: each for each in HIGH_RISK.offers(shown, by=request.user, at=at)}
    if name not in offers:
        return redirect("allocations:case", case.pk)
    return _mark_step(request, case, shown, offers[name])


def _mark_step(request: SignedIn, case: Allocation, shown: HighRisk, offer: Offer) -> HttpResponse:
    form = MarkStepForm(request.POST or None, initial={"version": shown.version})
    if form.is_valid() and form.does(
        HIGH_RISK.take,
        case=shown, name=offer.step.name, **form.cleaned_data,
        by=request.user, at=timezone.now(),
    ):  # fmt: skip
        return back(case, f"Done: {offer.step.label}.", request)
    if form.is_bound:
        # What was typed is kept, under what is said of the mark now.
        shown.refresh_from_db()
        form.data = dict(form.data.items()) | {"version": shown.version}
    return small(
        request,
        case,
        title=offer.step.label,
        lead="Both sides read your reasons.",
        blocked=offer.blocked,
        facts=[
            ("Marked because", shown.reason),
            ("Disputed because", shown.dispute or "Not disputed"),
        ],
        form=None if offer.blocked else form,
        action=offer.step.label,
    )


@needs("allocation.see")
@never_cache
def ask_review(request: SignedIn, pk: int) -> HttpResponse:
    """Either side asks for an in-year review (S6, U4)."""
    case, at = fetched(request, pk), timezone.now()
    side = writer(request, case)
    form = Reasons(request.POST or None)
    if form.is_valid() and form.does(
        actions.ask_for_review,
        case=case, side=side, **form.cleaned_data, by=request.user, at=at,
    ):  # fmt: skip
        return back(case, "Your request is sent.", request)
    moderator = case.policy.roles["po"].label
    return small(
        request,
        case,
        title="Ask for a review",
        lead=f"Say what has changed. The {case.policy.words.band} stands until a review ends.",
        consequences=[f"The {moderator} opens a review or says why not, with reasons."],
        form=form,
        action="Ask for a review",
    )


@needs("allocation.moderate")
@never_cache
def refuse_review(request: SignedIn, pk: int) -> HttpResponse:
    case, at = fetched(request, pk), timezone.now()
    if not may(request.user, "allocation.moderate", case):
        raise PermissionDenied
    asked = case.review_requests.filter(answered_at=None).first()
    if asked is None:
        return redirect("allocations:case", case.pk)
    form = Reasons(request.POST or None)
    if form.is_valid() and form.does(
        actions.refuse_review,
        request=asked, answer=form.cleaned_data["reasons"], by=request.user, at=at,
    ):  # fmt: skip
        return back(case, "The request is answered.", request)
    return small(
        request,
        case,
        title="Answer that there will be no review now",
        lead="Both sides read your reasons. They may ask again.",
        facts=[("Asked by", asked.asked_by_name), ("Because", asked.reasons)],
        form=form,
        action="Give this answer",
    )
