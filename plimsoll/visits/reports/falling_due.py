"""What the calendar alone brings: reminders, alerts, and what silence does (Q1, Q5)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from plimsoll.core.workflow import Refused
from plimsoll.visits.models import Report
from plimsoll.visits.reports import notify
from plimsoll.visits.reports.clock import calendars, left_until
from plimsoll.visits.reports.workflow import REPORT


def run(*, at: datetime) -> int:
    """Remind, alert and close whatever is due; returns how much. Repeating it does no more."""
    return _remind(at=at) + _alert(at=at) + _close(at=at)


def _unsent() -> QuerySet[Report]:
    """The reports whose clock runs."""
    running = Report.objects.filter(issued_at=None, visit__held_on__isnull=False)
    return running.select_related("visit__school", "visit__partner", "reader")


def _remind(*, at: datetime) -> int:
    """The author, so many days before. Of two that have passed by now only the later is sent."""
    today = timezone.localdate(at)
    return sum(
        notify.tell_author(report, "report-due", by=None, at=at, cause=f"{report.due}:{days}")
        for report, days in _soon_due(today)
    )


def _soon_due(today: date) -> Iterator[tuple[Report, int]]:
    """Each report with the reminder whose turn it is."""
    # Whatever the basis, a reminder lies within so many days; the longest break is two months.
    far = today + timedelta(days=100)
    found = list(_unsent().filter(due__gte=today, due__lte=far))
    days = calendars(found, today) if found else {}
    for report in found:
        left = left_until(report.due, report.basis, days[report.visit.school_id], today)
        reached = [
            each
            for each in report.policy.reports.remind_before
            if left is not None and left <= each
        ]
        if reached:
            yield report, min(reached)


def _alert(*, at: datetime) -> int:
    """The author and whoever is to check it, once for each day that it was due."""
    posted = 0
    for report in _unsent().filter(due__lt=timezone.localdate(at)):
        cause = str(report.due)
        posted += notify.tell_author(report, "report-late", by=None, at=at, cause=cause)
        posted += notify.tell_readers(report, "report-late", by=None, at=at, cause=cause)
    return posted


def _close(*, at: datetime) -> int:
    """A report to which no reply came in time is final, where policy says so."""
    waiting = Report.objects.filter(state="issued", reply_due__lt=timezone.localdate(at))
    return sum(
        _closed(report, at=at)
        for report in waiting.select_related("visit")
        if report.policy.reports.reply_closes
    )


def _closed(report: Report, *, at: datetime) -> bool:
    try:
        REPORT.take(report, "close", by=None, at=at)
    except Refused:  # a reply came at this very moment
        return False
    return True
