"""What is published of the demonstration's schools, and of the areas around them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from plimsoll.desk.demo.origin import run_of
from plimsoll.evidence import averages
from plimsoll.evidence.facts import Figures
from plimsoll.evidence.layouts import Columns, Job
from plimsoll.evidence.markers import figure
from plimsoll.evidence.models import Area, AreaFact, Fact, Neighbour
from plimsoll.framework.editions import current
from plimsoll.framework.measures import MEASURES

Cell = float | str


def make(data: Mapping[str, Any], *, file: Path, at: datetime) -> None:
    """Every figure, kept as if the files of several publishers had been read."""
    _areas(data["areas"])
    for published in data["published"]:
        rows = len(data["schools"])
        run = run_of(file, published["title"], as_at=published["as_at"], rows=rows, at=at)
        job = Job(run, Columns(()), frozenset(), peek=tuple)
        _of_schools(data, published["measures"], Figures(job, Fact, "urn"))
        _of_areas(data, published["measures"], Figures(job, AreaFact, "area"))
        averages.refresh(run.source, data["years"])


def _of_schools(data: Mapping[str, Any], begins: str, kept: Figures) -> None:
    for urn, measures in data["schools"].items():
        for measure, series in measures.items():
            if measure.startswith(begins):
                _take(kept, int(urn), measure, measure, data["years"], series)
    kept.keep()


def _of_areas(data: Mapping[str, Any], begins: str, kept: Figures) -> None:
    for row in data["around"]:
        measure = row["measure"]
        if measure.startswith(begins):
            name = MEASURES[measure].areas[row["schools"]]
            for area, series in _around(data["areas"], row):
                _take(kept, area, name, measure, data["years"], series)
    kept.keep()


def _take(
    kept: Figures, subject: Any, name: str, measure: str, years: list[str], series: Iterable[Cell]
) -> None:
    """One series, without the years in which nothing was published."""
    read = figure(MEASURES[measure].low, MEASURES[measure].high)
    for year, cell in zip(years, series, strict=True):
        if cell != "":
            kept.take(subject, year, {name: read(str(cell))})


def _areas(rows: list[Mapping[str, Any]]) -> None:
    """The areas; those that lean are the authority's neighbours, the nearest first."""
    authority = str(current().authority.la_codes[0])
    facts = [{key: value for key, value in row.items() if key != "lean"} for row in rows]
    Area.objects.bulk_create(Area(**each) for each in facts)
    Neighbour.objects.bulk_create(
        Neighbour(area=authority, neighbour=row["code"], place=place)
        for place, row in enumerate((row for row in rows if "lean" in row), start=1)
    )


def _around(
    areas: Iterable[Mapping[str, Any]], row: Mapping[str, Any]
) -> Iterator[tuple[str, list[Cell]]]:
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
