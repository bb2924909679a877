"""What each step of an allocation writes, besides the state that the workflow moves."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from plimsoll.allocations import evidence, letters, notify
from plimsoll.allocations.hearing import reader_of_mark
from plimsoll.allocations.models import (
    Allocation,
    HighRisk,
    Offer,
    Referral,
    Side,
    Signature,
)
from plimsoll.core import access
from plimsoll.core.deadlines import due
from plimsoll.core.workflow import Refused, begin
from plimsoll.framework.procedure import Tier
from plimsoll.people.models import User
from plimsoll.schools.calendar import calendar_of

OTHER: Final = {Side.SCHOOL: Side.SERVICE, Side.SERVICE: Side.SCHOOL}

# States in which the service answers an offer of the school's.
SERVICE_ANSWERS: Final = frozenset({"with_service", "service_confirms"})

# --- proposals ----------------------------------------------------------------


def propose(case: Allocation, *, by: User, at: datetime, band: str, reasons: str) -> None:
    """The service proposes; moderation comes first, so the school does not hear yet."""
    _offer(case, Side.SERVICE, by=by, at=at, band=band, reasons=reasons)
    notify.tell(case, "moderation", by=by, at=at)


def propose_to_school(case: Allocation, *, by: User, at: datetime, band: str, reasons: str) -> None:
    """The service proposes, and the school hears at once."""
    _offer(case, Side.SERVICE, by=by, at=at, band=band, reasons=reasons)
    let_school_hear(case, by=by, at=at)


def let_school_hear(case: Allocation, *, by: User, at: datetime) -> None:
    """From now the school sees the proposal, and its time to answer runs."""
    _hear(case, at=at)
    _expect_answer(case, at=at)
    notify.tell(case, "proposal", by=by, at=at)


def say_why(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """The reasons stand in the audit trail; nothing else changes."""


def send_back(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """Moderation has a question: the author hears it in the product, not by e-mail."""
    notify.tell(case, "returned", by=by, at=at)


def counter(case: Allocation, *, by: User, at: datetime, band: str, reasons: str) -> None:
    """The school proposes another band."""
    _offer(case, Side.SCHOOL, by=by, at=at, band=band, reasons=reasons)
    _nothing_due(case)
    notify.tell(case, "counter-offer", by=by, at=at)


# --- agreement ----------------------------------------------------------------


def agree(case: Allocation, *, by: User, at: datetime) -> None:
    """The other side's last offer is accepted: both have signed, the one by offering."""
    own = Side.SERVICE if case.state in SERVICE_ANSWERS else Side.SCHOOL
    offer = offer_of(case, OTHER[own])
    if offer is None:
        raise Refused("The other side has made no proposal that could be accepted.")
    for side, person, name, role, when in (
        (offer.side, offer.made_by, offer.made_by_name, offer.made_by_role, offer.made_at),
        (own, by.pk, by.name, _role_at(case, by, own), at),
    ):
        Signature.objects.create(
            allocation=case,
            side=side,
            band=offer.band,
            signed_at=when,
            signed_by=person,
            signed_by_name=name,
            capacity=role,
        )
    _conclude(case, band=offer.band, outcome="agreed", by=by, at=at)


def record_by_service(
    case: Allocation, *, by: User, at: datetime, band: str, reasons: str, met_on: date
) -> None:
    """The service records what was agreed face to face; the school has yet to confirm."""
    _record(case, Side.SERVICE, by=by, at=at, band=band, reasons=reasons, met_on=met_on)
    case.heard_at = at
    _expect_answer(case, at=at)
    notify.tell(case, "confirm", by=by, at=at)


def record_by_school(
    case: Allocation, *, by: User, at: datetime, band: str, reasons: str, met_on: date
) -> None:
    """The school records what was agreed face to face; the service has yet to confirm."""
    _record(case, Side.SCHOOL, by=by, at=at, band=band, reasons=reasons, met_on=met_on)
    _nothing_due(case)
    notify.tell(case, "recorded-by-school", by=by, at=at)


