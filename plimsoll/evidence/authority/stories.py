"""An authority's figures over years, beside its region, England and its neighbours.

A fixed number of queries, for one figure or for many.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from django.utils.timezone import localdate

from plimsoll.core.trend import NOTHING, Line, Reading, Style, Trend
from plimsoll.evidence.authority.indicators import Indicator
from plimsoll.evidence.figures import Origin
from plimsoll.evidence.markers import Cell, Marker
from plimsoll.evidence.models import ENGLAND, Area, AreaFact, ImportRun, Neighbour
from plimsoll.evidence.years import ending, is_school_year
from plimsoll.framework.profile import ProfileRules

OWN, REGION, NEIGHBOURS = "own", "region", "neighbours"
STYLES: Final[Mapping[str, Style]] = {
    OWN: "solid",
    REGION: "dotted",
    NEIGHBOURS: "dash-dot",
    ENGLAND: "dashed",
}
QUARTERS: Final = ("best quarter", "second quarter", "third quarter", "last quarter")
Held = Mapping[tuple[str, str], Mapping[str, tuple[Cell, int | None]]]  # area, code: by period


@dataclass(frozen=True)
class Around:
    """An authority and what it is compared with, as far as it is held."""

    own: Area
    region: Area | None
    neighbours: tuple[str, ...]  # codes, the closest first
    names: Mapping[str, str]

    @property
    def codes(self) -> list[str]:
        region = [self.region.code] if self.region else []
        return [self.own.code, *region, ENGLAND, *self.neighbours]


@dataclass(frozen=True)
class Source:
    """A file that figures came with, and when."""

    title: str
    publisher: str
    file: str
    as_at: date | None
    read_on: date

    @property
    def when(self) -> str:
        """For a sheet: the day the figures are as at, or else the day they were read in."""
        return f"as at {self.as_at}" if self.as_at else f"read in on {self.read_on}"


@dataclass(frozen=True)
class Standing:
    """A place among the authorities held; `quarter` is 0 where too few of them are held."""

    place: int
    of: int
    quarter: int
    shared: bool

    def __str__(self) -> str:
        """3rd of 5 authorities held."""
        return f"{self._place} of {self.of} authorities held{self._quarter}"

    @property
    def short(self) -> str:
        return f"{self._place} of {self.of}{self._quarter}"

    @property
    def _place(self) -> str:
        return f"{'Equal ' if self.shared else ''}{_ordinal(self.place)}"

    @property
    def _quarter(self) -> str:
        return f", {QUARTERS[self.quarter - 1]}" if self.quarter else ""


@dataclass(frozen=True)
class Compared:
    """One area's figures by period: where each comes from, or how it was worked out."""

    kind: str
    label: str
    cells: Mapping[str, Cell]
    files: Mapping[str, Source] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called inside a sentence."""
        return self.label.lower() if self.kind == NEIGHBOURS else self.label

    def value(self, period: str) -> float | None:
        return self.cells.get(period, (None, ""))[0]


@dataclass(frozen=True)
class Story:
    """One indicator of the authority over years."""

    indicator: Indicator
    periods: tuple[str, ...]
    lines: tuple[Compared, ...]  # the authority's own first
    standing: Standing | None
    sources: tuple[Source, ...]

    @property
    def own(self) -> Compared:
        return self.lines[0]

    @cached_property
    def latest(self) -> str:
        """The last period in which the authority has a number; "" when it has none."""
        known = [period for period in self.periods if self.own.value(period) is not None]
        return known[-1] if known else ""

    def line(self, kind: str) -> Compared | None:
        return next((each for each in self.lines if each.kind == kind), None)

    def text(self, kind: str, period: str) -> str:
        """A figure as it is shown, or why there is none."""
        line = self.line(kind)
        value, marker = line.cells.get(period, (None, "")) if line else (None, "")
        if value is not None:
            return self.indicator.shown(value)
        return str(Marker(marker).label) if marker else NOTHING

    @property
    def england(self) -> str:
        return self.text(ENGLAND, self.latest)

    @property
    def figure(self) -> str:
        return self.text(OWN, self.latest)

    @property
    def in_words(self) -> str:
        """The newest figure in a sentence, and how it compares."""
        if not self.latest:
            return f"No number is held for {self.own.label}."
        told = f"{self.own.label}: {self.figure} in {self.latest}"
        beside = [
            f"{self._compared(value)} {line.name} ({self.indicator.shown(value)})"
            for line in self.lines[1:]
            if (value := line.value(self.latest)) is not None
        ]
        return f"{told}; {', '.join(beside)}." if beside else f"{told}."

    @property
    def standing_in_words(self) -> str:
        if self.standing:
            return f"{self.standing}."
        if not self.latest:
            return ""
        if self.indicator.good:
            return "Its publisher puts no authorities in order by it, so there is no rank."
        return "Neither more nor less of it is better, so there is no rank."

    @property
    def trend(self) -> Trend:
        values = [cell[0] for line in self.lines for cell in line.cells.values()]
        return Trend(
            key=self.indicator.anchor,
            title=self.indicator.label,
            periods=self.periods,
            lines=tuple(self._drawn(line) for line in self.lines),
            unit=self.indicator.unit,
            least=max((abs(value) for value in values if value is not None), default=0) / 5,
        )

    def _drawn(self, line: Compared) -> Line:
        readings = tuple(
            Reading(self.text(line.kind, period), line.value(period), line.notes.get(period, ""))
            for period in self.periods
        )
        return Line(line.label, STYLES[line.kind], readings)

    def _compared(self, other: float) -> str:
        mine = self.own.value(self.latest) or 0.0
        if self.indicator.shown(mine) == self.indicator.shown(other):
            return "the same as"
        if not self.indicator.good:
            return "more than" if mine > other else "less than"
        return "better than" if (mine > other) is (self.indicator.good == "high") else "worse than"


def around(code: str) -> Around | None:
    """The authority with this code, its region and neighbours; None when nothing is held."""
    own = Area.objects.filter(pk=code, kind=Area.Kind.AUTHORITY).first()
    if own is None:
        return None
    them = Neighbour.objects.filter(area=code).order_by("place")
    neighbours = tuple(them.values_list("neighbour", flat=True))
    areas = {area.code: area for area in Area.objects.filter(code__in=[own.region, *neighbours])}
    names = {each: area.name for each, area in areas.items()}
    return Around(own, areas.get(own.region), neighbours, names)


def held(code: str) -> set[str]:
    """The indicators of which the authority has any figure."""
    facts = AreaFact.objects.filter(area=code).order_by()
    return set(facts.values_list("measure", flat=True).distinct())


def authorities_held() -> int:
    """How many authorities have any figure."""
    codes = Area.objects.filter(kind=Area.Kind.AUTHORITY).values("code")
    return AreaFact.objects.filter(area__in=codes).values("area").distinct().count()


def stories(beside: Around, indicators: Sequence[Indicator], rules: ProfileRules) -> list[Story]:
    """What is held of each of these indicators, in their order."""
    codes = [one.code for one in indicators]
    facts = _facts(beside.codes, codes)
    files = _sources(run for by_period in facts.values() for _, run in by_period.values())
    found = [_story(beside, one, facts, files, rules) for one in indicators]
    others = _others({(each.indicator.code, each.latest) for each in found if each.latest})
    return [_with_standing(each, others, rules) for each in found]


def _facts(areas: list[str], codes: list[str]) -> Held:
    """The most final figure of each period, and of those the one read in last."""
    found: dict[tuple[str, str], dict[str, tuple[Cell, int | None]]] = {}
    rows = AreaFact.objects.filter(area__in=areas, measure__in=codes)
    for area, code, period, value, marker, run in rows.order_by(
        "release", "source_run", "pk"
    ).values_list("area", "measure", "year", "value", "marker", "source_run"):
        found.setdefault((area, code), {})[period] = ((value, marker), run)
    return found


def _sources(runs: Iterable[int | None]) -> dict[int | None, Source]:
    found = ImportRun.objects.in_bulk({run for run in runs if run})
    return {pk: _source(run) for pk, run in found.items()}


def _source(run: ImportRun) -> Source:
    origin = Origin.of(run)
    return Source(origin.title, origin.publisher, run.file, run.as_at, localdate(run.at))


def _story(
    beside: Around,
    indicator: Indicator,
    facts: Held,
    files: Mapping[int | None, Source],
    rules: ProfileRules,
) -> Story:
    def line(kind: str, label: str, area: str) -> Compared:
        held = facts.get((area, indicator.code), {})
        cells = {period: cell for period, (cell, _) in held.items()}
        known = {period: files[run] for period, (_, run) in held.items() if run in files}
        return Compared(kind, label, cells, known)

    them = [line(NEIGHBOURS, "", code) for code in beside.neighbours]
    own = line(OWN, beside.own.name, beside.own.code)
    found = [own, line(ENGLAND, "England", ENGLAND)]
    if mean := _mean(them, rules.neighbours_at_least):
        found.insert(1, mean)
    if beside.region:
        found.insert(1, line(REGION, beside.region.name, beside.region.code))
    lines = [each for each in found if each is own or each.cells]
    periods = _without_gaps({period for each in lines for period in each.cells})[-rules.years :]
    used = [each.files.get(period) for each in (*lines, *them) for period in periods]
    sources = tuple(dict.fromkeys(source for source in used if source))
    return Story(indicator, tuple(periods), tuple(lines), None, sources)


def _without_gaps(periods: set[str]) -> list[str]:
    """The periods in order; a school year that nobody has a figure of stands among them.

    >>> _without_gaps({"2018-19", "2021-22"})
    ['2018-19', '2019-20', '2020-21', '2021-22']
    """
    if not periods or not all(map(is_school_year, periods)):
        return sorted(periods)
    first, last = (int(period[:4]) + 1 for period in (min(periods), max(periods)))
    return [ending(year) for year in range(first, last + 1)]


def _mean(neighbours: Sequence[Compared], at_least: int) -> Compared | None:
    """The mean of the neighbours that have a number, where enough of them have one."""
    by_period: dict[str, list[float]] = {}
    for each in neighbours:
        for period, (value, _) in each.cells.items():
            if value is not None:
                by_period.setdefault(period, []).append(value)
    enough = {period: found for period, found in by_period.items() if len(found) >= at_least}
    if not enough:
        return None
    cells = {period: (sum(found) / len(found), "") for period, found in enough.items()}
    notes = {
        period: f"mean of {len(found)} of {len(neighbours)}, worked out by Plimsoll"
        for period, found in enough.items()
    }
    return Compared(NEIGHBOURS, "Statistical neighbours", cells, notes=notes)


def _others(latest: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, float]]:
    """By indicator and period, each authority's number."""
    rows = AreaFact.objects.filter(
        measure__in={code for code, _ in latest},
        year__in={period for _, period in latest},
        area__in=Area.objects.filter(kind=Area.Kind.AUTHORITY).values("code"),
        value__isnull=False,
    ).order_by("release", "source_run", "pk")
    found: dict[tuple[str, str], dict[str, float]] = {}
    for code, period, area, value in rows.values_list("measure", "year", "area", "value"):
        found.setdefault((code, period), {})[area] = value or 0.0
    return found


def _with_standing(
    story: Story, others: Mapping[tuple[str, str], Mapping[str, float]], rules: ProfileRules
) -> Story:
    indicator = story.indicator
    mine = story.own.value(story.latest)
    if mine is None or not indicator.good or not indicator.in_order:
        return story
    values = list(others.get((indicator.code, story.latest), {}).values())
    better = [each for each in values if (each > mine if indicator.good == "high" else each < mine)]
    place, count = len(better) + 1, len(values)
    enough = count >= rules.quartile_at_least
    standing = Standing(
        place, count, math.ceil(4 * place / count) if enough else 0, values.count(mine) > 1
    )
    return Story(indicator, story.periods, story.lines, standing, story.sources)


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th.

    >>> [_ordinal(each) for each in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"
