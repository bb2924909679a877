"""Reminders of what is owed in a case, before its day and once it is late (I8, I9).

The governing body hears of what it owes itself, once a letter has told it; whoever keeps the
case, of what the service owes, and of everything that is late.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from plimsoll.core.access import grants
from plimsoll.intervention.cases.notify import tell
from plimsoll.intervention.cases.queries import told_of
from plimsoll.intervention.clocks.days import calendar_for
from plimsoll.intervention.clocks.workflow import (
    OPEN,
)
from plimsoll.intervention.models import Obligation
from plimsoll.intervention.permissions import SEE, TOLD, WRITE_PLAN
from plimsoll.visits.reports.clock import left_until

# Whatever the basis, a reminder lies within so many days; the longest break is two months.
FAR: Final = timedelta(days=100)


def run(*, at: datetime) -> int:
    """Write to whom what is due concerns; returns how many e-mails. Repeating it sends no more."""
    today = timezone.localdate(at)
    return sum(
        _write(message, owed, cause=cause, at=at)
        for message, owed, cause in (*_soon(today), *_late(today))
    )


def _open() -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(state=OPEN).annotate(told=told_of("case"))
    return rows.select_related("case__school").order_by("due", "pk")


def _soon(today: date) -> Iterator[tuple[str, Obligation, str]]:
    """Each with the reminder whose turn it is; of two that have passed only the later is sent."""
    for owed in _open().filter(due__gte=today, due__lte=today + FAR):
        left = left_until(owed.due, owed.basis, calendar_for(owed.case, today, owed.due), today)
        before = owed.case.policy.concern.remind_before
        if reached := [days for days in before if left is not None and left <= days]:
            yield "obligation-due", owed, f"{owed.due}:{min(reached)}"


def _late(today: date) -> Iterator[tuple[str, Obligation, str]]:
    """Once for each day on which it was due."""
    for owed in _open().filter(due__lt=today):
        yield "obligation-late", owed, str(owed.due)


def _write(message: str, owed: Obligation, *, cause: str, at: datetime) -> int:
    school_owes = owed.owner == Obligation.Owner.SCHOOL
    posted = 0
    if school_owes and getattr(owed, "told", False):
        posted += _tell(message, owed, cause, at, TOLD, grants(WRITE_PLAN))
    if not school_owes or message == "obligation-late":
        keeper = owed.case.policy.concern.keeper
        posted += _tell(message, owed, cause, at, SEE, (keeper,))
    return posted


def _tell(
    message: str,
    owed: Obligation,
    cause: str,
    at: datetime,
    permission: str,
    roles: Iterable[str],
) -> int:
    return tell(
        owed.case,
        message,
        permission=permission,
        cause=f"obligation:{owed.pk}:{cause}",
        roles=roles,
        due=owed.due,
        at=at,
    )
