"""How far off a day is, in words: in 6 working days, today, 3 working days late."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from plimsoll.core.deadlines import Calendar
from plimsoll.visits.reports.clock import in_days, left_until

CALENDAR_DAYS: Final = "CAL"
# What sets apart the working days of inspections is said once, where it is said how they count.
PLAIN: Final = {"WD-INSP": "WD"}


@dataclass(frozen=True)
class Countdown:
    """A day, and how it stands to today; `tone` repeats it in colour."""

    day: date
    words: str
    tone: str


def to(
    day: date,
    today: date,
    *,
    basis: str = CALENDAR_DAYS,
    calendar: Calendar | None = None,
    soon: int = 0,
) -> Countdown:
    """In days of the basis: calendar days where no other can be counted, or none lies between."""
    left = left_until(day, basis, calendar or Calendar(), today)
    basis = PLAIN.get(basis, basis)
    if not left:
        left, basis = (day - today).days, CALENDAR_DAYS
    if day < today:
        return Countdown(day, f"{in_days(-left, basis)} late", "stopped")
    if day == today:
        return Countdown(day, "today", "waiting")
    return Countdown(day, f"in {in_days(left, basis)}", "waiting" if left <= soon else "moving")


def over(day: date, today: date, *, soon: int = 0) -> Countdown:
    """For what ends by itself and is owed by nobody: it is over, and not late."""
    if day < today:
        return Countdown(day, "over", "stopped")
    return to(day, today, soon=soon)
