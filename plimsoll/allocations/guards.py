"""When a step of an allocation is closed, and the sentence that says why.

Predicates (`-> bool`) say whether the authority's process has the step at all; guards
(`-> str`) why it cannot be taken now, or nothing.
"""

from datetime import datetime

from django.utils import timezone

from plimsoll.allocations.models import Allocation, CriterionView, HighRisk, Offer, Side
from plimsoll.core.access import holds
from plimsoll.framework.procedure import Tier
from plimsoll.people.models import User

# --- what the authority's process has ----------------------------------------


def moderated(case: Allocation) -> bool:
    """Proposals are moderated across partners before the school hears of them (S4)."""
    return case.policy.allocation.moderation


def not_moderated(case: Allocation) -> bool:
    return not moderated(case)


def negotiated(case: Allocation) -> bool:
    """The band is agreed by both sides, not decided by one."""
    return case.policy.allocation.mode == "negotiated"


def school_is_informed(case: Allocation) -> bool:
    return not negotiated(case)


def face_to_face(case: Allocation) -> bool:
    return case.policy.allocation.face_to_face and negotiated(case)


def may_decline(case: Allocation) -> bool:
    """Some kinds of school take part by agreement only."""
    return case.school.type in case.policy.scope.may_decline


def reviews_in_year(case: Allocation) -> bool:
    return case.policy.allocation.in_year_review


def tier_of(case: Allocation) -> Tier:
    """The tier of the disagreement route that the case has reached."""
    return case.policy.disagreement[case.tier]


def at_last_tier(case: Allocation) -> bool:
    return tier_of(case).final


def before_last_tier(case: Allocation) -> bool:
    return not at_last_tier(case)


def mark_at_last_tier(mark: HighRisk) -> bool:
    return mark.allocation.policy.disagreement[mark.tier].final


def mark_before_last_tier(mark: HighRisk) -> bool:
    return not mark_at_last_tier(mark)


# --- why not now --------------------------------------------------------------


def cycle_is_open(case: Allocation, *, by: User, at: datetime) -> str:
    return "This cycle is closed." if case.cycle.closed_at else ""


def views_are_ready(case: Allocation, *, by: User, at: datetime) -> str:
    """Every decisive criterion needs the service's view before a band is proposed (S8)."""
    stated = set(
        CriterionView.objects.filter(sheet__allocation=case, sheet__side=Side.SERVICE)
        .exclude(choice="")
        .values_list("criterion", flat=True)
    )
    missing = [
        criterion.label
        for criterion in case.policy.criteria
        if criterion.decisive and criterion.id not in stated
    ]
    return f"Give your view on {' and '.join(missing)} first: decisive." if missing else ""


def own_views_first(case: Allocation, *, by: User, at: datetime) -> str:
    """Where policy has each side judge before it sees the other's views (S2)."""
    if not case.policy.allocation.blind_views:
        return ""
    if case.sheets.filter(side=Side.SCHOOL, submitted_at__isnull=False).exists():
        return ""
    return "Give and submit your own views first: then you see the other side's and can answer."


def school_has_offered(case: Allocation, *, by: User, at: datetime) -> str:
    """It may be the service's turn because an agreement was denied: then there is none."""
    if case.offers.filter(side=Side.SCHOOL).exists():
        return ""
    return "The school has made no proposal of its own: make another proposal."


def not_own_partner(case: Allocation, *, by: User, at: datetime) -> str:
    """Nobody moderates or decides where they are the school's own partner (S4)."""
    if holds(by, "sip", case):
        partner = case.policy.words.partner
        return f"You are this school's own {partner}, so somebody else must do this."
    return ""


def may_decide(case: Allocation, *, by: User, at: datetime) -> str:
    """The tier's own role decides; never the school's own partner, never one's own band."""
    tier = tier_of(case)
    if not holds(by, tier.role, case):
        return f"This waits for the {tier.label}."
    if tier.never_own_partner and (reason := not_own_partner(case, by=by, at=at)):
        return reason
    last = case.offers.order_by("-made_at", "-pk").first()
    if last and last.kind == Offer.Kind.PROVISIONAL and last.made_by == by.pk:
        return "You set the provisional band yourself, so somebody else must decide."
    return ""


def answer_is_overdue(case: Allocation, *, by: User, at: datetime) -> str:
    """The school has the days the policy gives it to take a decision further."""
    if case.answer_due and timezone.localdate(at) <= case.answer_due:
        return f"The school has until {_day(case.answer_due)} to take it further."
    return ""


def silent_long_enough(case: Allocation, *, by: User, at: datetime) -> str:
    """A provisional band only after reminders and the days that policy sets (S2)."""
    earliest = case.provisional_from
    if earliest and timezone.localdate(at) < earliest:
        return f"A provisional band can be set from {_day(earliest)}, if nothing is heard."
    if not case.reminders:
        return "Remind the school first: no reminder has been sent since it was its turn."
    return not_own_partner(case, by=by, at=at)


def review_was_asked(case: Allocation, *, by: User, at: datetime) -> str:
    if case.review_requests.filter(answered_at=None).exists():
        return not_own_partner(case, by=by, at=at)
    return "Nobody has asked for an in-year review yet."


def may_decide_mark(case: HighRisk, *, by: User, at: datetime) -> str:
    tier = case.allocation.policy.disagreement[case.tier]
    if not holds(by, tier.role, case):
        return f"This waits for the {tier.label}."
    return not_own_partner(case.allocation, by=by, at=at) if tier.never_own_partner else ""


def _day(day: datetime | object) -> str:
    return f"{day:%-d %B %Y}"
