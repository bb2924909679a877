"""Reminders that fall due by the policy's days, without anybody clicking (S1, S2)."""

from datetime import datetime

from django.utils import timezone

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation
from plimsoll.core.deadlines import due
from plimsoll.schools.calendar import calendar_of

WAITING = ("with_school", "school_confirms")


def remind_due(*, at: datetime) -> int:
    """Send each reminder whose day has come; returns how many. Repeating it sends no more."""
    waiting = Allocation.objects.filter(
        state__in=WAITING, cycle__closed_at=None, concluded_at=None
    ).select_related("school", "cycle")
    return sum(
        actions.remind(case=case, by=None, at=at)
        for case in waiting.order_by("pk").iterator(chunk_size=500)
        if _is_due(case, at)
    )


def _is_due(case: Allocation, at: datetime) -> bool:
    """Has the day of the next reminder come, counted from when it was the school's turn?"""
    rules = case.policy.allocation
    if case.reminders >= len(rules.remind_after):
        return False
    since = timezone.localdate(case.state_since)
    calendar = calendar_of(case.school, years=(since.year, since.year + 1))
    day = due(since, rules.remind_after[case.reminders], rules.answer_basis, calendar)
    return timezone.localdate(at) >= day