def deny_by_school(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """The school remembers it otherwise: the service's turn."""
    _nothing_due(case)
    notify.tell(case, "counter-offer", by=by, at=at)


def deny_by_service(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """The service remembers it otherwise: its own last proposal waits for the school again."""
    own = offer_of(case, Side.SERVICE)
    case.proposed_band = own.band if own else ""
    _expect_answer(case, at=at)
    notify.tell(case, "proposal", by=by, at=at)


# --- disagreement -------------------------------------------------------------


def refer_by_school(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """First tier: the school's reasons beside the service's last ones."""
    _refer(case, Side.SCHOOL, tier=0, school=reasons, service="", by=by, at=at)


def refer_by_service(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """First tier: the service's reasons beside the school's last ones."""
    _refer(case, Side.SERVICE, tier=0, school="", service=reasons, by=by, at=at)


def dispute_decision(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """A band set by the service alone is disputed by the same route.

    It starts at the first tier that is not the role which set the band.
    """
    setter = last_offer(case).made_by_role
    route = case.policy.disagreement
    tier = next((n for n, tier in enumerate(route) if tier.role != setter), len(route) - 1)
    case.band, case.concluded_at = "", None
    _refer(case, Side.SCHOOL, tier=tier, school=reasons, service="", by=by, at=at)


def refer_further(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """The next tier: the school's new reasons beside the decision it disputes."""
    decided = case.referrals.get(tier=case.tier)
    _refer(
        case, Side.SCHOOL, tier=case.tier + 1, school=reasons, service=decided.reasons, by=by, at=at
    )


def decide(case: Allocation, *, by: User, at: datetime, band: str, reasons: str) -> None:
    """A decision that the school may still take to the next tier."""
    _decide(case, by=by, at=at, band=band, reasons=reasons)
    _expect_answer(case, at=at)
    notify.tell(case, "decided", by=by, at=at)


def decide_finally(case: Allocation, *, by: User, at: datetime, band: str, reasons: str) -> None:
    """The last tier's decision ends the matter."""
    _decide(case, by=by, at=at, band=band, reasons=reasons)
    _conclude(case, band=band, outcome="decided", by=by, at=at)


def settle(case: Allocation, *, by: User, at: datetime) -> None:
    """The decision stands: accepted, or not taken further in time."""
    _conclude(case, band=case.proposed_band, outcome="decided", by=by, at=at)


# --- without an answer, without taking part -----------------------------------


def provide(case: Allocation, *, by: User, at: datetime, band: str, reasons: str) -> None:
    """A provisional band for a school that has not answered; never shown as agreed."""
    kind = Offer.Kind.PROVISIONAL
    _offer(case, Side.SERVICE, by=by, at=at, band=band, reasons=reasons, kind=kind)
    case.heard_at = at
    _conclude(case, band=band, outcome="provisional", by=by, at=at)


def inform(case: Allocation, *, by: User, at: datetime) -> None:
    """Where the service decides: the moderated proposal becomes the decision."""
    _hear(case, at=at)
    _conclude(case, band=case.proposed_band, outcome="informed", by=by, at=at)


def decline(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """The academy does not take part this year: it has no band."""
    case.proposed_band = case.band = ""
    _nothing_due(case)
    case.concluded_at = at
    evidence.freeze(case, at=at)
    letters.issue(case, "declined", by=by, at=at)
    notify.tell(case, "declined", by=by, at=at)


def rejoin(case: Allocation, *, by: User, at: datetime) -> None:
    """The academy takes part after all; what is prepared now is unheard until it is released."""
    case.concluded_at = case.heard_at = case.heard_from = None


def open_review(case: Allocation, *, by: User, at: datetime, reasons: str) -> None:
    """Grant the request: a further round begins, and the band stands until it ends."""
    request = case.review_requests.get(answered_at=None)
    request.granted, request.answer = True, reasons
    request.answered_at, request.answered_by_name = at, by.name
    request.save()
    if not case.frozen_evidence.exists():  # the evidence for a provisional band was open
        evidence.freeze(case, at=at)
    again = Allocation(
        cycle=case.cycle,
        school=case.school,
        edition=case.edition,
        round=case.round + 1,
        previous_band=case.band,
    )
    begin(again, state="preparing", at=at).save()
    notify.tell(case, "review-answered", by=by, at=at)


# --- high risk ----------------------------------------------------------------


def dispute_mark(mark: HighRisk, *, by: User, at: datetime, reasons: str) -> None:
    """The school disputes the mark: it waits for the first tier of the same route (S10)."""
    mark.dispute, mark.tier = reasons, 0
    notify.tell(mark.allocation, "referred", roles=(_tier(mark.allocation, 0).role,), by=by, at=at)


def take_mark_further(mark: HighRisk, *, by: User, at: datetime, reasons: str) -> None:
    mark.dispute, mark.tier = reasons, mark.tier + 1
    role = _tier(mark.allocation, mark.tier).role
    notify.tell(mark.allocation, "referred", roles=(role,), by=by, at=at)


def uphold(mark: HighRisk, *, by: User, at: datetime, reasons: str) -> None:
    mark.decision, mark.decided_by_name = reasons, by.name
    notify.tell(mark.allocation, "decided", by=by, at=at)


def lift(mark: HighRisk, *, by: User, at: datetime, reasons: str) -> None:
    mark.decision, mark.decided_by_name, mark.ended_at = reasons, by.name, at
    # A school that has not heard of the mark is not told of its end either.
    notify.tell(mark.allocation, "decided", permission=reader_of_mark(mark), by=by, at=at)


# --- the parts they share -----------------------------------------------------


def last_offer(case: Allocation) -> Offer:
    """The offer on the table. Raises Offer.DoesNotExist before the first."""
    return case.offers.latest("made_at", "pk")


def offer_of(case: Allocation, side: Side) -> Offer | None:
    """The last that this side offered: the other may have offered, or been denied, since."""
    return case.offers.filter(side=side).order_by("-made_at", "-pk").first()


def _offer(
    case: Allocation,
    side: Side,
    *,
    by: User,
    at: datetime,
    band: str,
    reasons: str,
    kind: Offer.Kind = Offer.Kind.OFFER,
    met_on: date | None = None,
) -> None:
    _known(case, band)
    Offer.objects.create(
        allocation=case,
        side=side,
        kind=kind,
        band=band,
        reasons=reasons,
        met_on=met_on,
        made_at=at,
        made_by=by.pk,
        made_by_name=by.name,
        made_by_role=_role_at(case, by, side),
    )
    case.proposed_band = band


def _hear(case: Allocation, *, at: datetime) -> None:
    """The service's last proposal is heard: not those that moderation sent back before it."""
    if case.heard_at is None:
        case.heard_from = last_offer(case).made_at
    case.heard_at = at


def _record(
    case: Allocation, side: Side, *, by: User, at: datetime, band: str, reasons: str, met_on: date
) -> None:
    if met_on > timezone.localdate(at):
        raise Refused("The day you met cannot be in the future.")
    kind = Offer.Kind.FACE_TO_FACE
    _offer(case, side, by=by, at=at, band=band, reasons=reasons, kind=kind, met_on=met_on)


def _known(case: Allocation, band: str) -> None:
    if band not in {each.key for each in case.policy.bands}:
        raise Refused(f"This framework has no such {case.policy.words.band}.")


def _refer(
    case: Allocation, side: Side, *, tier: int, school: str, service: str, by: User, at: datetime
) -> None:
    """Each position is what its side says now, or its last reasons."""
    rule = _tier(case, tier)
    case.tier = tier
    _nothing_due(case)
    Referral.objects.create(
        allocation=case,
        tier=tier,
        role=rule.role,
        referred_by=side,
        referred_by_name=by.name,
        referred_at=at,
        due=_day(case, at, rule.days, rule.basis) if rule.days else None,
        school_position=school or _last_reasons(case, Side.SCHOOL),
        service_position=service or _last_reasons(case, Side.SERVICE),
    )
    notify.tell(case, "referred", roles=(rule.role,), by=by, at=at)


def _tier(case: Allocation, tier: int) -> Tier:
    return case.policy.disagreement[tier]


def _last_reasons(case: Allocation, side: Side) -> str:
    offer = offer_of(case, side)
    return offer.reasons if offer else ""


def _decide(case: Allocation, *, by: User, at: datetime, band: str, reasons: str) -> None:
    _known(case, band)
    referral = case.referrals.get(tier=case.tier)
    referral.band, referral.reasons = band, reasons
    referral.decided_at, referral.decided_by, referral.decided_by_name = at, by.pk, by.name
    referral.save()
    case.proposed_band = band


def _conclude(case: Allocation, *, band: str, outcome: str, by: User, at: datetime) -> None:
    """The band is in force: the evidence is frozen, the letter issued, both are told."""
    case.band = case.proposed_band = band
    case.concluded_at = at
    if outcome == "provisional":
        _expect_answer(case, at=at)
    else:
        _nothing_due(case)
        evidence.freeze(case, at=at)
    letters.issue(case, outcome, by=by, at=at)
    letters.issue_pending_high_risk(case, by=by, at=at)
    notify.tell(case, outcome, by=by, at=at)


def _expect_answer(case: Allocation, *, at: datetime) -> None:
    rules = case.policy.allocation
    case.answer_due = _day(case, at, rules.answer_days, rules.answer_basis)
    case.answer_due_first, case.answer_basis = case.answer_due, rules.answer_basis
    last = _day(case, at, rules.provisional_after_days, rules.provisional_basis)
    case.provisional_from = last + timedelta(days=1)
    case.reminders, case.reminded_at = 0, None


def _nothing_due(case: Allocation) -> None:
    case.answer_due = case.answer_due_first = case.provisional_from = None
    case.answer_basis, case.reminders, case.reminded_at = "", 0, None


def _day(case: Allocation, at: datetime, days: int, basis: str) -> date:
    start = timezone.localdate(at)
    return due(start, days, basis, calendar_of(case.school, years=(start.year, start.year + 1)))


# Whose roles speak for a side: those that the policy lets act on it.
_SPEAKS: Final = {Side.SCHOOL: "allocation.answer", Side.SERVICE: "allocation.inside"}


def _role_at(case: Allocation, by: User, side: Side) -> str:
    """The role in which the person acts for this side of this school."""
    roles = access.grants(_SPEAKS[side])
    return next((role for role in roles if access.holds(by, role, case)), "")
