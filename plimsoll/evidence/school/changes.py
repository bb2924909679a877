"""What a school's figures say, in plain sentences made by rules; a marker makes none.

Policy says from which difference on a sentence is worth it (`[profile.notable]`); a measure
without one makes no sentence. Better and worse are said only of measures that have a better.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from plimsoll.evidence.figures import Origin
from plimsoll.evidence.models import ENGLAND
from plimsoll.evidence.school import uncertainty
from plimsoll.evidence.school.gaps import Gap, Gaps, gaps, points
from plimsoll.evidence.school.series import Beside, Point, Series
from plimsoll.evidence.years import before
from plimsoll.framework.measures import THEMES, Measure, shown
from plimsoll.framework.profile import ProfileRules

Kind = Literal["change", "trend", "gap", "position"]
Tone = Literal["better", "worse", ""]
CHANGES: Final = ("change", "trend", "gap")


@dataclass(frozen=True)
class Sentence:
    """One sentence, what it is about, and where its newest figure comes from."""

    text: str
    kind: Kind
    measure: Measure
    year: str
    tone: Tone = ""
    source: str = ""
    as_at: date | None = None


def sentences(held: Mapping[str, Series], rules: ProfileRules) -> list[Sentence]:
    """All that is worth saying, in the order of the measures."""
    return [each for series in held.values() for each in of_series(series, held, rules)]


def changed(told: list[Sentence]) -> list[Sentence]:
    """What changed over time, what matters most first.

    How a school does comes before what it is, better and worse before neither, the newest
    figures before older ones; then the order of the measures.
    """
    newest = sorted(
        (each for each in told if each.kind in CHANGES), key=lambda each: each.year, reverse=True
    )
    return sorted(newest, key=lambda each: (THEMES[each.measure.theme].describes, not each.tone))


def of_series(
    series: Series, held: Mapping[str, Series], rules: ProfileRules
) -> Iterator[Sentence]:
    """What one measure says: its change, its place beside England, its gap."""
    notable = rules.notable.get(series.measure.key)
    if notable is None or not series.measure.shown:
        return
    teller = _Teller(series, held, rules, notable)
    if over_time := teller.trend() or teller.change():
        yield over_time
    if position := teller.position():
        yield position
    if (found := gaps(series, held)) and (gap := teller.gap(found)):
        yield gap


def standing(series: Series, held: Mapping[str, Series], rules: ProfileRules) -> str:
    """The newest figure beside England's, and where it is going; "" when there is none.

    Overall absence: 7.1 % in 2023-24, above primary schools in England (5.9 %), falling.
    """
    notable = rules.notable.get(series.measure.key)
    if notable is None or series.latest is None:
        return ""
    return _Teller(series, held, rules, notable).standing(series.latest)


def place(series: Series, held: Mapping[str, Series], rules: ProfileRules) -> str:
    """Where the newest figure is beside England's: "above", "below" or "close to".

    Nothing is said of a measure that has no better, nor of one that policy does not judge.
    """
    notable = rules.notable.get(series.measure.key)
    if notable is None or series.latest is None or not series.measure.good:
        return ""
    return _Teller(series, held, rules, notable).place(series.latest)


def difference(measure: Measure, later: float, earlier: float) -> Decimal:
    """Between two figures as they are shown, so that a reader can check it."""
    places = measure.decimals
    return Decimal(f"{later:.{places}f}") - Decimal(f"{earlier:.{places}f}")


class _Teller:
    """The sentences of one measure."""

    def __init__(
        self,
        series: Series,
        held: Mapping[str, Series],
        rules: ProfileRules,
        notable: Decimal,
    ) -> None:
        self.series, self.measure = series, series.measure
        self._held, self._rules, self._notable = held, rules, notable

    def change(self) -> Sentence | None:
        """From the last figure but one to the last."""
        if len(self.series.known) < 2:
            return None
        earlier, later = self.series.known[-2:]
        by = self._between(later, earlier)
        if abs(by) < self._notable:
            return None
        apart = "" if _follow(earlier.year, later.year) else ", with no figure between them"
        text = (
            f"{self.measure.name} {_verb(by)} from {self._told(earlier)} "
            f"to {self._told(later)}{apart}{self._in_england(later)}."
        )
        return self._sentence(text, "change", later, self._tone(by))

    def trend(self) -> Sentence | None:
        """Years that follow each other and all go one way, as many at least as policy says."""
        run = self._run()
        by = self._between(run[-1], run[0]) if len(run) >= self._rules.trend_years else Decimal(0)
        if abs(by) < self._notable:
            return None
        told = ", ".join(self._told(point) for point in run)
        text = f"{self.measure.name} {_verb(by)} year on year: {told}{self._in_england(run[-1])}."
        return self._sentence(text, "trend", run[-1], self._tone(by))

    def position(self) -> Sentence | None:
        """The newest figure, where it is away from England's of the same year."""
        latest, england = self.series.latest, self.series.beside(ENGLAND)
        if latest is None or england is None or latest.year not in england.values:
            return None
        by = self._from(latest, england)
        if abs(by) < self._notable:
            return None
        text = (
            f"{self.measure.name} was {self._told(latest)}, {_side(by)} {england.in_words} "
            f"({shown(self.measure, england.values[latest.year])})."
        )
        return self._sentence(text, "position", latest, self._tone(by))

    def gap(self, found: Gaps) -> Sentence | None:
        """Whether these pupils came nearer to the others since the last figure but one."""
        if len(found.known) < 2:
            return None
        earlier, later = found.known[-2:]
        by = Decimal(str(abs(later.behind))) - Decimal(str(abs(earlier.behind)))
        crossed = earlier.behind * later.behind < 0
        moved = abs(Decimal(str(later.behind)) - Decimal(str(earlier.behind)))
        if moved < self._notable:
            return None
        went = "turned round" if crossed else "widened" if by > 0 else "narrowed"
        england = found.beside(ENGLAND)
        beside = ""
        if england and later.year in england.values:
            beside = f"; {england.in_words}: {_behind(self.measure, england.values[later.year])}"
        text = (
            f"{self.measure.name}: the gap to other pupils {went}, from {self._gap(earlier)} to "
            f"{self._gap(later)}{beside}."
        )
        tone: Tone = "worse" if later.behind > earlier.behind else "better"
        if self.measure.good != "high":
            tone = ""
        return self._sentence(text, "gap", later.own, tone)

    def standing(self, latest: Point) -> str:
        told = f"{self.measure.name}: {shown(self.measure, latest.value or 0)} in {latest.year}"
        england = self.series.beside(ENGLAND)
        beside = ""
        if england and latest.year in england.values:
            figure = shown(self.measure, england.values[latest.year])
            beside = f", {self.place(latest)} {england.in_words} ({figure})"
        return f"{told}{self._of(latest)}{beside}{self._going()}."

    def place(self, latest: Point) -> str:
        england = self.series.beside(ENGLAND)
        if england is None or latest.year not in england.values:
            return ""
        by = self._from(latest, england)
        return "close to" if abs(by) < self._notable else _side(by)

    def _going(self) -> str:
        if len(self.series.known) < 2:
            return ""
        earlier, later = self.series.known[-2:]
        by = self._between(later, earlier)
        if not _follow(earlier.year, later.year):
            return ""
        if abs(by) < self._notable:
            return ", steady"
        return ", rising" if by > 0 else ", falling"

    def _run(self) -> list[Point]:
        """The longest stretch to the newest figure that goes one way, year by year."""
        known = self.series.known
        run = [known[-1]] if known else []
        way = Decimal(0)
        for point in reversed(known[:-1]):
            by = self._between(run[0], point)
            if not by or by * way < 0 or not _follow(point.year, run[0].year):
                break
            way = by
            run.insert(0, point)
        return run[-self._rules.years :]

    def _between(self, later: Point, earlier: Point) -> Decimal:
        assert later.value is not None
        assert earlier.value is not None
        return difference(self.measure, later.value, earlier.value)

    def _from(self, point: Point, beside: Beside) -> Decimal:
        assert point.value is not None
        return difference(self.measure, point.value, beside.values[point.year])

    def _told(self, point: Point) -> str:
        return f"{point.shown} in {point.year}{self._of(point)}{_whose(point)}"

    def _of(self, point: Point) -> str:
        """The cohort of a figure, where it is small."""
        count = uncertainty.cohort(point, self._held)
        if count is None or not uncertainty.is_small(count, self._rules.small_cohort):
            return ""
        return f" (of {uncertainty.pupils(count)})"

    def _in_england(self, point: Point) -> str:
        england = self.series.beside(ENGLAND)
        if england is None or point.year not in england.values:
            return ""
        return f"; {england.in_words}: {shown(self.measure, england.values[point.year])}"

    def _gap(self, gap: Gap) -> str:
        behind = _behind(self.measure, gap.behind)
        return f"{behind} in {gap.year}{self._of(gap.own)}{_whose(gap.own)}"

    def _tone(self, by: Decimal) -> Tone:
        if not self.measure.good:
            return ""
        return "better" if (by > 0) == (self.measure.good == "high") else "worse"

    def _sentence(self, text: str, kind: Kind, point: Point, tone: Tone) -> Sentence:
        origin: Origin = point.origin
        return Sentence(text, kind, self.measure, point.year, tone, origin.cited, origin.as_at)


def _verb(by: Decimal) -> str:
    return "rose" if by > 0 else "fell"


def _side(by: Decimal) -> str:
    return "above" if by > 0 else "below"


def _follow(earlier: str, later: str) -> bool:
    return before(later) == earlier


def _whose(point: Point) -> str:
    return f" (at {point.predecessor})" if point.predecessor else ""


def _behind(measure: Measure, behind: float) -> str:
    if behind == 0:
        return "level"
    return f"{points(measure, behind)} {'behind' if behind > 0 else 'ahead'}"
