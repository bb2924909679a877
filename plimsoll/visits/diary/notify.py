"""Who hears by e-mail of what happens to a visit: its head, its partner, never who did it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone

from plimsoll.people.models import User
from plimsoll.visits.models import Visit
from plimsoll.visits.notify import partners, tell

SEE: Final = "visit.see"
SCHOOL: Final = ("head",)
# To which roles at the school a message goes, and whether the visit's partner hears of it.
TOLD: Final[Mapping[str, tuple[tuple[str, ...], bool]]] = {
    "visit-moved": (SCHOOL, True),
    "visit-cancelled": (SCHOOL, True),
    "visit-confirmed": ((), True),
    "visit-other-day": ((), True),
    "visit-prepare": (SCHOOL, False),
}
# The message of each step, for whoever asks before taking it.
OF_STEP: Final[Mapping[str, str]] = {
    "confirm": "visit-confirmed",
    "ask_other_day": "visit-other-day",
    "ask_other_day_only": "visit-other-day",
    "move": "visit-moved",
    "cancel": "visit-cancelled",
    "miss": "visit-cancelled",
}


def tell_of(visit: Visit, message: str, *, by: User | None, at: datetime, cause: str = "") -> int:
    """One e-mail to each, for this turn of the visit; returns how many."""
    roles, partner = TOLD[message]
    return tell(
        message,
        policy=visit.policy,
        school=visit.school,
        permission=SEE,
        roles=roles,
        people=partners(visit.partner, visit.school, at) if partner else (),
        link=reverse("desk:visit", args=[visit.pk]),
        day=visit.on,
        cause=cause or f"visit:{visit.pk}:{visit.version}",
        by=by,
        at=at,
    )


def tell_of_plan(visit: Visit, *, by: User, at: datetime) -> int:
    """The school hears once of all visits that were planned in one go, at one moment."""
    if visit.on < timezone.localdate(at):
        return 0
    return tell(
        "visit-planned",
        policy=visit.policy,
        school=visit.school,
        permission=SEE,
        roles=("head", "chair"),
        link=reverse("desk:visits", args=[visit.school_id]),
        cause=f"visits:{visit.school_id}:{at.isoformat()}",
        by=by,
        at=at,
    )
