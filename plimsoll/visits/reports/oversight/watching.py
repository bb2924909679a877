"""The reports whose clock one keeps: what waits for a check, what is late, how it goes (Q1)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from plimsoll.core.access import visible
from plimsoll.core.deadlines import Calendar
from plimsoll.people.models import User
from plimsoll.visits.models import Report
from plimsoll.visits.reports.actions import EXTEND
from plimsoll.visits.reports.clock import Clock, calendars, clock, in_days, left_until
from plimsoll.visits.reports.workflow import REPORT

FRIDAY: Final = 4


@dataclass(frozen=True)
class Row:
    """One report with how it stands."""

    report: Report
    state: str
    tone: str
    clock: Clock


@dataclass(frozen=True)
class Year:
    """How the reports of a year went that have reached their schools."""

    issued: int
    on_time: int
    days: str  # the median, from the visit to the school

    @property
    def share(self) -> int:
        return round(100 * self.on_time / self.issued) if self.issued else 0


@dataclass(frozen=True)
class Watched:
    """Every open report, by what one looks for; a report may stand in several."""

    by: Mapping[str, list[Row]]
    year: Year


Looks = Callable[[Report, User, date], bool]


def _to_check(report: Report, user: User, today: date) -> bool:
    """Waits for a check that this person may make."""
    own = {report.visit.partner_id, *(each.pk for each in report.writers.all())}
    return report.state == "checking" and report.reader_id in (None, user.pk) and user.pk not in own


def _late(report: Report, user: User, today: date) -> bool:
    return report.issued_at is None and report.due < today


def _by_friday(report: Report, user: User, today: date) -> bool:
    return report.issued_at is None and today <= report.due <= friday(today)


def _at_school(report: Report, user: User, today: date) -> bool:
    return report.state == "issued"


LOOKS: Final[Mapping[str, Looks]] = {
    "check": _to_check,
    "late": _late,
    "friday": _by_friday,
    "school": _at_school,
    "open": lambda report, user, today: True,
}


def friday(today: date) -> date:
    """The Friday that is next: on a weekend, the one after it."""
    return today + timedelta(days=(FRIDAY - today.weekday()) % 7)


def watched(user: User, *, year: str, partner: int | None, at: datetime) -> Watched:
    """What this person watches, in a fixed number of queries."""
    today = timezone.localdate(at)
    found = _found(user)
    if partner is not None:
        found = found.filter(visit__partner=partner)
    open_ones = list(found.exclude(state="final").order_by("due", "pk").prefetch_related("writers"))
    done = list(found.filter(visit__year=year, issued_at__isnull=False))
    days = calendars([*open_ones, *done], today)
    rows = [_row(each, days[each.visit.school_id], today) for each in open_ones]
    return Watched(
        by={
            key: [row for row in rows if looks(row.report, user, today)]
            for key, looks in LOOKS.items()
        },
        year=_year(done, days),
    )


def partners(user: User) -> list[tuple[int, str]]:
    """Those who made the visits of these reports, by name."""
    rows = _found(user).values_list("visit__partner_id", "visit__partner__name").distinct()
    return sorted(rows.order_by(), key=lambda row: row[1])


def _found(user: User) -> QuerySet[Report]:
    held = Report.objects.exclude(visit__held_on=None)
    return visible(held.select_related("visit__school", "visit__partner"), user, EXTEND)


def _row(report: Report, calendar: Calendar, today: date) -> Row:
    state = REPORT.state(report)
    return Row(report, state.label, state.tone, clock(report, calendar, today))


def _year(done: Iterable[Report], days: Mapping[int | None, Calendar]) -> Year:
    issued = list(done)
    arrived = [(each, timezone.localdate(each.issued_at)) for each in issued]
    took = [
        left_until(day, each.basis, days[each.visit.school_id], each.visit.held_on or day)
        for each, day in arrived
    ]
    known = [number for number in took if number is not None]
    return Year(
        issued=len(issued),
        on_time=sum(day <= each.due for each, day in arrived),
        days=in_days(round(median(known)), issued[0].basis) if known else "",
    )
