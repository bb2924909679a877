"""The geometry of a line chart: from a `Trend` to the places and paths of its picture.

The picture carries its own colours, as it stands in pages and in PDFs. Lines are told apart
by dash, by lightness and by the shape of their marks.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from plimsoll.core.trend import Line, Style, Trend

# Units of the picture, which scales with the page: at 320 px they are a little under a pixel.
WIDTH: Final = 360
HEIGHT: Final = 210
LEFT, RIGHT, TOP, BOTTOM = 52, 30, 20, 32
ROOM_OF_A_PERIOD: Final = 60  # what the name of one takes below the axis
KEY: Final = 20  # the height of a line of the legend
STEPS: Final = (1, 2, 2.5, 5, 10)

Place = tuple[float, float]
Placing = Callable[[int, float], Place]


@dataclass(frozen=True)
class Look:
    """How a line is drawn. Each colour has a contrast with white of at least 3 to 1."""

    colour: str
    dashes: str
    width: float


LOOKS: Final[dict[Style, Look]] = {
    "solid": Look("#0b3b47", "", 3),
    "dotted": Look("#b3541e", "1.5 4", 2.5),
    "dash-dot": Look("#3d8796", "9 4 1.5 4", 2),
    "dashed": Look("#5f6b6e", "7 4", 2),
}


@dataclass(frozen=True)
class Drawn:
    """One line of the picture: its strokes, its marks and the band around it."""

    label: str
    look: Look
    paths: tuple[str, ...]
    marks: tuple[str, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True)
class Key:
    """How one line looks, for the legend: drawn on a strip of 44 by 14 units.

    `y` is where it stands under a picture that has its legend within.
    """

    label: str
    look: Look
    mark: str
    y: int


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Drawing:
    lines: tuple[Drawn, ...]
    across: tuple[Tick, ...]  # the periods, from left to right
    up: tuple[Tick, ...]  # the scale, from the bottom
    last: tuple[float, float, str] | None  # where the newest figure is named
    zero: float | None  # where nought is, when figures lie on both sides of it
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def draw(trend: Trend) -> Drawing:
    """The picture of a trend that has figures."""
    scale = bounds(_values(trend.lines), trend.least, 100 if trend.unit == "%" else math.inf)
    low, high = scale[0], scale[-1]

    def place(at: int, value: float) -> Place:
        share = at / (len(trend.periods) - 1) if len(trend.periods) > 1 else 0.5
        x = LEFT + 12 + share * (WIDTH - LEFT - RIGHT - 12)
        y = HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return round(x, 1), round(y, 1)

    return Drawing(
        # The line that the chart is about is drawn last, over the others.
        lines=tuple(_drawn(line, place) for line in reversed(trend.lines)),
        across=tuple(_periods(trend.periods, place)),
        up=tuple(Tick(place(0, value)[1], _label(value, trend.unit)) for value in scale),
        last=_last(trend.lines[0], trend.lines[1:], place),
        zero=place(0, 0)[1] if low < 0 < high else None,
    )


def _last(line: Line, others: Sequence[Line], place: Placing) -> tuple[float, float, str] | None:
    """The newest figure, by its mark: on the side where the other lines leave more room.

    Where they leave as much, on the side from which the line itself does not come.
    """
    if not line.known:
        return None
    at, value = line.known[-1]
    before = line.readings[at - 1].value if at else None
    falls = before is not None and before > value
    (x, y), text = place(at, value), line.readings[at].text
    there = [each.readings[at].value for each in others]
    marks = [place(at, one)[1] for one in there if one is not None]
    above = min((y - mark for mark in marks if mark <= y), default=math.inf)
    beneath = min((mark - y for mark in marks if mark > y), default=math.inf)
    below = (beneath, falls) > (above, not falls) and y + 20 < HEIGHT - BOTTOM
    return min(x, WIDTH - 4.6 * len(text) - 2), round(y + 20 if below else y - 9, 1), text


def keys(trend: Trend) -> list[Key]:
    """The legend: the lines that have a figure."""
    return [
        Key(line.label, LOOKS[line.style], _mark(line.style, 22, 7), HEIGHT + at * KEY)
        for at, line in enumerate(each for each in trend.lines if each.known)
    ]


def bounds(values: Iterable[float], least: float = 0, most: float = math.inf) -> list[float]:
    """Round steps of a scale around the values, three to six of them.

    `least` is the smallest span; no scale of values up to `most` goes beyond it.

    >>> bounds([4.7, 6.2])
    [4.5, 5.0, 5.5, 6.0, 6.5]
    """
    values = list(values)
    smallest, greatest = min(values), max(values)
    span = max(least, greatest - smallest) or abs(greatest) or 1
    low = (smallest + greatest - span) / 2
    if smallest >= 0:
        low = max(low, 0)
    if greatest <= most:
        low = min(low, most - span)
    step = _step(span)
    first, last = math.floor(low / step + 1e-9), math.ceil((low + span) / step - 1e-9)
    return [round(at * step, 10) for at in range(first, last + 1)]


def _step(span: float) -> float:
    """The smallest round step of which the span holds no more than four."""
    power = 10.0 ** math.floor(math.log10(span / 4))
    return next(step * power for step in STEPS if span / (step * power) <= 4 + 1e-9)


def runs(line: Line) -> list[list[tuple[int, float]]]:
    """The stretches of a line without a gap: a period without a number breaks it."""
    found: list[list[tuple[int, float]]] = []
    for at, value in line.known:
        if found and found[-1][-1][0] == at - 1:
            found[-1].append((at, value))
        else:
            found.append([(at, value)])
    return found


def _values(lines: Iterable[Line]) -> Iterator[float]:
    for line in lines:
        for reading in line.readings:
            if reading.value is not None:
                yield from (
                    value
                    for value in (reading.value, reading.low, reading.high)
                    if value is not None
                )


def _drawn(line: Line, place: Placing) -> Drawn:
    stretches = runs(line)
    return Drawn(
        label=line.label,
        look=LOOKS[line.style],
        paths=tuple(_path(place(*each) for each in run) for run in stretches if len(run) > 1),
        marks=tuple(_mark(line.style, *place(*each)) for each in line.known),
        bands=tuple(filter(None, (_band(line, run, place) for run in stretches))),
    )


def _band(line: Line, run: list[tuple[int, float]], place: Placing) -> str:
    """The outline of the uncertainty around one stretch; a bar where it is one year's."""
    bounded = [
        (at, reading.low, reading.high)
        for at, reading in ((at, line.readings[at]) for at, _ in run)
        if reading.low is not None and reading.high is not None
    ]
    if not bounded or len(bounded) < len(run):
        return ""
    above = [place(at, high) for at, _, high in bounded]
    below = [place(at, low) for at, low, _ in bounded]
    if len(run) == 1:
        (x, top), (_, bottom) = above[0], below[0]
        above, below = [(x - 4, top), (x + 4, top)], [(x - 4, bottom), (x + 4, bottom)]
    return _path([*above, *reversed(below)]) + "Z"


