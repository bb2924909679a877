"""A map of schools, drawn from the register's eastings and northings and from nothing else.

The national grid is in metres, so a plain linear scale with equal axes is a true map. Schools
that would cover each other share one mark, which leads to its part of the map; so a mark is
always wide enough for a finger, and a page of twenty thousand schools stays small.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any, Final

from django.db.models import Avg, Count, F, Max, Min, QuerySet
from django.http import QueryDict
from django.urls import reverse

from plimsoll.desk.register import Box
from plimsoll.schools.models import School
from plimsoll.schools.types import Phase

# All in pixels of the drawing, which is never shown smaller.
WIDE, LOWEST, HIGHEST, EDGE = 720, 400, 900, 30
CELL: Final = 40  # one mark at most stands in each cell of this size ...
TARGET: Final = 24  # ... as wide and high as a target has to be
CLOSEST: Final = 500  # metres; nearer than this the register's positions say nothing
STEPS: Final = [base * 10**power for power in range(2, 7) for base in (1, 2, 5)]
PLACELESS: Final = 50

# Told apart by shape: drawn around (0, 0), 8 pixels to each side.
SHAPES: Final[Mapping[str, str]] = {
    Phase.NURSERY: "M0-8 8 7H-8z",
    Phase.PRIMARY: "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
    Phase.MIDDLE_PRIMARY: "M-8-3.5H8v7H-8z",
    Phase.SECONDARY: "M-7-7H7V7H-7z",
    Phase.MIDDLE_SECONDARY: "M-3.5-8h7V8h-7z",
    Phase.POST_16: "M-8-7H8L0 8z",
    Phase.ALL_THROUGH: "M0-9 9 0 0 9-9 0z",
    Phase.NONE: "M-3-8h6v5h5v6H3v5h-6V3h-5v-6h5z",
}


@dataclass(frozen=True)
class Frame:
    """Which part of the country is drawn, and how large."""

    west: float
    south: float
    scale: float  # metres to a pixel
    height: int

    @property
    def cell(self) -> int:
        return ceil(CELL * self.scale)

    def x(self, easting: float) -> float:
        return (easting - self.west) / self.scale

    def y(self, northing: float) -> float:
        return self.height - (northing - self.south) / self.scale


@dataclass(frozen=True)
class Mark:
    """One school, or several in the same place, as a link."""

    x: int
    y: int
    label: str
    href: str
    shape: str = ""
    count: int = 0

    @property
    def short(self) -> str:
        return str(self.count) if self.count < 1000 else f"{self.count // 1000}k"


@dataclass(frozen=True)
class Line:
    x1: int
    y1: int
    x2: int
    y2: int


class Map:
    """The schools of one query, as marks on a sheet."""

    width, target = WIDE, TARGET
    corner: Final = -TARGET // 2

    def __init__(self, found: QuerySet[School], query: QueryDict) -> None:
        self._found, self._query = found.order_by(), query
        placed = self._found.filter(easting__isnull=False, northing__isnull=False)
        self._placed = placed
        ends = placed.aggregate(
            west=Min("easting"), east=Max("easting"), south=Min("northing"), north=Max("northing")
        )
        self.frame = _frame(Box(**ends)) if ends["west"] is not None else None

    @cached_property
    def marks(self) -> Sequence[Mark]:
        if self.frame is None:
            return []
        west, south, cell = int(self.frame.west), int(self.frame.south), self.frame.cell
        column, row = (F("easting") - west) / cell, (F("northing") - south) / cell
        cells = list(
            self._placed.values(column=column, row=row)
            .annotate(count=Count("pk"), urn=Min("urn"), e=Avg("easting"), n=Avg("northing"))
            .order_by("-row", "column")
            .values_list("column", "row", "count", "urn", "e", "n")
        )
        alone = [urn for _, _, count, urn, _, _ in cells if count == 1]
        schools = School.objects.only("urn", "name", "phase").in_bulk(alone)
        return [self._mark(each, schools.get(each[3])) for each in cells]

    @cached_property
    def placeless(self) -> Sequence[School]:
        """Schools to which the register gives no position, and one more if there are more."""
        rows = self._found.exclude(easting__isnull=False, northing__isnull=False)
        return list(rows.order_by("name", "urn")[: PLACELESS + 1])

    @property
    def shown_placeless(self) -> Sequence[School]:
        return self.placeless[:PLACELESS]

    @property
    def key(self) -> list[tuple[str, str]]:
        """The shapes that stand on the map, each with its phase."""
        used = {mark.shape for mark in self.marks}
        return [(shape, _phase(phase)) for phase, shape in SHAPES.items() if shape in used]

    @property
    def has_clusters(self) -> bool:
        return any(mark.count for mark in self.marks)

    @property
    def astray(self) -> str:
        """How far a mark may stand from its school, so that none covers another."""
        assert self.frame is not None
        return _length(_round_up(TARGET / 2 * self.frame.scale))

    @property
    def step(self) -> int:
        """Metres between two lines of the grid: some five of them."""
        assert self.frame is not None
        across = WIDE * self.frame.scale
        return next((step for step in STEPS if step >= across / 6), STEPS[-1])

    @property
    def grid(self) -> list[Line]:
        frame, step = self.frame, self.step
        assert frame is not None
        east, north = frame.west + WIDE * frame.scale, frame.south + frame.height * frame.scale
        upright = [round(frame.x(at)) for at in _every(step, frame.west, east)]
        level = [round(frame.y(at)) for at in _every(step, frame.south, north)]
        return [
            *(Line(x, 0, x, frame.height) for x in upright),
            *(Line(0, y, WIDE, y) for y in level),
        ]

    @property
    def bar(self) -> tuple[int, str]:
        """The scale bar: how long, and of how many metres."""
        assert self.frame is not None
        return round(self.step / self.frame.scale), _length(self.step)

    def _mark(self, cell: tuple[Any, ...], school: School | None) -> Mark:
        column, row, count, _, easting, northing = cell
        frame = self.frame
        assert frame is not None
        side, inset = frame.cell, TARGET / 2 * frame.scale
        left, low = int(frame.west) + column * side, int(frame.south) + row * side
        x = round(frame.x(min(max(easting, left + inset), left + side - inset)))
        y = round(frame.y(min(max(northing, low + inset), low + side - inset)))
        if school:
            label = f"{school.name}, {school.get_phase_display()}"
            href = reverse("desk:school", args=[school.urn])
            return Mark(x, y, label, href, SHAPES[school.phase])
        box = Box(left, low, left + side - 1, low + side - 1)
        return Mark(x, y, f"{count} schools here: come closer", self._narrowed(box), count=count)

    def _narrowed(self, box: Box) -> str:
        query = self._query.copy()
        query["within"] = str(box)
        query.pop("page", None)
        return f"?{query.urlencode()}#list"


def _frame(ends: Box) -> Frame:
    """The ends with some air around them, at one scale for both axes."""
    across, up = max(ends.east - ends.west, CLOSEST), max(ends.north - ends.south, CLOSEST)
    scale = max(across / (WIDE - 2 * EDGE), up / (HIGHEST - 2 * EDGE))
    height = min(max(round(up / scale) + 2 * EDGE, LOWEST), HIGHEST)
    west = (ends.west + ends.east - WIDE * scale) / 2
    south = (ends.south + ends.north - height * scale) / 2
    return Frame(int(west), int(south), scale, height)


def _phase(phase: str) -> str:
    """What a shape stands for: “not applicable” would say nothing."""
    if phase == Phase.NONE:
        return "No phase: special schools, referral units"
    return str(Phase(phase).label)


def _every(step: int, start: float, end: float) -> range:
    return range(ceil(start / step) * step, ceil(end), step)


def _round_up(metres: float) -> int:
    size = 10 ** (len(str(int(metres))) - 1)
    return ceil(metres / size) * size


def _length(metres: int) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres} m"
