"""Real steps to reach a state: no test begins from a case that could not have happened."""

from datetime import datetime, timedelta
from typing import Any

from plimsoll.allocations import actions
from plimsoll.allocations.actions import View
from plimsoll.allocations.cycle import open_cycle
from plimsoll.allocations.models import Allocation, Side
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.people.models import User
from plimsoll.schools.models import School
from tests.cast import NOW, Cast

YEAR = "2026-27"
WHY = "Leadership is strong; attendance needs a closer look."


def opened(cast: Cast, school: School | None = None) -> Allocation:
    """The cycle is open; the school's allocation has not been started."""
    cycle = open_cycle(year=YEAR, closes_on=None, by=cast.priya, at=NOW)
    return cycle.allocations.get(school=school or cast.harbour_view)


def take(case: Allocation, step: str, by: User, at: datetime = NOW, **data: Any) -> Allocation:
    """One step of the process, as this person, on the case as it is now."""
    return ALLOCATION.take(case, step, by=by, at=at, **data)


def views_of(case: Allocation, *, by: User, side: Side, submit: bool = True) -> None:
    """A view on every criterion: the first descriptor that the framework offers."""
    policy = case.policy
    chosen = {
        criterion.id: View(policy.descriptors_of(criterion.id)[0].id, "As we saw in class.")
        for criterion in policy.criteria
        if criterion.applies_to(case.school.phase)
    }
    sheet = case.sheets.filter(side=side).first()
    actions.save_views(
        case=case,
        side=side,
        views=chosen,
        version=sheet.version if sheet else 0,
        submit=submit,
        by=by,
        at=NOW,
    )


def partner(cast: Cast, case: Allocation) -> User:
    """The school's SIP."""
    return cast.sadia if case.school_id in (900001, 900002) else cast.sam


def head(cast: Cast, case: Allocation) -> User:
    return {900001: cast.helen, 900002: cast.henry, 900003: cast.sadia}[case.school_id]


def officer(cast: Cast, case: Allocation) -> User:
    """The appropriate Principal Officer."""
    return cast.priya if case.school.phase in ("primary", "nursery") else cast.paul


def in_moderation(cast: Cast, school: School | None = None, band: str = "B") -> Allocation:
    case = opened(cast, school)
    case = take(case, "start", partner(cast, case))
    views_of(case, by=partner(cast, case), side=Side.SERVICE)
    return take(case, "propose", partner(cast, case), band=band, reasons=WHY)


def with_school(cast: Cast, school: School | None = None, band: str = "B") -> Allocation:
    """Proposed, moderated, heard; the school has given its own views too."""
    case = in_moderation(cast, school, band)
    case = take(case, "release", officer(cast, case))
    views_of(case, by=head(cast, case), side=Side.SCHOOL)
    return case


def agreed(cast: Cast, school: School | None = None, band: str = "B") -> Allocation:
    case = with_school(cast, school, band)
    return take(case, "agree", head(cast, case))


def referred(cast: Cast, school: School | None = None, band: str = "C") -> Allocation:
    case = with_school(cast, school, band)
    return take(case, "refer", head(cast, case), reasons="Our attendance is above average.")


def decided(cast: Cast, school: School | None = None, band: str = "C") -> Allocation:
    case = referred(cast, school, band)
    return take(case, "decide", officer(cast, case), band=band, reasons="Both have a point.")


def silent(cast: Cast, school: School | None = None) -> tuple[Allocation, datetime]:
    """The school was reminded and did not answer; and the day on which that is long enough."""
    case = with_school(cast, school)
    later = NOW + timedelta(days=30)
    actions.remind(case=case, by=partner(cast, case), at=NOW + timedelta(days=8))
    return Allocation.objects.get(pk=case.pk), later


def provisional(cast: Cast, school: School | None = None) -> Allocation:
    case, later = silent(cast, school)
    return take(
        case, "provide", officer(cast, case), at=later, band="B", reasons="Nothing was heard."
    )
