"""How much a figure of few pupils can be trusted: its bounds, and words of warning."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

from plimsoll.evidence.school.series import Point, Series
from plimsoll.framework.measures import Measure

Z: Final = 1.959964  # 95 % of a normal distribution lies within so many deviations
Bounds = tuple[float, float]


@dataclass(frozen=True)
class Cohort:
    """How many pupils there were, and in which year."""

    pupils: int
    year: str


def wilson(percent: float, count: int) -> Bounds:
    """The interval of 95 % around a share of so many pupils (Wilson's score interval).

    >>> [round(bound, 1) for bound in wilson(50, 12)]
    [25.4, 74.6]
    """
    share, square = percent / 100, Z * Z
    centre = (share + square / (2 * count)) / (1 + square / count)
    half = Z * sqrt(share * (1 - share) / count + square / (4 * count * count))
    half /= 1 + square / count
    return max(0.0, 100 * (centre - half)), min(100.0, 100 * (centre + half))


def bounds(point: Point, held: Mapping[str, Series]) -> Bounds | None:
    """The published bounds of a figure, or those that follow from its cohort."""
    if point.value is None:
        return None
    if point.measure.interval:
        low, high = (_value(held, key, point) for key in point.measure.interval)
        return None if low is None or high is None else (low, high)
    count = cohort(point, held)
    return wilson(point.value, count) if count and point.measure.counts_pupils else None


def cohort(point: Point, held: Mapping[str, Series]) -> int | None:
    """How many pupils the figure is about, where that is published for the same year."""
    count = _value(held, point.measure.cohort, point)
    return None if count is None else round(count)


def last_cohort(point: Point, held: Mapping[str, Series]) -> Cohort | None:
    """The same, or else the last that is known of the school's earlier years."""
    counts = held[point.measure.cohort].known if point.measure.cohort in held else ()
    known = [each for each in counts if each.year <= point.year and each.urn == point.urn]
    return Cohort(round(known[-1].value or 0), known[-1].year) if known else None


def is_small(count: int | None, small: int) -> bool:
    return count is not None and 0 < count < small


def warning(measure: Measure, year: str, cohort: Cohort) -> str:
    """What a reader should know of a figure of so few pupils.

    >>> from plimsoll.framework.measures import MEASURES
    >>> warning(MEASURES["ks2.rwm-expected"], "2023-24", Cohort(12, "2023-24"))
    '2023-24: 12 pupils: one pupil is 8 percentage points.'
    """
    count, who = cohort.pupils, pupils(cohort.pupils)
    if cohort.year != year:
        return (
            f"{year}: how many pupils it is about is not held. There were {count} in "
            f"{cohort.year}: a few of them can move this figure."
        )
    if measure.counts_pupils:
        share = round(100 / count)
        points = "percentage point" if share == 1 else "percentage points"
        return f"{year}: {who}: one pupil is {share} {points}."
    return f"{year}: {who}: a few of them can move this figure."


def pupils(count: int) -> str:
    return "1 pupil" if count == 1 else f"{count} pupils"


def _value(held: Mapping[str, Series], key: str, point: Point) -> float | None:
    """Another measure of the same school in the same year."""
    if key not in held:
        return None
    return next(
        (
            each.value
            for each in held[key].points
            if (each.year, each.urn) == (point.year, point.urn)
        ),
        None,
    )
