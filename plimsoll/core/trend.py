"""Figures over years: what a chart and its table show, apart from how they are drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final, Literal

Style = Literal["solid", "dotted", "dash-dot", "dashed"]
NOTHING: Final = "Not held"


@dataclass(frozen=True)
class Reading:
    """A figure as it is told, or the words that stand in its place; never both.

    `low` and `high` are the bounds of its uncertainty; `note` says what the figure is.
    """

    text: str = NOTHING
    value: float | None = None
    note: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """One line of a chart and column of its table, with a reading for every period."""

    label: str
    style: Style
    readings: tuple[Reading, ...]

    @cached_property
    def known(self) -> tuple[tuple[int, float], ...]:
        """Where there are numbers: place and value."""
        found = ((at, reading.value) for at, reading in enumerate(self.readings))
        return tuple((at, value) for at, value in found if value is not None)


@dataclass(frozen=True)
class Row:
    """A period of the table, or several of which nothing is held."""

    period: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Trend:
    """Lines over the same periods, the first of them the one that the chart is about.

    `least` is the smallest span of the scale: without it a difference of nothing would
    fill the picture.
    """

    key: str
    title: str
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    unit: str = ""
    least: float = 0

    def __post_init__(self) -> None:
        if any(len(line.readings) != len(self.periods) for line in self.lines):
            raise ValueError(f"Each line of “{self.title}” needs a reading for every period.")

    @property
    def is_drawn(self) -> bool:
        """One year is no trend: its figure stands in the table."""
        return any(len(line.known) > 1 for line in self.lines)

    @property
    def rows(self) -> list[Row]:
        """The table. Periods together of which nothing is held are one row, without readings."""
        by_period = [
            (period, tuple(line.readings[at] for line in self.lines))
            for at, period in enumerate(self.periods)
        ]
        rows: list[Row] = []
        for held, run in groupby(by_period, lambda one: any(map(_is_held, one[1]))):
            found = list(run)
            if held:
                rows.extend(Row(period, readings) for period, readings in found)
            else:
                rows.append(Row(_from_to([period for period, _ in found]), ()))
        return rows

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What the figures of each line are, a note once for the periods it holds for."""
        return [found for line in self.lines for found in self._notes(line)]

    def _notes(self, line: Line) -> Iterator[tuple[str, str]]:
        """A note names its periods unless it holds for every figure of the line."""
        said = [(line.readings[at].note, at) for at, _ in line.known]
        runs = [(note, [at for _, at in run]) for note, run in groupby(said, lambda one: one[0])]
        for note, places in runs:
            if note:
                when = _from_to([self.periods[at] for at in places])
                yield line.label, note if len(runs) == 1 else f"{note} ({when})"

    @property
    def in_words(self) -> str:
        """What the chart shows, for who does not see it."""
        return " ".join(filter(None, map(self._line_in_words, self.lines)))

    def _line_in_words(self, line: Line) -> str:
        if not line.known:
            return f"{line.label}: no figures."
        first, last = line.known[0][0], line.known[-1][0]
        told = f"{line.label}: {line.readings[first].text} in {self.periods[first]}"
        if last == first:
            return f"{told}."
        missing = [
            period
            for period, reading in zip(
                self.periods[first : last + 1], line.readings[first : last + 1], strict=True
            )
            if reading.value is None
        ]
        gap = f", no figure for {', '.join(missing)}" if missing else ""
        return f"{told}, {line.readings[last].text} in {self.periods[last]}{gap}."


def _is_held(reading: Reading) -> bool:
    return reading.text != NOTHING


def _from_to(periods: list[str]) -> str:
    first, last = periods[0], periods[-1]
    return first if first == last else f"{first} to {last}"
