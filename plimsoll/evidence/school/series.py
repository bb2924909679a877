"""A measure of a school over years, and what stands beside it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from plimsoll.evidence.figures import Figure, Origin
from plimsoll.evidence.markers import Marker
from plimsoll.framework.measures import Measure, shown

AUTHORITY, NEIGHBOURS = "authority", "neighbours"


@dataclass(frozen=True)
class Point:
    """One year's figure of a school, or why there is none."""

    measure: Measure
    year: str
    value: float | None
    marker: str
    origin: Origin
    urn: int
    of_predecessor: bool = False

    @property
    def shown(self) -> str:
        if self.value is None:
            return str(Marker(self.marker).label)
        return shown(self.measure, self.value)

    @property
    def predecessor(self) -> str:
        """Whose it is where it is not this school's own: a school before this one, URN 900001"""
        return f"a school before this one, URN {self.urn}" if self.of_predecessor else ""

    @property
    def figure(self) -> Figure:
        """The same as the evidence pack holds it, to be challenged and frozen."""
        return Figure.of(
            self.origin,
            key=f"{self.measure.key}.{self.year}",
            label=f"{self.measure.label}, {self.year}",
            value=self.shown,
            status="published" if self.value is not None else self.marker,
        )


@dataclass(frozen=True)
class Beside:
    """What a school's figures of one measure are compared with, year by year.

    `notes` say for each year what the figure is: published, or a mean of how many.
    `schools` names the kind of school that the figures are about; "" when it is every kind.
    """

    kind: str  # AUTHORITY, NEIGHBOURS or ENGLAND
    area: str
    values: Mapping[str, float]
    notes: Mapping[str, str]
    source: str
    as_at: date | None = None
    schools: str = ""

    @property
    def label(self) -> str:
        return f"{self.area}, {self.schools}" if self.schools else self.area

    @property
    def in_words(self) -> str:
        """primary schools in England"""
        if self.kind == NEIGHBOURS:
            return "statistical neighbours"
        return f"{self.schools} in {self.area}" if self.schools else self.area

    def as_plain(self) -> dict[str, Any]:
        """The same in plain values."""
        as_at = self.as_at.isoformat() if self.as_at else None
        return asdict(self) | {"label": self.label, "as_at": as_at}


@dataclass(frozen=True)
class Series:
    """One measure of one school, the oldest year first."""

    measure: Measure
    points: tuple[Point, ...]
    besides: tuple[Beside, ...]

    @cached_property
    def known(self) -> tuple[Point, ...]:
        """The years that have a number."""
        return tuple(point for point in self.points if point.value is not None)

    @property
    def latest(self) -> Point | None:
        return self.known[-1] if self.known else None

    def beside(self, kind: str) -> Beside | None:
        return next((each for each in self.besides if each.kind == kind), None)

    def as_plain(self) -> dict[str, Any]:
        """The same in plain values, to be frozen with the evidence pack."""
        return {
            "measure": self.measure.key,
            "points": [
                point.figure.as_plain()
                | {"year": point.year, "number": point.value, "urn": point.urn}
                for point in self.points
            ],
            "besides": [beside.as_plain() for beside in self.besides],
        }
