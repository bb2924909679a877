"""Deprivation of neighbourhoods: the English Indices of Deprivation of 2019 and 2025."""

from functools import partial

from plimsoll.evidence.keepers.areas import AreaFigures
from plimsoll.evidence.layouts import Job, Layout, Reading, Source, folded
from plimsoll.evidence.markers import figure
from plimsoll.evidence.values import required, text

DECILE, RANK = "imd-decile", "imd-rank"
# How both columns begin; how they end has changed between the releases.
IMD = "index of multiple deprivation (imd) "
RANKED = "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)"


class Deprivation:
    """The keeper of an Index of Multiple Deprivation: a line a neighbourhood (LSOA)."""

    def __init__(self, job: Job, year: str, lsoa: str) -> None:
        self.job, self._year, self._lsoa = job, year, lsoa
        job.run.year = year
        self._figures = AreaFigures(job)
        self._measures = {
            measure: (name,)
            for measure, start in ((RANK, IMD + "rank"), (DECILE, IMD + "decile"))
            for name in job.columns.names
            if folded(name).startswith(start)
        }

    def wants(self, row: list[str]) -> bool:
        return True

    def take(self, line: int, row: list[str]) -> None:
        reading = Reading(self.job.columns, row)
        code = reading.get(required(text(12)), (self._lsoa,))
        cells = {
            key: reading.get(figure(1, 50_000), names) for key, names in self._measures.items()
        }
        self._figures.take(code, self._year, cells)

    def finish(self) -> None:
        self._figures.finish()


SOURCE = Source(
    name="deprivation",
    title="English Indices of Deprivation",
    publisher="Ministry of Housing, Communities and Local Government",
    address="https://www.gov.uk/government/collections/english-indices-of-deprivation",
    usual_month="every few years",
    layouts=(
        Layout(
            needs=("LSOA code (2021)", "Local Authority District code (2024)", RANKED),
            keeper=partial(Deprivation, year="2025", lsoa="LSOA code (2021)"),
        ),
        Layout(
            needs=("LSOA code (2011)", "Local Authority District code (2019)", RANKED),
            keeper=partial(Deprivation, year="2019", lsoa="LSOA code (2011)"),
        ),
    ),
)
