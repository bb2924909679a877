"""On which day a visit fits: the days that a school is open, and what a partner's diary holds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from plimsoll.core.deadlines import Calendar, Span

WHOLE: Final = "day"
HALVES: Final = ("morning", "afternoon")
HALF: Final = Decimal("0.5")


@dataclass(frozen=True)
class Taken:
    """What already stands on a day: which part of it, and how many days it counts for."""

    on: date
    part: str
    days: Decimal


@dataclass(frozen=True)
class Limits:
    """What a diary can hold, as policy has it."""

    most_a_day: Decimal
    most_a_week: Decimal
    clear_of_term_ends: int
    apart: int
    notice: int = 0  # days from today before the first


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_open(calendar: Calendar, day: date) -> bool:
    """Is there school on that day? Where no term was entered, as far as is known."""
    if calendar.knows(day):
        return calendar.counts(day, "SD")
    closed = day in calendar.inset or any(day in span for span in calendar.holidays)
    return calendar.counts(day, "WD") and not closed


def days_to_visit(calendar: Calendar, span: Span, clear: int) -> list[date]:
    """The open days between two days, less so many at either end."""
    found = [day for day in span.days() if is_open(calendar, day)]
    return found[clear : len(found) - clear]


def halves(part: str) -> frozenset[str]:
    return frozenset(HALVES) if part == WHOLE else frozenset({part})


class Diary:
    """What stands in a partner's days: how much, and in which parts of them."""

    def __init__(self, taken: Iterable[Taken]) -> None:
        self.parts: dict[date, frozenset[str]] = {}
        self.by_day: Counter[date] = Counter()
        self.by_week: Counter[date] = Counter()
        for each in taken:
            self.add(each)

    def add(self, taken: Taken) -> None:
        self.parts[taken.on] = self.parts.get(taken.on, frozenset()) | halves(taken.part)
        self.by_day[taken.on] += taken.days  # type: ignore[assignment]
        self.by_week[monday(taken.on)] += taken.days  # type: ignore[assignment]

    def free_part(self, day: date, days: Decimal) -> str:
        """The part of the day for a visit of that length; none where it is taken."""
        taken = self.parts.get(day, frozenset())
        if days > HALF:
            return "" if taken else WHOLE
        return next((half for half in HALVES if half not in taken), "")

    def room(self, day: date, days: Decimal, limits: Limits) -> str:
        """What stands against so much more on that day: a reason, or nothing."""
        if self.by_day[day] + days > limits.most_a_day or not self.free_part(day, days):
            return "day"
        if self.by_week[monday(day)] + days > limits.most_a_week:
            return "week"
        return ""


def fitting(day: date, days: Decimal, diary: Diary, here: Iterable[date], limits: Limits) -> str:
    """Why a visit does not fit on that day, or nothing. `here` are the school's other visits."""
    apart = max(limits.apart, 1)
    if any(abs((day - other).days) < apart for other in here):
        return "near"
    return diary.room(day, days, limits)
