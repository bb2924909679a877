"""How far what is held covers the schools that it should, and what does not fit together.

Counted inside the database, over the open schools of some authorities.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, Value, When

from plimsoll.evidence.groups import GROUPS, of_group
from plimsoll.evidence.layouts import Source
from plimsoll.evidence.markers import Marker
from plimsoll.evidence.models import Fact, PublishedRow, SchoolsMean
from plimsoll.evidence.years import MONTHS, ending
from plimsoll.framework.measures import MEASURES
from plimsoll.schools.models import School
from plimsoll.schools.queries import open_schools
from plimsoll.schools.types import ACADEMY, MAINTAINED, PRU

NON_MAINTAINED_SPECIAL: Final = "08"
STATE: Final = MAINTAINED | PRU | ACADEMY | {NON_MAINTAINED_SPECIAL}
SEPTEMBER: Final = 9


# --- age ---------------------------------------------------------------------------------


def due(source: Source, today: date) -> str:
    """The newest school year whose usual month of release is over; "" where none is usual.

    >>> from plimsoll.evidence import sources
    >>> due(sources.known()["absence"], date(2026, 3, 31))
    '2023-24'
    >>> due(sources.known()["absence"], date(2026, 4, 1))
    '2024-25'
    """
    month = source.usual_month.lower()
    if not source.yearly or month not in MONTHS:
        return ""
    is_over = today.month > MONTHS.index(month) + 1
    return ending(today.year - source.lag - (not is_over))


# --- who has a row -----------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """One kind of school: how many have a row of each year, of how many that should."""

    label: str
    by_year: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Cells:
    """What stands in the cells of one year."""

    year: str
    figures: int
    suppressed: int
    others: int


def expected(source: Source, las: Iterable[str]) -> QuerySet[School]:
    """The open schools of which the source should have a row."""
    covers = source.covers
    if covers is None:
        return School.objects.none()
    kinds = Q()
    for group in covers.groups:
        kinds |= of_group(group)
    found = open_schools(las, STATE if covers.academies else MAINTAINED | PRU).filter(kinds)
    if covers.age_to:
        found = found.filter(age_from__lte=covers.age_from, age_to__gte=covers.age_to)
    return found


def lacking(source: Source, year: str, las: Iterable[str]) -> QuerySet[School]:
    """Those that should have a row of this school year and have none."""
    return expected(source, las).filter(_was_there(year), ~_has_row(source, year))


def by_kind(source: Source, years: Sequence[str], las: Iterable[str]) -> list[Kind]:
    """In one query: kind by kind and year by year, how many have a row of how many."""
    if not years or source.covers is None:
        return []
    groups = source.covers.groups
    kind = Case(*(When(of_group(group), then=Value(group)) for group in groups))
    counts: dict[str, Any] = {}
    for place, year in enumerate(years):
        counts[f"all{place}"] = Count("pk", filter=_was_there(year))
        counts[f"has{place}"] = Count("pk", filter=_was_there(year) & _has_row(source, year))
    found = expected(source, las).order_by().annotate(kind=kind).values("kind")
    rows: dict[str, Any] = {row["kind"]: row for row in found.annotate(**counts)}
    return [
        Kind(GROUPS[group].capitalize(), _by_year(rows[group], years))
        for group in groups
        if group in rows
    ]


def cells(source: Source, years: Sequence[str], las: Iterable[str]) -> list[Cells]:
    """What stands in the cells that are read: figures, and what stands in their place."""
    scope = open_schools(las).order_by().values("pk")
    rows = Fact.objects.filter(source=source.name, year__in=years, urn__in=scope).order_by()
    counted: dict[str, dict[str, int]] = {year: {} for year in years}
    for year, marker, count in rows.values_list("year", "marker").annotate(cells=Count("pk")):
        counted[year][marker] = count
    return [
        Cells(
            year,
            found.get("", 0),
            found.get(Marker.SUPPRESSED, 0),
            sum(found.values()) - found.get("", 0) - found.get(Marker.SUPPRESSED, 0),
        )
        for year, found in counted.items()
    ]


def _has_row(source: Source, year: str) -> Q:
    """Read as one set: asked school by school, PostgreSQL may read a year's rows for each."""
    return Q(pk__in=PublishedRow.objects.filter(source=source.name, year=year).values("urn"))


def _was_there(year: str) -> Q:
    """Open since before the school year began: a newer school cannot have its figures."""
    begins = date(int(year[:4]), SEPTEMBER, 1)
    return Q(opened__lt=begins) | Q(opened__isnull=True)


def _by_year(row: Mapping[str, int], years: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    return tuple((year, row[f"has{place}"], row[f"all{place}"]) for place, year in enumerate(years))


# --- what does not fit together ----------------------------------------------------------


def unknown() -> QuerySet[Any]:
    """URNs of which something is held and that the register does not have."""
    held = PublishedRow.objects.order_by().values_list("urn", flat=True)
    return held.difference(School.objects.order_by().values_list("urn", flat=True)).order_by("urn")


def same_number() -> QuerySet[Any]:
    """LAESTABs that more than one open school has, with its first and last URN."""
    return _shared("la", "number").exclude(number__isnull=True)


def same_name() -> QuerySet[Any]:
    """Names that more than one open school of one postcode has."""
    return _shared("name", "postcode").exclude(postcode="")


def _shared(*fields: str) -> QuerySet[Any]:
    groups = open_schools().order_by(*fields).values(*fields)
    counted = groups.annotate(schools=Count("pk"), first=Min("urn"), last=Max("urn"))
    return counted.filter(schools__gt=1)


def disagreeing(las: Iterable[str]) -> QuerySet[Any]:
    """Figures that two sources give differently, by more than the last digit that is shown.

    Two files of one source do not stand beside each other: the later one's figure holds, and
    its import tells what it was.
    """
    several = SchoolsMean.objects.order_by().values("measure")
    shared = several.annotate(sources=Count("source", distinct=True)).filter(sources__gt=1)
    measures = [row["measure"] for row in shared if row["measure"] in MEASURES]
    facts = Fact.objects.filter(
        measure__in=measures, value__isnull=False, urn__in=open_schools(las).values("pk")
    )
    if not measures:
        facts = facts.none()
    differs = Q()
    for measure in measures:
        step = 10.0 ** -MEASURES[measure].decimals
        differs |= Q(measure=measure, highest__gt=F("lowest") + step)
    grouped = facts.order_by("urn", "measure", "year").values("urn", "measure", "year")
    return grouped.annotate(lowest=Min("value"), highest=Max("value")).filter(differs)
