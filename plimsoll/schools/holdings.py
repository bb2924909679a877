"""Which roles a person holds on a day, and at which schools: told to `core.access`."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from plimsoll.core.access import EVERYWHERE, Holdings, Scope
from plimsoll.people.models import User
from plimsoll.schools.models import Assignment, School


def in_force(on: date) -> Q:
    """The assignments that run on this day."""
    return Q(starts__lte=on) & (Q(ends=None) | Q(ends__gte=on))


def of(user: User, on: date) -> Holdings:
    """Each role held, with where it is held; a role for the whole service reaches every school."""
    held: dict[str, Scope] = {}
    rows = Assignment.objects.filter(in_force(on), person=user)
    for role, urn, phases in rows.values_list("role", "school_id", "phases"):
        if urn is not None:
            where = Scope(ids=frozenset({urn}))
        elif phases:
            where = Scope(groups=frozenset(phases))
        else:
            where = EVERYWHERE
        held[role] = held.get(role, Scope()) | where
    return held


def holders(school: School, roles: Iterable[str], on: date) -> list[Assignment]:
    """Who holds one of these roles for this school today, whole-service posts included."""
    rows = (
        Assignment.objects.filter(
            in_force(on),
            Q(school=school) | Q(school=None),
            role__in=tuple(roles),
            person__is_active=True,
        )
        .select_related("person")
        .order_by("role", "starts", "pk")
    )
    return [row for row in rows if row.school_id or not row.phases or school.phase in row.phases]


def schools_of_phases(phases: Iterable[str]) -> QuerySet[School, int]:
    """The schools of these phases, as a subquery of their URNs."""
    return School.objects.filter(phase__in=phases).values_list("urn", flat=True)
