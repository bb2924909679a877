"""What waits in the yearly allocation, and which of its days come next."""

from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from plimsoll.allocations.models import (
    Allocation,
    Challenge,
    Cycle,
    HighRisk,
    Referral,
    ReviewRequest,
    Side,
)
from plimsoll.allocations.queries import side_of, state_label
from plimsoll.allocations.workflow import ALLOCATION, HIGH_RISK
from plimsoll.core.access import holdings, path_of, scope, visible
from plimsoll.desk.waiting.item import Item
from plimsoll.desk.waiting.whose import (
    PARTNER,
    SCHOOL_SIDE,
    own_partner,
    own_schools,
    waiting_for,
)

SEE: Final = "allocation.see"
# No page of waiting things is longer; the cycle's own page has the rest.
MOST: Final = 50
NO_ANSWER: Final = "No answer: a provisional band may be set"
CHALLENGED: Final = "A figure is challenged: answer it"
REVIEW_ASKED: Final = "An in-year review is asked for"


def allocations(user: Any) -> QuerySet[Allocation]:
    """The allocations whose state waits for a role that this person holds there."""
    found = waiting_for(user, ALLOCATION, Allocation, school="school")
    open_ones = visible(found, user, SEE).filter(cycle__in=_open_cycles())
    return open_ones.select_related("school", "cycle").order_by("state_since", "pk")


def marks(user: Any) -> QuerySet[HighRisk]:
    """High-risk marks in dispute that wait for this person's tier, or answered for the head."""
    found = waiting_for(user, HIGH_RISK, HighRisk, school="allocation__school")
    return (
        visible(found, user, SEE)
        .filter(ended_at=None)
        .select_related("allocation__school", "allocation__cycle")
        .order_by("state_since", "pk")
    )


def silent(user: Any, at: datetime) -> QuerySet[Allocation]:
    """Schools that were reminded and have not answered by the day policy gives them."""
    today = timezone.localdate(at)
    states = next(step.source for step in ALLOCATION.steps if step.name == "provide")
    long_enough = Allocation.objects.filter(provisional_from__lte=today)
    found = visible(long_enough, user, "allocation.provide")
    return (
        found.filter(state__in=states, reminders__gt=0, cycle__in=_open_cycles())
        .exclude(school__in=own_partner(user))
        .select_related("school", "cycle")
        .order_by("state_since", "pk")
    )


def challenges(user: Any) -> QuerySet[Challenge]:
    """Figures that the other side says are wrong, for the side that is to answer."""
    roles = holdings(user)
    answering = Q(pk__in=())
    for role, reach in roles.items():
        if role in SCHOOL_SIDE:
            answering |= Q(side=Side.SERVICE) & path_of(Challenge).q(reach)
        elif role == PARTNER:
            answering |= Q(side=Side.SCHOOL) & path_of(Challenge).q(reach)
    found = visible(Challenge.objects.filter(answering, answered_at=None), user, SEE)
    return (
        found.filter(allocation__concluded_at=None)
        .select_related("allocation__school", "allocation__cycle")
        .order_by("raised_at", "pk")
    )


def reviews(user: Any) -> QuerySet[ReviewRequest]:
    """In-year reviews asked for, for whoever may open one and is not the school's partner."""
    found = visible(ReviewRequest.objects.filter(answered_at=None), user, "allocation.moderate")
    return (
        found.exclude(allocation__school__in=own_partner(user))
        .select_related("allocation__school", "allocation__cycle")
        .order_by("asked_at", "pk")
    )


def waiting(user: Any, at: datetime, *, urn: int | None = None) -> list[Item]:
    """Everything of the allocation that waits for this person (at one school)."""
    if not scope(user, SEE):
        return []
    cases = {} if urn is None else {"school": urn}
    parts = {} if urn is None else {"allocation__school": urn}
    return [
        *(_case(case, _label(user, case)) for case in allocations(user).filter(**cases)[:MOST]),
        *(_case(case, NO_ANSWER) for case in silent(user, at).filter(**cases)[:MOST]),
        *(
            _case(mark.allocation, HIGH_RISK.states[mark.state].label, since=mark.state_since)
            for mark in marks(user).filter(**parts)[:MOST]
        ),
        *(
            _case(one.allocation, CHALLENGED, since=one.raised_at)
            for one in challenges(user).filter(**parts)[:MOST]
        ),
        *(
            _case(one.allocation, REVIEW_ASKED, since=one.asked_at)
            for one in reviews(user).filter(**parts)[:MOST]
        ),
    ]


def due(user: Any, *, limit: int) -> list[Item]:
    """A school's answer, and a decision of this person's tier."""
    answers = visible(
        Allocation.objects.exclude(answer_due=None).filter(concluded_at=None), user, SEE
    )
    answers = answers.filter(Q(school__in=own_schools(user))).select_related("school", "cycle")
    decisions = visible(
        Referral.objects.filter(decided_at=None, role__in=list(holdings(user))), user, SEE
    ).exclude(due=None)
    decisions = decisions.filter(_roles_there(user)).select_related(
        "allocation__school", "allocation__cycle"
    )
    return [
        *(
            _case(case, "The school’s answer", due=case.answer_due)
            for case in answers.order_by("answer_due", "pk")[:limit]
        ),
        *(
            _case(referral.allocation, "A decision on the disagreement", due=referral.due)
            for referral in decisions.order_by("due", "pk")[:limit]
        ),
    ]


# --- the parts they share -----------------------------------------------------


def _open_cycles() -> QuerySet[Cycle]:
    """As a subquery, so that the index by cycle and state serves, however many years there are."""
    return Cycle.objects.filter(closed_at=None)


def _roles_there(user: Any) -> Q:
    """A referral before the role that the person holds at that school."""
    found = Q(pk__in=())
    for role, reach in holdings(user).items():
        found |= Q(role=role) & path_of(Referral).q(reach)
    return found & ~Q(allocation__school__in=own_partner(user))


def _label(user: Any, case: Allocation) -> str:
    return state_label(case, side_of(user, case))


def _case(
    case: Allocation, what: str, *, since: datetime | None = None, due: date | None = None
) -> Item:
    return Item(
        school=case.school.name,
        what=what,
        since=since or case.state_since,
        href=reverse("allocations:case", args=[case.pk]),
        due=due or case.answer_due,
    )
