"""The difference between some pupils and the others, year by year, in points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plimsoll.evidence.figures import Origin
from plimsoll.evidence.school.series import Beside, Point, Series
from plimsoll.framework.measures import Measure


@dataclass(frozen=True)
class Gap:
    """How far these pupils are behind the others in a year; ahead of them when below nought."""

    measure: Measure
    year: str
    own: Point
    other: Point
    behind: float

    @property
    def origin(self) -> Origin:
        return self.own.origin


@dataclass(frozen=True)
class Gaps:
    """One school's gaps of one measure, the oldest first, and those of areas by year."""

    measure: Measure
    known: tuple[Gap, ...]
    besides: tuple[Beside, ...]

    def beside(self, kind: str) -> Beside | None:
        return next((each for each in self.besides if each.kind == kind), None)


def gaps(series: Series, held: Mapping[str, Series]) -> Gaps | None:
    """The gaps of a measure that is seen beside that of other pupils."""
    other = held.get(series.measure.other)
    if other is None:
        return None
    known = tuple(_gaps(series, other))
    return Gaps(series.measure, known, tuple(_besides(series, other))) if known else None


def points(measure: Measure, behind: float) -> str:
    """A gap as a reader sees it; the size only, as words say which way."""
    size = f"{abs(behind):.{measure.decimals}f}"
    unit = "percentage point" if measure.unit == "%" else "point"
    return f"{size} {unit}{'' if float(size) == 1 else 's'}"


def _gaps(series: Series, other: Series) -> Iterator[Gap]:
    others = {(each.year, each.urn): each for each in other.known}
    for own in series.known:
        if beside := others.get((own.year, own.urn)):
            behind = _difference(beside.value, own.value, series.measure)
            yield Gap(series.measure, own.year, own, beside, behind)


def _besides(series: Series, other: Series) -> Iterator[Beside]:
    for own in series.besides:
        if (beside := other.beside(own.kind)) and beside.schools == own.schools:
            values = {
                year: _difference(beside.values[year], value, series.measure)
                for year, value in own.values.items()
                if year in beside.values
            }
            if values:
                notes = {year: own.notes[year] for year in values}
                yield Beside(own.kind, own.area, values, notes, own.source, own.as_at, own.schools)


def _difference(other: float | None, own: float | None, measure: Measure) -> float:
    """Between the figures as they are shown, so that a reader can check it."""
    assert other is not None
    assert own is not None
    places = measure.decimals
    return round(round(other, places) - round(own, places), places)
