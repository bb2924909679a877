"""Real steps to a visit that is planned, and to one that was held."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from plimsoll.allocations.models import Allocation
from plimsoll.people.models import User
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.diary.actions import NewVisit, plan_visit
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Visit
from tests.cast import NOW, TODAY

WEEK = timedelta(days=7)


def planned(
    case: Allocation,
    by: User,
    *,
    kind: str = "core",
    on: date = TODAY + WEEK,
    days: str = "1",
    at: datetime = NOW,
    **more: Any,
) -> Visit:
    """A visit in the diary of the school's partner."""
    bring_up_to_date(cycle=case.cycle, school=case.school, at=at)
    wanted = NewVisit(
        kind=kind, on=on, partner=by, days=Decimal(days), **({"funding": "core"} | more)
    )
    return plan_visit(cycle=case.cycle, school=case.school, wanted=wanted, by=by, at=at)


def held(case: Allocation, by: User, *, on: date = TODAY, days: str = "1", **more: Any) -> Visit:
    """A visit that took place on the day."""
    visit = planned(case, by, on=on, days=days, **more)
    at = NOW + (on - TODAY)
    facts = {"held_on": on, "mode": "in-person", "days": Decimal(days), "met": ["head"]}
    return VISIT.take(visit, "hold", by=by, at=at, **facts)
