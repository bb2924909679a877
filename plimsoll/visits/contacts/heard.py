"""When each of many schools was last heard of, and when somebody goes there next."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery

from plimsoll.core.access import visible
from plimsoll.core.deadlines import DAY
from plimsoll.schools.calendar import calendar_of
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.visits.contacts import calls
from plimsoll.visits.diary.queries import SEE as VISIT_SEE
from plimsoll.visits.diary.workflow import COMING
from plimsoll.visits.models import Visit

WORKING_DAYS: Final = "WD"


def days_before(number: int, today: date) -> date:
    """What last happened before this day did so more than that many working days ago."""
    calendar = calendar_of(None, years=(today.year - 1, today.year))
    day, left = today, number
    while left:
        day -= DAY
        left -= calendar.counts(day, WORKING_DAYS)
    return day


def with_contacts(schools: QuerySet[School], user: Any, today: date) -> QuerySet[Any]:
    """Each school with its `last_call`, `last_visit` and `next_visit`, as the person may know."""
    spoken = calls.standing().filter(school=OuterRef("pk"))
    visits = visible(Visit.objects.filter(school=OuterRef("pk")), user, VISIT_SEE)
    to_come = visits.filter(state__in=COMING, on__gte=today)
    return schools.annotate(
        last_call=_one(visible(spoken, user, calls.SEE), Max("on")),
        last_visit=_one(visits.exclude(held_on=None), Max("held_on")),
        next_visit=_one(to_come, Min("on")),
    )


def partners_of(schools: Collection[School], on: date) -> dict[int, dict[int, str]]:
    """Who works with each school, key and name, in one query for the whole list."""
    found: dict[int, dict[int, str]] = {}
    held = Assignment.objects.filter(in_force(on), school__in=schools, role="sip")
    rows = held.order_by("starts", "pk").values_list("school", "person", "person__name")
    for urn, person, name in rows:
        found.setdefault(urn, {})[person] = name
    return found


def _one(rows: QuerySet[Any], what: Max | Min) -> Subquery:
    """One value over the rows of each school."""
    return Subquery(rows.order_by().values("school").annotate(one=what).values("one"))
