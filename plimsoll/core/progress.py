"""How far along: a bar drawn as SVG, and the same figures as rows of its table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# The bar is drawn in these units and scales with the page.
WIDTH: Final = 600
GAP: Final = 2


@dataclass(frozen=True)
class Part:
    """One stretch of the bar. `tone` is one of done, moving, waiting, stopped, none."""

    label: str
    count: int
    tone: str
    href: str = ""


@dataclass(frozen=True)
class Segment:
    """A part with its place on the bar."""

    part: Part
    x: float
    width: float
    percent: int


def segments(parts: Iterable[Part]) -> list[Segment]:
    """Where each part is drawn; empty parts take no room and keep their row."""
    parts = list(parts)
    total = sum(part.count for part in parts)
    placed, x = [], 0.0
    for part in parts:
        share = part.count / total if total else 0
        width = share * WIDTH
        drawn = max(width - GAP, 0)
        placed.append(Segment(part, round(x, 1), round(drawn, 1), round(share * 100)))
        x += width
    return placed
