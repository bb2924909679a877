"""Reminders that the calendar alone brings: a review whose day has come, a discussion owed."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from plimsoll.intervention.cases.notify import tell
from plimsoll.intervention.models import Case, Discussion


def run(*, at: datetime) -> int:
    """Remind whoever is due; returns how many. Repeating it reminds nobody twice."""
    return _reviews(at) + _discussions(at)


def _reviews(at: datetime) -> int:
    """Whoever keeps the case, once for each day that was set for its review."""
    due = Case.objects.filter(closed_on=None, review_on__lte=timezone.localdate(at))
    return sum(
        tell(
            case,
            "case-review",
            cause=f"case:{case.pk}:{case.review_on}",
            at=at,
            roles=[case.policy.concern.keeper],
            due=case.review_on,
        )
        for case in due.select_related("school").order_by("pk")
    )


def _discussions(at: datetime) -> int:
    """Whoever holds it, on the day of an urgent notice and again while it is owed (I2)."""
    held = Discussion.objects.filter(case=OuterRef("pk"))
    owed = Case.objects.filter(~Exists(held), closed_on=None, urgent_on__isnull=False)
    return sum(
        tell(case, "case-discussion", cause=f"case:{case.pk}:{_turn(case, at)}", at=at)
        for case in owed.select_related("school").order_by("pk")
    )


def _turn(case: Case, at: datetime) -> int:
    assert case.urgent_on
    days = (timezone.localdate(at) - case.urgent_on).days
    return days // case.policy.concern.remind_discussion_every
