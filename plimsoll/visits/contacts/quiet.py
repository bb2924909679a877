"""Schools that nobody has spoken to or visited for as long as policy finds too long."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery

from plimsoll.allocations.board import NOBODY
from plimsoll.core.access import visible
from plimsoll.core.deadlines import DAY
from plimsoll.framework.model import Edition
from plimsoll.schools.calendar import calendar_of
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.schools.queries import open_schools
from plimsoll.visits.contacts import calls
from plimsoll.visits.diary.queries import SEE as VISIT_SEE
from plimsoll.visits.diary.workflow import COMING
from plimsoll.visits.models import Visit

WORKING_DAYS: Final = "WD"


@dataclass(frozen=True)
class Quiet:
    """One school: who works with it, the last contact, and the next that is in the diary."""

    school: School
    partner: str
    last: date | None
    next: date | None


def heard_before(policy: Edition, today: date) -> date:
    """A last contact before this day is too long ago."""
    calendar = calendar_of(None, years=(today.year - 1, today.year))
    day, left = today, policy.contacts.quiet_after
    while left:
        day -= DAY
        left -= calendar.counts(day, WORKING_DAYS)
    return day


def quiet(user: Any, policy: Edition, today: date) -> list[Quiet]:
    """The schools whose calls this person may read, the longest without contact first."""
    register = open_schools(policy.authority.la_codes, policy.scope.school_types)
    found = visible(_with_contacts(register, user, today), user, calls.SEE)
    before = heard_before(policy, today)
    for when in ("last_call", "last_visit"):
        found = found.filter(Q(**{when: None}) | Q(**{f"{when}__lt": before}))
    schools = list(found)
    partners = _partners(schools, today)
    rows = [
        Quiet(school, partners.get(school.urn, NOBODY), _last(school), school.next_visit)
        for school in schools
    ]
    return sorted(rows, key=lambda row: row.last or date.min)


def _with_contacts(schools: QuerySet[School], user: Any, today: date) -> QuerySet[Any]:
    spoken = calls.standing().filter(school=OuterRef("pk"))
    visits = visible(Visit.objects.filter(school=OuterRef("pk")), user, VISIT_SEE)
    to_come = visits.filter(state__in=COMING, on__gte=today)
    return schools.annotate(
        last_call=_one(visible(spoken, user, calls.SEE), Max("on")),
        last_visit=_one(visits.exclude(held_on=None), Max("held_on")),
        next_visit=_one(to_come, Min("on")),
    )


def _one(rows: QuerySet[Any], what: Max | Min) -> Subquery:
    """One value over the rows of each school."""
    return Subquery(rows.order_by().values("school").annotate(one=what).values("one"))


def _partners(schools: list[School], on: date) -> dict[int, str]:
    """Who works with each school, in words, in one query for the whole list."""
    found: dict[int, str] = {}
    held = Assignment.objects.filter(in_force(on), school__in=schools, role="sip")
    for urn, name in held.order_by("starts", "pk").values_list("school", "person__name"):
        found[urn] = f"{found[urn]}, {name}" if urn in found else name
    return found


def _last(school: Any) -> date | None:
    return max(filter(None, (school.last_call, school.last_visit)), default=None)
