"""Schools whose year is not planned yet, for the partner who plans it (E2)."""

from dataclasses import dataclass
from typing import Any, Final

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import visible
from plimsoll.desk.waiting.whose import own_partner
from plimsoll.schools.models import School
from plimsoll.visits.models import Visit

PLAN: Final = "visit.plan"


@dataclass(frozen=True)
class ToPlan:
    year: str
    schools: list[School]


def to_plan(user: Any) -> ToPlan | None:
    """The partner’s schools that take part in the newest open year and have no visit in it."""
    own = own_partner(user)
    cycle = Cycle.objects.filter(closed_at=None).order_by("-year").first() if own else None
    if cycle is None:
        return None
    planned = Visit.objects.filter(year=cycle.year, school__in=own).exclude(state="cancelled")
    taking_part = School.objects.filter(pk__in=own, allocations__cycle=cycle).distinct()
    rows = visible(taking_part.exclude(pk__in=planned.values("school")), user, PLAN)
    schools = list(rows.order_by("name", "urn"))
    return ToPlan(cycle.year, schools) if schools else None
