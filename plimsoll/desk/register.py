"""The list of schools as one person may narrow it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from plimsoll.core.access import visible
from plimsoll.desk import bands
from plimsoll.desk.waiting import own_schools
from plimsoll.schools import search
from plimsoll.schools.models import School

OPEN = ("1", "3")


@dataclass(frozen=True)
class Filters:
    """What the address says. Empty means everything."""

    text: str = ""
    phase: str = ""
    type: str = ""
    status: str = ""
    mine: bool = False
    band: str = ""


def schools(user: Any, filters: Filters) -> QuerySet[School]:
    """The schools this person may see, as narrowed. Best match first, else by name."""
    found = visible(School.objects.all(), user, "school.see")
    if filters.phase:
        found = found.filter(phase=filters.phase)
    if filters.type:
        found = found.filter(type=filters.type)
    if filters.status:
        found = found.filter(status__in=OPEN if filters.status == "open" else (filters.status,))
    if filters.mine:
        found = found.filter(pk__in=own_schools(user))
    if filters.band:
        found = bands.at_band(found, user, filters.band)
    if filters.text:
        return search.matching(found, filters.text)
    return found.order_by("name", "urn")
