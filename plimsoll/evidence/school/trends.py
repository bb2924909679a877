"""A school's series as a chart and its table show them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from plimsoll.core.trend import Line, Reading, Style, Trend
from plimsoll.evidence.models import ENGLAND
from plimsoll.evidence.school import uncertainty
from plimsoll.evidence.school.gaps import Gap, Gaps
from plimsoll.evidence.school.series import AUTHORITY, NEIGHBOURS, Beside, Point, Series
from plimsoll.evidence.years import following
from plimsoll.framework.measures import Measure, shown
from plimsoll.framework.profile import ProfileRules

SCHOOL: Final = "This school"
STYLES: Final[Mapping[str, Style]] = {
    AUTHORITY: "dotted",
    NEIGHBOURS: "dash-dot",
    ENGLAND: "dashed",
}
SPAN: Final = 4  # a scale spans so many notable differences at least


def of_series(series: Series, held: Mapping[str, Series], rules: ProfileRules) -> Trend:
    """The measure itself, beside the areas."""
    measure = series.measure
    points = {point.year: point for point in series.points}
    years = span(list(points), rules.years)
    own = tuple(_own(points[year], held, rules) if year in points else Reading() for year in years)
    besides = (_beside(each, measure, years, figures=True) for each in series.besides)
    return Trend(
        key=measure.key,
        title=measure.label,
        periods=years,
        lines=(Line(SCHOOL, "solid", own), *besides),
        unit=measure.unit,
        least=_least(measure, rules),
    )


def of_gaps(gaps: Gaps, rules: ProfileRules) -> Trend:
    """How far some pupils are behind the others: below nought where they are ahead."""
    measure = gaps.measure
    by_year = {gap.year: gap for gap in gaps.known}
    years = span(list(by_year), rules.years)
    own = tuple(_gap(by_year[year]) if year in by_year else Reading() for year in years)
    besides = (_beside(each, measure, years, figures=False) for each in gaps.besides)
    points = "percentage points" if measure.unit == "%" else "points"
    return Trend(
        key=f"{measure.key}.gap",
        title=f"{measure.name}: {points} behind other pupils",
        periods=years,
        lines=(Line(SCHOOL, "solid", own), *besides),
        least=_least(measure, rules),
    )


def of_plain(plain: Mapping[str, Any], measure: Measure, rules: ProfileRules) -> Trend:
    """The same of a series in plain values, as it was frozen."""
    points = {point["year"]: point for point in plain["points"]}
    years = span(list(points), rules.years)

    def own(year: str) -> Reading:
        point = points.get(year)
        return Reading(point["value"], point["number"]) if point else Reading()

    def beside(each: Mapping[str, Any]) -> Line:
        values = (each["values"].get(year) for year in years)
        readings = (
            Reading() if value is None else Reading(shown(measure, value), value)
            for value in values
        )
        return Line(each["label"], STYLES[each["kind"]], tuple(readings))

    return Trend(
        key=measure.key,
        title=measure.label,
        periods=years,
        lines=(Line(SCHOOL, "solid", tuple(map(own, years))), *map(beside, plain["besides"])),
        unit=measure.unit,
        least=_least(measure, rules),
    )


def span(years: Sequence[str], most: int) -> tuple[str, ...]:
    """The newest years with an answer, and every year between them.

    >>> span(["2017-18", "2018-19", "2021-22", "2022-23"], 3)
    ('2018-19', '2019-20', '2020-21', '2021-22', '2022-23')
    """
    newest = sorted(years)[-most:]
    found = newest[:1]
    while found and found[-1] < newest[-1]:
        found.append(following(found[-1]))
    return tuple(found)


def _own(point: Point, held: Mapping[str, Series], rules: ProfileRules) -> Reading:
    low, high = uncertainty.bounds(point, held) or (None, None)
    count = uncertainty.cohort(point, held)
    notes = []
    if count is not None and uncertainty.is_small(count, rules.small_cohort):
        notes.append(f"of {uncertainty.pupils(count)}")
    if point.predecessor:
        notes.append(f"of {point.predecessor}")
    return Reading(point.shown, point.value, ", ".join(notes), low, high)


def _gap(gap: Gap) -> Reading:
    whose = f", of {gap.own.predecessor}" if gap.own.predecessor else ""
    note = f"{gap.own.shown} beside {gap.other.shown} of other pupils{whose}"
    return Reading(_points(gap.measure, gap.behind), gap.behind, note)


def _beside(beside: Beside, measure: Measure, years: Sequence[str], *, figures: bool) -> Line:
    def reading(year: str) -> Reading:
        value = beside.values.get(year)
        if value is None:
            return Reading()
        text = shown(measure, value) if figures else _points(measure, value)
        note = beside.notes.get(year, "")
        return Reading(text, value, "" if note == "published" else note)

    return Line(beside.label, STYLES[beside.kind], tuple(map(reading, years)))


def _points(measure: Measure, behind: float) -> str:
    sign = "−" if behind < 0 else ""
    return f"{sign}{abs(behind):.{measure.decimals}f}"


def _least(measure: Measure, rules: ProfileRules) -> float:
    return SPAN * float(rules.notable.get(measure.key, 0))
