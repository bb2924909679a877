"""What published evidence suggests for schools: inspections and figures, as policy reads them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, Final

from plimsoll.evidence.groups import group_of_school
from plimsoll.evidence.markers import Marker
from plimsoll.evidence.school.facts import series_of
from plimsoll.evidence.school.history import Told, as_suggestion_input
from plimsoll.evidence.school.queries import inspections_of_many
from plimsoll.evidence.school.series import Beside, Point, Series
from plimsoll.framework.measures import MEASURES
from plimsoll.framework.model import Edition
from plimsoll.framework.suggest import suggest
from plimsoll.framework.suggest_figures import suggest_figures
from plimsoll.framework.suggestions import Suggestion
from plimsoll.schools.models import School

BATCH: Final = 500  # schools; a batch costs a fixed number of queries


def suggestions(
    edition: Edition, school: School, told: Sequence[Told], series: Mapping[str, Series]
) -> list[Suggestion]:
    """For each criterion that is asked of such a school, what its evidence suggests."""
    latest, earlier = as_suggestion_input(told)
    inspected = suggest(edition, latest, earlier)
    measured = suggest_figures(edition, as_held(school, series))
    return [
        each
        for each in (*inspected, *measured)
        if edition.criterion(each.criterion).applies_to(school.phase)
    ]


def suggestions_for(
    edition: Edition, schools: Iterable[School], *, today: date
) -> Iterator[tuple[School, list[Suggestion]]]:
    """Each school with what its evidence suggests, read batch by batch."""
    measures = _measures(edition)
    waiting = iter(schools)
    while batch := list(islice(waiting, BATCH)):
        told = inspections_of_many(batch, until=today)
        series = series_of(
            batch, neighbours_at_least=edition.profile.neighbours_at_least, measures=measures
        )
        for school in batch:
            found = suggestions(edition, school, told[school.urn], series[school.urn])
            yield school, found


def as_held(school: School, series: Mapping[str, Series]) -> dict[str, Any]:
    """The school's figures as `framework.suggest_figures` reads them."""
    return {
        "phase": school.phase,
        "group": group_of_school(school),
        "figures": {
            key: {point.year: _cell(point) for point in each.points} for key, each in series.items()
        },
        "beside": {
            key: {beside.kind: _beside(beside) for beside in each.besides}
            for key, each in series.items()
        },
    }


def _cell(point: Point) -> dict[str, Any]:
    return {
        "value": point.value,
        "marker": _label(point.marker),
        "predecessor": point.of_predecessor,
        "source": point.origin.cited,
        "as_at": _iso(point.origin.as_at),
    }


def _beside(beside: Beside) -> dict[str, Any]:
    return {
        "label": beside.in_words,
        "source": beside.source,
        "as_at": _iso(beside.as_at),
        "values": beside.values,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@cache
def _label(marker: str) -> str:
    return str(Marker(marker).label) if marker else ""


def _measures(edition: Edition) -> list[str]:
    """The measures that the rules name, with the pupils behind and beside them."""
    named = {rule.measure for rule in edition.figure_suggestions}
    around = {name for key in named for name in (MEASURES[key].cohort, MEASURES[key].other)}
    return [key for key in MEASURES if key in named | around]
