"""One figure of an authority over years, beside its region, England and its neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from plimsoll.core.trend import NOTHING, Line, Reading, Style, Trend
from plimsoll.evidence.authority.indicators import Indicator
from plimsoll.evidence.markers import Cell, Marker
from plimsoll.evidence.models import ENGLAND, Area

OWN, REGION, NEIGHBOURS = "own", "region", "neighbours"
STYLES: Final[Mapping[str, Style]] = {
    OWN: "solid",
    REGION: "dotted",
    NEIGHBOURS: "dash-dot",
    ENGLAND: "dashed",
}
QUARTERS: Final = ("best quarter", "second quarter", "third quarter", "last quarter")


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


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th.

    >>> [_ordinal(each) for each in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"
