"""Published figures of fictional schools, for the benchmarks: as many as a real one has.

Millions of rows come quicker from statements inside the database than from Python.
"""

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from plimsoll.evidence import averages, bulk
from plimsoll.evidence.facts import ENGLAND
from plimsoll.evidence.models import Area, AreaFact, Fact, ImportRun, Neighbour, SchoolsMean
from plimsoll.framework.measures import MEASURES, Measure
from plimsoll.schools.models import School

SOURCE: Final = "benchmark"
YEARS: Final = ("2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
OF_PRIMARY: Final = [
    measure
    for measure in MEASURES.values()
    if measure.key.startswith(("absence.", "ks2.", "exclusions.", "pupils.", "staff.", "money."))
]
STEPS: Final = 97  # how many different values a measure has
NEIGHBOURS: Final = 10


@transaction.atomic
def make(*, at: datetime) -> None:
    """Figures of every school in the register, of its authority and of England."""
    run = ImportRun.objects.create(source=SOURCE, file="benchmark.csv", at=at)
    _of_schools(run.pk)
    _of_areas(run.pk)
    averages.refresh(SOURCE, YEARS)
    bulk.count_again(School, Fact, AreaFact, SchoolsMean)


def _of_schools(run: int) -> None:
    measures = ", ".join(f"('{m.key}', {m.low}, {_step(m)})" for m in OF_PRIMARY)
    years = ", ".join(f"('{year}', {place})" for place, year in enumerate(YEARS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Fact._meta.db_table} "
            "(urn, measure, year, source, value, marker, release, first_run, source_run) "
            f"WITH measures (name, low, step) AS (VALUES {measures}),"
            f" years (name, place) AS (VALUES {years}) "
            f"SELECT urn, measures.name, years.name, '{SOURCE}',"
            f" low + (urn * 31 + place * 7) % {STEPS} * step, '', 3, {run}, {run}"
            f" FROM {School._meta.db_table} CROSS JOIN measures CROSS JOIN years"
        )


def _of_areas(run: int) -> None:
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
    names = {m.areas["primary"]: m for m in OF_PRIMARY if "primary" in m.areas}
    bulk.insert(
        AreaFact,
        "area measure year source value marker release first_run source_run".split(),
        [
            (area, name, year, SOURCE, value, "", 3, run, run)
            for place, area in enumerate([ENGLAND, *codes])
            for name, measure in names.items()
            for value in [measure.low + place % STEPS * _step(measure)]
            for year in YEARS
        ],
    )


def _step(measure: Measure) -> float:
    """From one value of the measure to the next: all of them fill what it may be."""
    return round((measure.high - measure.low) / STEPS, 4)
