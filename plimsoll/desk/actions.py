"""The few writes that belong to no slice below."""

from datetime import datetime

from django.db import transaction

from plimsoll.core import audit, outbox
from plimsoll.core.models import Message
from plimsoll.people.models import User
from plimsoll.schools.models import School


@transaction.atomic
def send_again(*, message: Message, by: User, at: datetime) -> None:
    """An e-mail that did not go out, back into the outbox; what it says is not in the trail."""
    outbox.send_again(message)
    audit.record(
        verb="message.sent-again",
        subject=message,
        by=by,
        at=at,
        permission="people.see",
        after={"to": message.to},
    )


@transaction.atomic
def note_pack(*, school: School, form: str, by: User, at: datetime) -> None:
    """Taking a school's profile along is an event, as reading an issued document is."""
    audit.record(
        verb="pack.read",
        subject=school,
        by=by,
        at=at,
        permission="school.see",
        after={"form": form},
    )


@transaction.atomic
def note_visit_list(*, school: School, by: User, at: datetime) -> None:
    """Taking the list of a school's visits along is one too."""
    audit.record(verb="visit.listed", subject=school, by=by, at=at, permission="visit.see")
