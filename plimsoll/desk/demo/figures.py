"""What is published of the demonstration's schools, and of the areas around them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from plimsoll.desk.demo.origin import run_of
from plimsoll.evidence.keepers import averages
from plimsoll.evidence.keepers.figures import Figures
from plimsoll.evidence.layouts import Columns, Job
from plimsoll.evidence.markers import figure
from plimsoll.evidence.models import (
    Area,
    AreaFact,
    Fact,
    ImportRun,
    Neighbour,
    PublishedRow,
)
from plimsoll.framework.editions import current
from plimsoll.framework.measures import MEASURES

AREAS, NEIGHBOURS = "lait", "neighbours"
Cell = float | str
Data = Mapping[str, Any]


def make(data: Data, *, file: Path, at: datetime) -> None:
    """Every figure, kept as if the files of several publishers had been read."""
    for each in data["published"]:
        rows = len(data["schools"])
        run = run_of(file, each["source"], as_at=each["as_at"], rows=rows, at=at)
        _schools(data, each["measures"], run)
        averages.refresh(run.source, data["years"])
    of_areas = {"as_at": data["areas_as_at"], "rows": len(data["areas"]), "at": at}
    _areas(data, run_of(file, AREAS, **of_areas))
    _neighbours(data, run_of(file, NEIGHBOURS, **of_areas))


def _schools(data: Data, begins: str, run: ImportRun) -> None:
    kept = _kept(run, Fact, "urn")
    rows = set()
    for urn, measures in data["schools"].items():
        for measure, series in measures.items():
            if measure.startswith(begins):
                years = _take(kept, int(urn), measure, measure, data["years"], series)
                rows |= {(int(urn), year) for year in years}
    kept.keep()
    PublishedRow.objects.bulk_create(
        PublishedRow(
            source=run.source,
            urn=urn,
            year=year,
            as_at=run.as_at,
            first_run=run.pk,
            source_run=run.pk,
        )
        for urn, year in sorted(rows)
    )


def _areas(data: Data, run: ImportRun) -> None:
    kept = _kept(run, AreaFact, "area")
    for row in data["around"]:
        name = MEASURES[row["measure"]].areas[row["schools"]]
        for area, series in _around(data["areas"], row):
            _take(kept, area, name, row["measure"], data["years"], series)
    kept.keep()
    facts = [{key: value for key, value in row.items() if key != "lean"} for row in data["areas"]]
    Area.objects.bulk_create(Area(**each) for each in facts)


def _neighbours(data: Data, run: ImportRun) -> None:
    """The authority's neighbours are the areas that lean, the nearest first."""
    Neighbour.objects.bulk_create(
        Neighbour(
            area=str(current().authority.la_codes[0]),
            neighbour=row["code"],
            place=place,
            first_run=run.pk,
            source_run=run.pk,
        )
        for place, row in enumerate((row for row in data["areas"] if "lean" in row), start=1)
    )


def _kept(run: ImportRun, model: type[Fact | AreaFact], subject: str) -> Figures:
    return Figures(Job(run, Columns(()), frozenset(), peek=tuple), model, subject)


def _take(
    kept: Figures, subject: Any, name: str, measure: str, years: list[str], series: Iterable[Cell]
) -> list[str]:
    """Take one series; the years in which something was published."""
    read = figure(MEASURES[measure].low, MEASURES[measure].high)
    told = {year: cell for year, cell in zip(years, series, strict=True) if cell != ""}
    for year, cell in told.items():
        kept.take(subject, year, {name: read(str(cell))})
    return list(told)


def _around(areas: Iterable[Data], row: Data) -> Iterator[tuple[str, list[Cell]]]:
    """The series of each area for one measure."""
    decimals = MEASURES[row["measure"]].decimals
    for area in areas:
        if "lean" not in area:
            yield area["code"], row[area["code"]]
            continue
        better = area["lean"] * row["spread"]
        series = [
            "" if cell == "" else round(cell + better, decimals) for cell in row["neighbours"]
        ]
        yield area["code"], series
