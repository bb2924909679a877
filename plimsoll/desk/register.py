"""The register as one person may narrow it, for the list and the map alike."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import DateField, Max, OuterRef, Q, QuerySet, Subquery

from plimsoll.core.access import visible
from plimsoll.desk import bands
from plimsoll.desk.waiting import own_schools
from plimsoll.evidence.models import Inspection
from plimsoll.schools import search
from plimsoll.schools.models import School
from plimsoll.schools.queries import OPEN
from plimsoll.schools.types import ACADEMY, MAINTAINED, PRU, Route

TYPES_OF: Final = {Route.MAINTAINED: MAINTAINED, Route.PRU: PRU, Route.ACADEMY: ACADEMY}
LAST_YEAR, LAST_FOUR, LONGER_AGO, NEVER = "1", "4", "longer", "none"


class Box(NamedTuple):
    """A part of the map, in metres of the national grid; its edges belong to it."""

    west: int
    south: int
    east: int
    north: int

    def __str__(self) -> str:
        return ",".join(map(str, self))


@dataclass(frozen=True)
class Filters:
    """What the address says. Empty means everything."""

    text: str = ""
    phase: str = ""
    type: str = ""
    status: str = ""
    route: str = ""
    trust: str = ""
    la: str = ""
    inspected: str = ""
    mine: bool = False
    within: Box | None = None
    band: str = ""


def schools(user: Any, filters: Filters, today: date) -> QuerySet[School]:
    """The schools this person may see, as narrowed. Best match first, else by name."""
    found = visible(School.objects.all(), user, "school.see").filter(_plain(filters))
    if filters.inspected:
        found = _inspected(found, filters.inspected, today)
    if filters.mine:
        found = found.filter(pk__in=own_schools(user))
    if filters.band:
        found = bands.at_band(found, user, filters.band)
    if filters.text:
        return search.matching(found, filters.text)
    return found.order_by("name", "urn")


def _plain(filters: Filters) -> Q:
    """What a school's own row answers."""
    wanted = Q()
    if filters.phase:
        wanted &= Q(phase=filters.phase)
    if filters.type:
        wanted &= Q(type=filters.type)
    if filters.status:
        wanted &= Q(status__in=OPEN if filters.status == "open" else (filters.status,))
    if filters.route:
        wanted &= _of_route(filters.route)
    if filters.trust:
        wanted &= _named(filters.trust, "trust_name", "trust_uid")
    if filters.la:
        wanted &= _named(filters.la, "la_name", "la")
    if box := filters.within:
        wanted &= Q(easting__range=(box.west, box.east), northing__range=(box.south, box.north))
    return wanted


def _of_route(route: str) -> Q:
    if route in TYPES_OF:
        return Q(type__in=TYPES_OF[Route(route)])
    return ~Q(type__in=frozenset().union(*TYPES_OF.values()))


def _named(text: str, name: str, number: str) -> Q:
    """By its number, if that is what was typed, else by a part of its name."""
    if text.isdecimal() and len(text) < 9:
        return Q(**{number: int(text)})
    return Q(**{f"{name}__icontains": text})


def _inspected(found: QuerySet[School], when: str, today: date) -> QuerySet[School]:
    """By the last inspection that is held under the school's own URN."""
    own = Inspection.objects.filter(urn=OuterRef("pk")).order_by().values("urn")
    last = Subquery(own.annotate(last=Max("starts")).values("last"), output_field=DateField())
    found = found.annotate(last_inspected=last)
    if when == NEVER:
        return found.filter(last_inspected__isnull=True)
    if when == LONGER_AGO:
        return found.filter(last_inspected__lt=_years_before(today, 4))
    return found.filter(last_inspected__gte=_years_before(today, int(when)))


def _years_before(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)
