"""Powers of intervention: those that wait for somebody, and windows about to close unused (I9)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import visible
from plimsoll.desk.waiting.allocated import MOST
from plimsoll.desk.waiting.item import Item, morning
from plimsoll.desk.waiting.processes import Waiting
from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.intervention.permissions import TAKE
from plimsoll.intervention.powers import standing
from plimsoll.intervention.powers.workflow import POWER

CLOSING: Final = "The window of the powers closes, and none is in force"
IN_USE: Final = Waiting(
    POWER,
    PowerInUse,
    "case__school",
    page=lambda use: reverse("intervention:power", args=[use.pk]),
    about=lambda use: use.rule.label,
    due=lambda use: use.last_day,
)


def waiting(user: Any, at: datetime, *, urn: int | None = None) -> list[Item]:
    """What waits for this person in a power, and windows with few days left (at one school)."""
    today = timezone.localdate(at)
    return [*IN_USE.items(user, today, urn), *_closing(user, today, urn)]


def _closing(user: Any, today: date, urn: int | None) -> Iterator[Item]:
    rows = visible(_unused(), user, TAKE)
    for case in (rows if urn is None else rows.filter(school=urn))[:MOST]:
        warned_from = timedelta(days=case.policy.concern.window_warning)
        last = _last_day(case)
        if last and last - warned_from <= today <= last:
            href = reverse("intervention:powers", args=[case.pk])
            yield Item(case.school.name, CLOSING, morning(last - warned_from), href, due=last)


def _unused() -> QuerySet[Case]:
    """Cases of schools that are eligible by a notice, without a power in force."""
    used = PowerInUse.objects.filter(case=OuterRef("pk"), in_force_on__isnull=False)
    rows = Case.objects.filter(~Exists(used), closed_on=None, period_ended_on__isnull=False)
    return rows.exclude(eligible_by="").select_related("school").order_by("period_ended_on", "pk")


def _last_day(case: Case) -> date | None:
    """The last of the days on which a window of the case closes."""
    days = [standing.last_day(case, power) for power in case.policy.powers]
    return max((day for day in days if day), default=None)
