"""Worries that somebody must answer today: above everything else."""

from typing import Any, Final

from django.db.models import QuerySet

from plimsoll.core.access import visible
from plimsoll.visits.models import Worry

SEE: Final = "worry.see"


def worries(user: Any) -> QuerySet[Worry]:
    """Those that were raised to this person and that they have not acknowledged."""
    open_ones = Worry.objects.filter(raised_to=user, acknowledged_at=None)
    rows = visible(open_ones, user, SEE).select_related("school", "raised_by")
    return rows.order_by("raised_at", "pk")