def _periods(periods: tuple[str, ...], place: Placing) -> Iterator[Tick]:
    """The names of the periods, as many as there is room for and always the last."""
    room = max(1, (WIDTH - LEFT - RIGHT) // ROOM_OF_A_PERIOD)
    every = math.ceil(len(periods) / room)
    for at, period in enumerate(periods):
        if (len(periods) - 1 - at) % every == 0:
            yield Tick(place(at, 0)[0], period)


def _label(value: float, unit: str) -> str:
    size, sign = abs(value), "−" if value < 0 else ""
    number = f"{size:g}"
    if size >= 10_000:
        number = f"{size / 1e6:g}m" if size >= 1e6 else f"{size / 1e3:g}k"
    return f"{sign}£{number}" if unit == "£" else f"{sign}{number} {unit}".strip()


def _path(places: Iterable[Place]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in places)


def _mark(style: Style, x: float, y: float) -> str:
    """A disc, a diamond, a triangle or a square around a point."""
    if style == "solid":
        return f"M{x - 4:g} {y:g}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z"
    if style == "dotted":
        return f"M{x:g} {y - 4.5:g}l4.5 4.5l-4.5 4.5l-4.5 -4.5Z"
    if style == "dash-dot":
        return f"M{x:g} {y - 4:g}l4 7h-8Z"
    return f"M{x - 3:g} {y - 3:g}h6v6h-6Z"
