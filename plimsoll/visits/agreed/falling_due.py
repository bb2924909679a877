"""Reminders of agreed actions whose day has come, without anybody clicking (Q1)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import grants
from plimsoll.schools.telling import tell
from plimsoll.visits.agreed.queries import SEE, known_to_school
from plimsoll.visits.agreed.workflow import OPEN
from plimsoll.visits.models import Action

# Who may say for the school that something is done, and so is asked about what it took on;
# whom else the reminder reaches is policy.
FOR_SCHOOL: Final = "visit.confirm"

# Nobody was reminded of this day yet: it may have been moved since the last time.
NEW: Final = Q(reminded_of=None) | ~Q(reminded_of=F("by_when"))


def run(*, at: datetime) -> int:
    """Remind of each action once for its day; returns how many. Repeating it sends no more."""
    return sum(_remind(each, at) for each in _due(at))


def _due(at: datetime) -> Iterable[Action]:
    """Open actions whose day has come, and of which nobody was reminded since it was set."""
    waiting = known_to_school().filter(NEW, state=OPEN[0], by_when__lte=timezone.localdate(at))
    return list(waiting.select_related("school", "report__visit").order_by("pk"))


@transaction.atomic
def _remind(action: Action, at: datetime) -> bool:
    # Of two that run at once, one finds nothing left to do.
    if not Action.objects.filter(NEW, pk=action.pk).update(reminded_of=action.by_when):
        return False
    tell(
        "action-due",
        policy=action.report.policy,
        school=action.school,
        permission=SEE,
        link=reverse("visits:action", args=[action.pk]),
        cause=f"action:{action.pk}:{action.by_when}",
        roles=grants(FOR_SCHOOL) if action.side == Action.Side.SCHOOL else (),
        due=action.by_when,
        at=at,
    )
    return True
