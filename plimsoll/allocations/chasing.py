"""Reminders that fall due by the policy's days, without anybody clicking (S1, S2)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation, Cycle
from plimsoll.core.deadlines import due
from plimsoll.schools.calendar import calendar_of

WAITING: Final = ("with_school", "school_confirms")


def remind_due(*, at: datetime) -> int:
    """Send each reminder whose day has come; returns how many. Repeating it sends no more."""
    return sum(
        actions.remind(case=case, by=None, at=at)
        for cycle in Cycle.objects.filter(closed_at=None)
        for case in _candidates(cycle, at)
        if _is_due(case, at)
    )


def _candidates(cycle: Cycle, at: datetime) -> Iterable[Allocation]:
    """The allocations that could be due: whatever the basis, so many calendar days must be over.

    This is asked every few seconds, so it reads no calendar of any school.
    """
    long_enough = Q(pk__in=())
    for sent, days in enumerate(cycle.policy.allocation.remind_after):
        # A day less: an evening's proposal is of the next calendar day in summer.
        began = at - timedelta(days=max(days - 1, 0))
        long_enough |= Q(reminders=sent, state_since__lte=began)
    waiting = cycle.allocations.filter(long_enough, state__in=WAITING, concluded_at=None)
    return list(waiting.select_related("school", "cycle").order_by("pk"))


def _is_due(case: Allocation, at: datetime) -> bool:
    """Has the day of the next reminder come, counted from when it was the school's turn?"""
    rules = case.policy.allocation
    if case.reminded_at and timezone.localdate(case.reminded_at) == timezone.localdate(at):
        return False  # a sender that stood still must not send two at once
    since = timezone.localdate(case.state_since)
    calendar = calendar_of(case.school, years=(since.year, since.year + 1))
    day = due(since, rules.remind_after[case.reminders], rules.answer_basis, calendar)
    return timezone.localdate(at) >= day
