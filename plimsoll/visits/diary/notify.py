"""Who hears by e-mail of what happens to a visit: its head, its partner, never who did it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone

from plimsoll.people.models import User
from plimsoll.schools.telling import partners, tell
from plimsoll.visits.models import Visit

SEE: Final = "visit.see"
# Of these the visit's partner hears too; the roles that hear of each are policy.
TO_PARTNER: Final = ("visit-moved", "visit-cancelled", "visit-confirmed", "visit-other-day")
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
    partner = message in TO_PARTNER
    return tell(
        message,
        policy=visit.policy,
        school=visit.school,
        permission=SEE,
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
        link=reverse("desk:visits", args=[visit.school_id]),
        cause=f"visits:{visit.school_id}:{at.isoformat()}",
        by=by,
        at=at,
    )
