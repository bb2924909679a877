"""Whether the allocation is still right, in a confidential note apart from the report (Q1, S7)."""

from datetime import datetime
from typing import Final

from django.db import transaction

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits.models import StandingNote, Visit

SEE: Final = "standing.see"
WRITE: Final = "standing.write"


@transaction.atomic
def write(*, visit: Visit, still_right: bool, why: str, by: User, at: datetime) -> StandingNote:
    """Add a note; none is ever changed. The same words of a second click are one note."""
    locked = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if not may(by, WRITE, locked):
        raise Refused("Your role at this school does not allow you to write this note.")
    if locked.private or locked.held_on is None:
        raise Refused("A note is written about a visit that was held.")
    said = {"still_right": still_right, "why": why, "written_by": by.name}
    last = locked.standing_notes.order_by("-written_at", "-pk").first()
    if last and {name: getattr(last, name) for name in said} == said:
        return last
    note = StandingNote.objects.create(visit=locked, written_at=at, **said)
    audit.record(verb="standing.written", subject=note, by=by, at=at, permission=SEE)
    return note


@transaction.atomic
def note_reading(*, visit: Visit, by: User, at: datetime) -> None:
    """Reading what is said of an allocation is an event."""
    audit.record(verb="standing.read", subject=visit, by=by, at=at, permission=SEE)
