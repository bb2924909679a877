"""Published figures of fictional schools, for the benchmarks: as many as a primary school has.

Millions of rows come quicker from statements inside the database than from Python.
"""

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from plimsoll.evidence.groups import PRIMARY
from plimsoll.evidence.keepers import bulk
from plimsoll.evidence.models import (
    ENGLAND,
    Area,
    AreaFact,
    Fact,
    ImportRun,
    Neighbour,
    PublishedRow,
    SchoolsMean,
)
from plimsoll.framework.measures import MEASURES, Measure
from plimsoll.schools.models import School

# Which source brings which measures, by how their names begin.
SOURCES: Final = {
    "absence": "absence.",
    "ks2": "ks2.",
    "suspensions": "exclusions.",
    "pupil-census": "pupils.",
    "workforce": "staff.",
    "finance": "money.",
}
YEARS: Final = ("2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
STEPS: Final = 97  # how many different values a measure has
NEIGHBOURS: Final = 10
FACTS, ROWS, MEANS, SCHOOLS = (
    model._meta.db_table for model in (Fact, PublishedRow, SchoolsMean, School)
)
OF_YEARS: Final = ", ".join(f"('{year}', {place})" for place, year in enumerate(YEARS))


@transaction.atomic
def make(*, at: datetime) -> None:
    """Figures of every school in the register, of its authority and of England."""
    for source, begins in SOURCES.items():
        run = ImportRun.objects.create(source=source, file=f"{source}.csv", at=at)
        _of_schools(run, [m for m in MEASURES.values() if m.key.startswith(begins)])
    _means()
    _of_areas(ImportRun.objects.create(source="lait", file="lait.csv", at=at))
    bulk.count_again(School, Fact, PublishedRow, AreaFact, SchoolsMean)


def _of_schools(run: ImportRun, measures: list[Measure]) -> None:
    values = ", ".join(f"('{m.key}', {m.low}, {_step(m)})" for m in measures)
    _execute(
        f"INSERT INTO {FACTS} "
        "(urn, measure, year, source, value, marker, release, first_run, source_run) "
        f"WITH measures (name, low, step) AS (VALUES {values}),"
        f" years (name, place) AS (VALUES {OF_YEARS}) "
        f"SELECT urn, measures.name, years.name, '{run.source}',"
        f" low + (urn * 31 + place * 7) % {STEPS} * step, '', 3, {run.pk}, {run.pk}"
        f" FROM {SCHOOLS} CROSS JOIN measures CROSS JOIN years"
    )
    _execute(
        f"INSERT INTO {ROWS} (source, urn, year, first_run, source_run, aside) "
        f"WITH years (name, place) AS (VALUES {OF_YEARS}) "
        f"SELECT '{run.source}', urn, years.name, {run.pk}, {run.pk}, ''"
        f" FROM {SCHOOLS} CROSS JOIN years"
    )


def _means() -> None:
    """What an import works out, in one go: every school of the benchmark is a primary school."""
    _execute(
        f'INSERT INTO {MEANS} (la, "group", measure, year, source, mean, schools) '
        f"SELECT la, '{PRIMARY}', measure, year, source, avg(value), count(*)"
        f" FROM {FACTS} JOIN {SCHOOLS} ON {SCHOOLS}.urn = {FACTS}.urn"
        " GROUP BY la, measure, year, source"
    )


def _of_areas(run: ImportRun) -> None:
    """Every authority has ten others for neighbours; all of them and England have figures."""
    codes = sorted(map(str, School.objects.values_list("la", flat=True).distinct()))
    codes += [f"x{number}" for number in range(NEIGHBOURS + 1 - len(codes))]
    Area.objects.bulk_create(
        [
            Area(code=ENGLAND, name="England", kind=Area.Kind.COUNTRY),
            *(
                Area(code=code, name=f"Authority {code}", kind=Area.Kind.AUTHORITY)
                for code in codes
            ),
        ]
    )
    Neighbour.objects.bulk_create(
        Neighbour(area=code, neighbour=codes[(mine + place) % len(codes)], place=place)
        for mine, code in enumerate(codes)
        for place in range(1, NEIGHBOURS + 1)
    )
    names = {m.areas[PRIMARY]: m for m in MEASURES.values() if PRIMARY in m.areas}
    bulk.insert(
        AreaFact,
        "area measure year source value marker release first_run source_run".split(),
        [
            (area, name, year, run.source, value, "", 3, run.pk, run.pk)
            for place, area in enumerate([ENGLAND, *codes])
            for name, measure in names.items()
            for value in [measure.low + place % STEPS * _step(measure)]
            for year in YEARS
        ],
    )


def _step(measure: Measure) -> float:
    """From one value of the measure to the next: all of them fill what it may be."""
    return round((measure.high - measure.low) / STEPS, 4)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
