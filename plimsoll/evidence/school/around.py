"""What stands beside a school's figures: its authority, its neighbours and England."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from plimsoll.evidence import sources
from plimsoll.evidence.figures import Origin, origins
from plimsoll.evidence.groups import ALL_THROUGH, GROUPS, group_of_school, of_kind
from plimsoll.evidence.models import ENGLAND, Area, AreaFact, Neighbour, SchoolsMean
from plimsoll.evidence.school.series import AUTHORITY, NEIGHBOURS, Beside
from plimsoll.framework.measures import MEASURES, Measure
from plimsoll.schools.models import School

WORKED_OUT: Final = "worked out by Plimsoll"


class Around:
    """What is held of the areas around some schools, read once."""

    def __init__(self, schools: Sequence[School], measures: list[str], at_least: int) -> None:
        self._at_least = at_least
        las = {str(school.la) for school in schools}
        self._neighbours: dict[str, list[str]] = {}
        for area, neighbour in (
            Neighbour.objects.filter(area__in=las)
            .order_by("place")
            .values_list("area", "neighbour")
        ):
            self._neighbours.setdefault(area, []).append(neighbour)
        areas = {*las, ENGLAND, *(one for found in self._neighbours.values() for one in found)}
        self._names = dict(Area.objects.filter(code__in=las).values_list("code", "name"))
        groups = {group_of_school(each) for each in schools}
        self._facts = self._read_areas(areas, groups, measures)
        self._means = self._read_means(las, groups, measures)
        self._known: dict[tuple[int, str, str], tuple[Beside, ...]] = {}

    def of(self, school: School, measure: Measure) -> tuple[Beside, ...]:
        """Authority, neighbours and England, as far as they are known."""
        group = group_of_school(school)
        key = (school.la, group, measure.key)
        if key not in self._known:
            found = (
                self._authority(school, group, measure),
                self._of_neighbours(str(school.la), group, measure),
                self._published(ENGLAND, group, measure, ENGLAND, "England"),
            )
            self._known[key] = tuple(each for each in found if each)
        return self._known[key]

    def _authority(self, school: School, group: str, measure: Measure) -> Beside | None:
        area = str(school.la)
        name = self._names.get(area) or school.la_name or "The authority"
        if published := self._published(area, group, measure, AUTHORITY, name):
            return published
        means = self._means.get((school.la, group, measure.key))
        if not means:
            return None
        words = GROUPS[group]
        notes = {year: f"mean of {count} {words} held" for year, (_, count, _) in means.items()}
        values = {year: mean for year, (mean, _, _) in means.items()}
        source = _worked_out(sources.title_of(each) for _, _, each in means.values())
        return Beside(AUTHORITY, name, values, notes, source, schools=words)

    def _of_neighbours(self, area: str, group: str, measure: Measure) -> Beside | None:
        them = self._neighbours.get(area, [])
        by_year: dict[str, list[float]] = {}
        dates: set[date] = set()
        cited: list[str] = []
        for code in them:
            values, origin, _ = self._values(code, group, measure)
            dates |= {origin.as_at} if origin and origin.as_at else set()
            cited += [origin.cited] if origin else []
            for year, value in values.items():
                by_year.setdefault(year, []).append(value)
        enough = {year: found for year, found in by_year.items() if len(found) >= self._at_least}
        if not enough:
            return None
        values = {year: sum(found) / len(found) for year, found in enough.items()}
        notes = {
            year: f"mean of {len(found)} of {len(them)} statistical neighbours"
            for year, found in enough.items()
        }
        as_at = max(dates, default=None)
        source = _worked_out(cited)
        return Beside(NEIGHBOURS, "Statistical neighbours", values, notes, source, as_at)

    def _published(
        self, area: str, group: str, measure: Measure, kind: str, label: str
    ) -> Beside | None:
        values, origin, schools = self._values(area, group, measure)
        if not values or origin is None:
            return None
        notes = dict.fromkeys(values, "published")
        return Beside(kind, label, values, notes, origin.cited, origin.as_at, schools)

    def _values(
        self, area: str, group: str, measure: Measure
    ) -> tuple[dict[str, float], Origin | None, str]:
        """The published figures of an area, and of which kind of school they are.

        They are LAIT's, with the file's own where it has more. Those of one kind of school
        stay alone: the file's own may be of every kind, and one line would mix the two.
        """
        name, own = measure.areas.get(group, ""), of_kind(measure.key, group)
        alone = (area, own) in self._facts or (
            _is_of_kind(measure, group) and (area, name) in self._facts
        )
        values: dict[str, float] = {}
        origin = None
        for each in (own if alone else measure.key, name):
            for year, (value, run) in self._facts.get((area, each), {}).items():
                values[year] = value
                origin = self._origins[run]
        return dict(sorted(values.items())), origin, GROUPS[group] if alone else ""

    def _read_areas(
        self, areas: set[str], groups: set[str], measures: list[str]
    ) -> dict[tuple[str, str], dict[str, tuple[float, int | None]]]:
        names = {name for key in measures for name in (key, *MEASURES[key].areas.values())}
        names |= {of_kind(key, group) for key in measures for group in groups}
        facts: dict[tuple[str, str], dict[str, tuple[float, int | None]]] = {}
        rows = AreaFact.objects.filter(area__in=areas, measure__in=names, value__isnull=False)
        for area, measure, year, value, run in rows.order_by("release", "pk").values_list(
            "area", "measure", "year", "value", "source_run"
        ):
            facts.setdefault((area, measure), {})[year] = (value or 0.0, run)
        self._origins = origins(run for found in facts.values() for _, run in found.values())
        return facts

    def _read_means(
        self, las: set[str], groups: set[str], measures: list[str]
    ) -> dict[tuple[int, str, str], dict[str, tuple[float, int, str]]]:
        means: dict[tuple[int, str, str], dict[str, tuple[float, int, str]]] = {}
        rows = SchoolsMean.objects.filter(la__in=[int(la) for la in las], group__in=groups)
        rows = rows.filter(schools__gt=1)  # a mean of one would be the school beside itself
        if len(measures) < len(MEASURES):
            rows = rows.filter(measure__in=measures)
        for la, group, measure, year, mean, count, source in rows.order_by("schools").values_list(
            "la", "group", "measure", "year", "mean", "schools", "source"
        ):
            means.setdefault((la, group, measure), {})[year] = (mean, count, source)
        return means


def _worked_out(titles: Iterable[str]) -> str:
    return f"{WORKED_OUT} from {' and '.join(dict.fromkeys(titles))}"


def _is_of_kind(measure: Measure, group: str) -> bool:
    """Whether LAIT's figure is of this kind of school only."""
    named = [name for name in measure.areas.values() if name == measure.areas.get(group)]
    return len(named) == 1 and len(measure.areas) > 1 and group != ALL_THROUGH
