"""When a step of a visit is closed, and why.

Predicates (`-> bool`) say whether a visit has the step at all; guards (`-> str`) why it cannot
be taken now, or nothing.
"""

from datetime import datetime

from django.utils import timezone

from plimsoll.people.models import User
from plimsoll.visits.models import Report, Visit


def is_private(visit: Visit) -> bool:
    """Only dates, days and completion are kept of it (E12)."""
    return visit.private


def is_spoken_of(visit: Visit) -> bool:
    """Words may be kept of it: every other visit."""
    return not visit.private


def still_to_come(case: Visit, *, by: User, at: datetime) -> str:
    if case.on < timezone.localdate(at):
        return "The day of this visit is over: record that it was held, or that it was not."
    return ""


def day_has_come(case: Visit, *, by: User, at: datetime) -> str:
    if case.on > timezone.localdate(at):
        return "The day of this visit has not come yet. Move it first if it was held sooner."
    return ""


def may_be_put_right(case: Visit, *, by: User, at: datetime) -> str:
    report = Report.objects.filter(visit=case).first()
    if report and report.issued_at:
        return "Its report has reached the school, so the visit stands as it was held."
    if report and report.state == "checking":
        return "Its report waits to be checked. Ask for it to be returned first."
    return ""
