"""How a report stands with its clock, in words that every page of it shows (Q1).

Nothing is worked out anew: the day was stored with its basis when it was set, and what is
counted here is how far off it is, over the calendar of the school.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from plimsoll.allocations.next_steps import BASES
from plimsoll.core.deadlines import Calendar, NotKnown, days_left
from plimsoll.core.forms import long_date
from plimsoll.schools.calendar import calendars_of
from plimsoll.visits.models import Report


@dataclass(frozen=True)
class Clock:
    """What is said of a report's day: `tone` repeats it in colour."""

    text: str
    tone: str
    due: date
    late: bool
    assumed: bool  # the source of policy does not say which days these are
    extended: str = ""

    @property
    def words(self) -> str:
        return f"{self.text} (assumed)" if self.assumed else self.text


def calendars(reports: Iterable[Report], today: date) -> Mapping[int | None, Calendar]:
    """The calendars over which these reports are counted, in a fixed number of queries."""
    found = list(reports)
    years = {today.year, *(each.due.year for each in found)}
    return calendars_of({each.visit.school_id for each in found}, years=years)


def clocks(reports: Iterable[Report], today: date) -> dict[int, Clock]:
    """The clock of each report."""
    found = list(reports)
    days = calendars(found, today)
    return {each.pk: clock(each, days[each.visit.school_id], today) for each in found}


def clock(report: Report, calendar: Calendar, today: date) -> Clock:
    """How the report stands on this day; once it has reached the school it stands still."""
    arrived = timezone.localdate(report.issued_at) if report.issued_at else None
    late = (arrived or today) > report.due
    text, tone = (
        _arrived(report, calendar, arrived) if arrived else _coming(report, calendar, today)
    )
    return Clock(
        text=text,
        tone=tone,
        due=report.due,
        late=late,
        assumed=report.policy.deadlines["report"].assumed,
        extended=_extended(report),
    )


def _coming(report: Report, calendar: Calendar, today: date) -> tuple[str, str]:
    day = long_date(report.due)
    left = left_until(report.due, report.basis, calendar, today)
    if left is None:
        return f"Due {day}", "stopped" if today > report.due else "moving"
    if today > report.due:
        return f"{in_days(-left, report.basis)} late, due {day}", "stopped"
    if today == report.due:
        return f"Due today, {day}", "waiting"
    soon = left <= max(report.policy.reports.remind_before, default=0)
    tone = "waiting" if soon else "moving"
    return f"Due {day}, {in_days(left, report.basis)} left", tone


def _arrived(report: Report, calendar: Calendar, arrived: date) -> tuple[str, str]:
    start = report.visit.held_on or report.visit.on
    whole = left_until(report.due, report.basis, calendar, start)
    left = left_until(report.due, report.basis, calendar, arrived)
    if whole is None or left is None:
        return f"Reached the school on {long_date(arrived)}", "done"
    if left < 0:
        return f"Reached the school {in_days(-left, report.basis)} late", "stopped"
    return f"Reached the school on day {whole - left} of {whole}", "done"


def _extended(report: Report) -> str:
    if not report.extended_why:
        return ""
    return f"Extended from {long_date(report.first_due)}: {report.extended_why}"


def reply_clock(report: Report, calendar: Calendar, today: date) -> str:
    """How long the school still has for its reply; nothing where none is awaited."""
    if report.reply_due is None or report.replied_at or report.final_at:
        return ""
    rule = report.policy.deadlines["report-reply"]
    day = long_date(report.reply_due)
    left = left_until(report.reply_due, rule.basis, calendar, today)
    if today > report.reply_due:
        return f"The school had until {day} to reply"
    if not left:
        return f"The school has until {day} to reply"
    return f"The school has until {day} to reply, {in_days(left, rule.basis)} left"


def left_until(day: date, basis: str, calendar: Calendar, today: date) -> int | None:
    """Days of the basis, less than nought when it is over; None where they cannot be counted."""
    try:
        return days_left(today, day, basis, calendar)
    except NotKnown:
        return None


def in_days(number: int, basis: str) -> str:
    """4 working days; 1 working day."""
    unit = BASES[basis]
    return f"{number} {unit if number != 1 else unit.replace('days', 'day', 1)}"
