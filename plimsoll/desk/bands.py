"""The only way of the desk to a band: whoever may not know it gets none (S7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from plimsoll.allocations.in_force import concluded
from plimsoll.allocations.models import Allocation, PastBand
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.access import path_of, scope, visible
from plimsoll.framework import editions
from plimsoll.framework.model import Edition
from plimsoll.schools.models import School

SEE = "allocation.see"
# The band stands while a further round is prepared, so this says nothing new of it.
SUPERSEDED = "reviewed"


@dataclass(frozen=True)
class Standing:
    """The band in force at one school, how it came to be, and the one before."""

    text: str
    how: str
    year: str
    since: datetime | None = None
    before: str = ""

    def __str__(self) -> str:
        return f"{self.text}, {self.how[:1].lower()}{self.how[1:]}" if self.how else self.text


def may_know_any(user: Any) -> bool:
    return bool(scope(user, SEE))


def in_force(user: Any, schools: Iterable[School]) -> dict[int, Standing]:
    """The band of each of these schools whose band this person may know."""
    reach, path = scope(user, SEE), path_of(School)
    urns = [school.urn for school in schools if path.covers(reach, school)]
    if not urns:
        return {}
    past = PastBand.objects.filter(school__in=urns).order_by("year")
    found = {row.school_id: _brought_in(row) for row in past}
    heard = concluded().filter(school__in=urns).annotate(year=F("cycle__year"))
    for case in heard.order_by("concluded_at", "pk"):
        before = found.get(case.school_id)
        found[case.school_id] = _standing(case, before)
    return found


def at_band(schools: QuerySet[School], user: Any, band: str) -> QuerySet[School]:
    """Those of the schools that hold this band, among those whose band the person may know."""
    latest = concluded().filter(school=OuterRef("pk")).order_by("-concluded_at", "-pk")
    brought = PastBand.objects.filter(school=OuterRef("pk")).order_by("-year")
    held = Coalesce(Subquery(latest.values("band")[:1]), Subquery(brought.values("band")[:1]))
    return visible(schools, user, SEE).annotate(held_band=held).filter(held_band=band)


def _standing(case: Allocation, before: Standing | None) -> Standing:
    how = "" if case.state == SUPERSEDED else ALLOCATION.states[case.state].label
    return Standing(
        text=label(case.policy, case.band),
        how=how,
        year=case.year,  # type: ignore[attr-defined]
        since=case.concluded_at,
        before=before.text if before else "",
    )


def _brought_in(row: PastBand) -> Standing:
    return Standing(label(editions.current(), row.band), f"From {row.source}", row.year)


def label(policy: Edition, band: str) -> str:
    """Band B, in this authority's words; a key that policy does not know stays as it is."""
    known = next((each.label for each in policy.bands if each.key == band), band)
    return f"{policy.words.band.capitalize()} {known}"
