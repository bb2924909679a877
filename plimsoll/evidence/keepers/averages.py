"""The means of schools, by authority and kind: worked out once, after an import."""

from collections.abc import Iterable

from plimsoll.evidence.groups import group_of
from plimsoll.evidence.keepers import bulk
from plimsoll.evidence.models import Fact, SchoolsMean
from plimsoll.schools.models import School


def refresh(source: str, years: Iterable[str]) -> None:
    """Work out the means of one source in these years again."""
    years = set(years)
    places = {
        urn: (la, group)
        for urn, la, type_, phase in School.objects.values_list("urn", "la", "type", "phase")
        if (group := group_of(type_, phase))
    }
    sums: dict[tuple[int, str, str, str], list[float]] = {}
    rows = Fact.objects.filter(source=source, year__in=years, value__isnull=False)
    for urn, measure, year, value in rows.values_list("urn", "measure", "year", "value").iterator(
        chunk_size=5_000
    ):
        if place := places.get(urn):
            found = sums.setdefault((*place, measure, year), [0.0, 0])
            found[0] += value or 0
            found[1] += 1
    SchoolsMean.objects.filter(source=source, year__in=years).delete()
    bulk.insert(
        SchoolsMean,
        ["la", "group", "measure", "year", "source", "mean", "schools"],
        [(*key, source, total / count, int(count)) for key, (total, count) in sums.items()],
    )


def refresh_all() -> None:
    """Work out every mean again: the register has moved schools between kinds."""
    held: dict[str, set[str]] = {}
    for source, year in Fact.objects.order_by().values_list("source", "year").distinct():
        held.setdefault(source, set()).add(year)
    for source, years in held.items():
        refresh(source, years)
