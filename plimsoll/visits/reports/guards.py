"""When a step of a report is closed, and why."""

from datetime import datetime
from typing import Final

from django.utils import timezone

from plimsoll.people.models import User
from plimsoll.visits.models import Report
from plimsoll.visits.reports import review

PUT_RIGHT: Final = "The visit was put right: record first that it was held."


def first_time(case: Report) -> bool:
    """The school has not had it yet, so it has its say."""
    return case.revision == 1


def amended(case: Report) -> bool:
    """The school has had its say, and this is what was made of it."""
    return not first_time(case)


def ready_to_send(case: Report, *, by: User, at: datetime) -> str:
    """Every section that is asked for says something, and none names a band."""
    if case.visit.held_on is None:
        return PUT_RIGHT
    return "; ".join(each.text for each in review.hindrances(case))


def not_own_writing(case: Report, *, by: User, at: datetime) -> str:
    """Whoever wrote in it, or made the visit, is not its reader (Q1)."""
    if case.visit.held_on is None:
        return PUT_RIGHT
    if case.visit.partner_id == by.pk:
        return "This is the report of your own visit, so somebody else must check it."
    if case.writers.filter(pk=by.pk).exists():
        return "You have written in this report, so somebody else must check it."
    return ""


def not_ones_own(case: Report, *, by: User, at: datetime) -> str:
    """Whoever made the visit may lead the school by now, and does not answer themselves (Q5)."""
    if case.visit.partner_id == by.pk or case.writers.filter(pk=by.pk).exists():
        return "You had a part in this report, so somebody else replies for the school."
    return ""


def reply_is_overdue(case: Report, *, by: User | None, at: datetime) -> str:
    if case.reply_due and timezone.localdate(at) <= case.reply_due:
        return f"The school has until {case.reply_due:%-d %B %Y} to reply."
    return ""
