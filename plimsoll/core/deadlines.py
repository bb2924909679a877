"""Deadlines: days counted on four bases, from a start that is told, never from the clock.

CAL      every day.
WD       no Saturday or Sunday, no bank holiday (Good Friday and Christmas Day are among them).
WD-INSP  WD, and no day of a school holiday longer than a week; the break between two terms is
         a holiday, entered as one or not.
SD       a day with a session at the school: in term, no holiday, no INSET day.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

Basis = Literal["CAL", "WD", "WD-INSP", "SD"]

DAY: Final = timedelta(days=1)
# Monday to Friday with the weekends on both sides: the longest that a half term can be.
WEEK_WITH_WEEKENDS: Final = 9
# No school is closed for longer between two terms: a longer gap is a term nobody entered.
LONGEST_BREAK: Final = timedelta(days=60)


class NotKnown(Exception):
    """The calendar has not been entered far enough; the message says what to enter."""


@dataclass(frozen=True, order=True)
class Span:
    """A first and a last day, both within it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    def days(self) -> Iterator[date]:
        return (self.first + DAY * index for index in range(self.length))


@dataclass(frozen=True)
class Calendar:
    """The days of one school, or of the authority.

    A half term of five weekdays lasts nine days with its weekends; whether that is "longer
    than a week" is arguable, and so a choice of the authority's: `halfterm_is_long`.
    """

    bank_holidays: frozenset[date] = frozenset()
    holidays: tuple[Span, ...] = ()
    inset: frozenset[date] = frozenset()
    terms: tuple[Span, ...] = ()
    halfterm_is_long: bool = False

    def counts(self, day: date, basis: str) -> bool:
        """Is this a day of the basis? For school days, NotKnown if no term says so."""
        match basis:
            case "CAL":
                return True
            case "WD":
                return self._is_working(day)
            case "WD-INSP":
                return self._is_working(day) and day not in self._long_closed
            case "SD":
                return self._is_school_day(day)
        raise ValueError(f"There is no way of counting days called “{basis}”.")

    def knows(self, day: date) -> bool:
        """Is the day in a term, or in a break between two terms that were entered?"""
        return any(day in span for span in self._known)

    def _is_working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.bank_holidays

    def _is_school_day(self, day: date) -> bool:
        if not self.knows(day):
            raise NotKnown(
                f"The term dates around {day.day} {day:%B %Y} have not been entered, so school "
                f"days cannot be counted. Enter the terms of that school year, then try again."
            )
        return (
            self._is_working(day)
            and day not in self.inset
            and any(day in term for term in self.terms)
            and not any(day in holiday for holiday in self.holidays)
        )

    @cached_property
    def _known(self) -> tuple[Span, ...]:
        return _joined(self.terms, nearer_than=LONGEST_BREAK)

    @cached_property
    def _long_closed(self) -> frozenset[date]:
        longest = 7 if self.halfterm_is_long else WEEK_WITH_WEEKENDS
        away = (self._with_days_off(span) for span in (*self.holidays, *self._between_terms))
        breaks = _joined(away, nearer_than=DAY)
        return frozenset(day for span in breaks if span.length > longest for day in span.days())

    @property
    def _between_terms(self) -> Iterator[Span]:
        for before, after in pairwise(_joined(self.terms, nearer_than=DAY)):
            if after.first - before.last <= LONGEST_BREAK:
                yield Span(before.last + DAY, after.first - DAY)

    def _with_days_off(self, span: Span) -> Span:
        """The span with the weekends and bank holidays that touch it."""
        first, last = span.first, span.last
        while not self._is_working(first - DAY):
            first -= DAY
        while not self._is_working(last + DAY):
            last += DAY
        return Span(first, last)


def _joined(spans: Iterable[Span], *, nearer_than: timedelta) -> tuple[Span, ...]:
    """The spans in order, those that follow each other that closely made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.first - joined[-1].last <= nearer_than:
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return tuple(joined)


def due(start: date, days: int, basis: str, calendar: Calendar, *, inclusive: bool = False) -> date:
    """The last of so many days, counted from the day after `start`, or from `start` itself.

    No days at all are over on the day they start.
    """
    if days < 0:
        raise ValueError("A deadline cannot lie before the day it is counted from.")
    day = start - DAY if inclusive and days else start
    while days:
        day += DAY
        days -= calendar.counts(day, basis)
    return day


def days_left(today: date, due: date, basis: str, calendar: Calendar) -> int:
    """How many days are left after today: 0 on the day itself, less than 0 when overdue."""
    if due < today:
        return -days_left(due, today, basis, calendar)
    return sum(calendar.counts(day, basis) for day in Span(today + DAY, due).days())


def months_after(start: date, months: int) -> date:
    """The corresponding date so many months on, or the last day of a month too short for it."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(years, month + 1, min(start.day, monthrange(years, month + 1)[1]))
