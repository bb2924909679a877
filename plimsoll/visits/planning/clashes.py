"""What stands against a visit on its day: told in words beside it, never a bar."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from plimsoll.allocations.brings import in_days, plain_number
from plimsoll.core.deadlines import Calendar
from plimsoll.core.forms import long_date
from plimsoll.visits.planning.days import Limits, halves, is_open, monday

PARTS: Final = {"day": "all day", "morning": "in the morning", "afternoon": "in the afternoon"}


@dataclass(frozen=True)
class Appointment:
    """A visit as it stands in one partner's days; `key` tells it from the others."""

    key: str
    partner: int
    urn: int
    school: str
    on: date
    part: str
    days: Decimal


@dataclass(frozen=True)
class Hint:
    """Something to know of a day; a clash is worth another look before it is planned."""

    text: str
    clash: bool = True
    of_week: bool = False


class Diaries:
    """Appointments of any number of partners, found by day and by week."""

    def __init__(self, appointments: Iterable[Appointment]) -> None:
        self._weeks: dict[tuple[int, date], list[Appointment]] = defaultdict(list)
        for each in appointments:
            self._weeks[each.partner, monday(each.on)].append(each)

    def hints(
        self,
        one: Appointment,
        *,
        calendar: Calendar,
        limits: Limits,
        here: Iterable[date] = (),
    ) -> list[Hint]:
        """What stands against it, the gravest first. `here` are other visits to its school."""
        week = [each for each in self._week(one) if each.key != one.key]
        beside = [each for each in week if each.on == one.on]
        day_total = one.days + sum(each.days for each in beside)
        week_total = one.days + sum(each.days for each in week)
        found = [_closed_hint(calendar, one.on)]
        found += [_beside(one, each) for each in beside]
        if day_total > limits.most_a_day:
            found.append(_too_much("that day", day_total, limits.most_a_day))
        if week_total > limits.most_a_week:
            too_much = _too_much("that week", week_total, limits.most_a_week)
            found.append(replace(too_much, of_week=True))
        found.append(_near(one.on, here, limits.apart))
        return sorted((hint for hint in found if hint), key=lambda hint: not hint.clash)

    def _week(self, one: Appointment) -> list[Appointment]:
        return self._weeks.get((one.partner, monday(one.on)), [])


def closed(calendar: Calendar, day: date) -> str:
    """Why there is no school on that day, or nothing."""
    if is_open(calendar, day):
        return ""
    if day.weekday() >= 5:
        return f"It is a {day:%A}."
    if day in calendar.bank_holidays:
        return "It is a bank holiday."
    if day in calendar.inset:
        return "The school has an INSET day."
    return "The school is on holiday."


def _closed_hint(calendar: Calendar, day: date) -> Hint | None:
    why = closed(calendar, day)
    return Hint(why) if why else None


def _beside(one: Appointment, other: Appointment) -> Hint:
    if halves(one.part) & halves(other.part):
        return Hint(f"Clash: {other.school} is {PARTS[other.part]}.")
    return Hint(f"On the same day: {other.school}, {PARTS[other.part]}.", clash=False)


def _too_much(when: str, total: Decimal, most: Decimal) -> Hint:
    number = in_days(total)
    return Hint(f"Too full: {number} of visits {when}, and {plain_number(most)} is the most.")


def _near(day: date, here: Iterable[date], apart: int) -> Hint | None:
    near = [other for other in here if abs((other - day).days) < apart]
    if not near:
        return None
    nearest = min(near, key=lambda other: abs((other - day).days))
    return Hint(f"Near another visit here, on {long_date(nearest)}: {apart} days lie between two.")
