"""The figures of schools and of those before them, beside those of the areas around.

A fixed number of queries, for one school or for many.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plimsoll.evidence.figures import Origin, origins
from plimsoll.evidence.models import Fact
from plimsoll.evidence.school.around import Around
from plimsoll.evidence.school.series import Point, Series
from plimsoll.framework.measures import MEASURES
from plimsoll.schools.models import School
from plimsoll.schools.queries import lineages

Key = tuple[str, str]  # measure, year


def series_of(
    schools: Iterable[School],
    *,
    neighbours_at_least: int = 1,
    measures: Iterable[str] = MEASURES,
) -> dict[int, dict[str, Series]]:
    """By URN and measure, what is held of each of these schools and of its predecessors."""
    schools, wanted = list(schools), list(measures)
    facts = _facts(schools, wanted)
    around = Around(schools, wanted, neighbours_at_least)
    return {
        school.urn: {
            key: Series(MEASURES[key], tuple(points), around.of(school, MEASURES[key]))
            for key, points in facts[school.urn].items()
        }
        for school in schools
    }


def _facts(schools: Sequence[School], measures: list[str]) -> dict[int, dict[str, list[Point]]]:
    """The best figure of each year: the school's own before a predecessor's, the most final."""
    chains = lineages([school.urn for school in schools])
    urns = {urn for chain in chains.values() for urn in chain}
    rows: dict[int, list[tuple[Any, ...]]] = {}
    held = Fact.objects.filter(urn__in=urns)
    if len(measures) < len(MEASURES):
        held = held.filter(measure__in=measures)
    for urn, *row in held.values_list(
        "urn", "measure", "year", "value", "marker", "release", "source_run"
    ):
        rows.setdefault(urn, []).append(tuple(row))
    files = origins(row[-1] for found in rows.values() for row in found)
    return {school.urn: _points(school.urn, chains[school.urn], rows, files) for school in schools}


def _points(
    school: int,
    chain: list[int],
    rows: Mapping[int, list[tuple[Any, ...]]],
    files: Mapping[int | None, Origin],
) -> dict[str, list[Point]]:
    best: dict[Key, tuple[tuple[Any, ...], Point]] = {}
    for place, urn in enumerate(chain):
        for measure, year, value, marker, release, run in rows.get(urn, ()):
            if measure not in MEASURES:
                continue
            rank = (-place, release, value is not None, run or 0)
            if (measure, year) in best and best[measure, year][0] >= rank:
                continue
            point = Point(MEASURES[measure], year, value, marker, files[run], urn, urn != school)
            best[measure, year] = (rank, point)
    found: dict[str, list[Point]] = {}
    for (measure, _), (_, point) in sorted(best.items()):
        found.setdefault(measure, []).append(point)
    return {key: found[key] for key in MEASURES if key in found}
