"""How deprived the neighbourhood is in which a school stands, as each Index has it.

The register names a neighbourhood as the census of 2011 drew it; the Index of 2025 uses the
neighbourhoods of 2021, among which one in forty of the older ones is not to be found.
"""

from typing import Final

from plimsoll.evidence.eras import Status
from plimsoll.evidence.figures import Figure, Origin
from plimsoll.evidence.models import AreaFact, ImportRun
from plimsoll.evidence.sources.deprivation import DECILE, SOURCE

LABEL: Final = "Deprivation where the school stands (IMD {year}), 1 the most deprived tenth"


def deprivation_of(lsoa: str) -> list[Figure]:
    """A figure for each Index that is held; none of a school whose register row has no LSOA."""
    lsoa = lsoa.strip()
    if not lsoa:
        return []
    lists = ImportRun.objects.filter(source=SOURCE.name).order_by("pk")
    runs = {run.year: run for run in lists}
    facts = AreaFact.objects.filter(area=lsoa, measure=DECILE, source=SOURCE.name)
    deciles = dict(facts.filter(value__isnull=False).values_list("year", "value"))
    return [_figure(Origin.of(runs[year]), year, deciles.get(year), lsoa) for year in sorted(runs)]


def _figure(origin: Origin, year: str, decile: float | None, lsoa: str) -> Figure:
    known = decile is not None
    return Figure.of(
        origin,
        key=f"imd-{year}",
        label=LABEL.format(year=year),
        value=f"{decile:g}" if known else f"No figure: the list of {year} has no {lsoa}",
        status=Status.PUBLISHED if known else Status.NOT_PUBLISHED,
        unit="of 10" if known else "",
    )
