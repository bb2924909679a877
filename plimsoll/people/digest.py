"""The one e-mail a day, for whoever chose it: how much there is, and where, never what it says."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils.timezone import localtime

from plimsoll.core import outbox
from plimsoll.core.models import Message
from plimsoll.framework import editions
from plimsoll.people.models import User


def join_due(*, at: datetime) -> int:
    """Make the digests of the day once its hour has come; returns how many.

    What comes after the hour waits for the next day's, so nobody gets two a day, and one that
    was missed is made as soon as this runs again.
    """
    waiting = User.objects.filter(pk__in=outbox.held().values("person"))
    # Held by a change that was still under way when its reader chose otherwise.
    outbox.release([one.pk for one in waiting if not one.wants_digest])
    hour = editions.current().emails.digest_hour
    due = localtime(at).replace(hour=hour, minute=0, second=0, microsecond=0)
    if at < due:
        return 0
    return sum(
        outbox.join(
            person,
            key=f"digest:{person.pk}:{due:%Y-%m-%d}",
            before=due,
            write=partial(written, person.name),
            at=at,
        )
        for person in waiting
        if person.wants_digest and person.is_active
    )


def written(name: str, messages: Sequence[Message]) -> tuple[str, str]:
    """Subject and body, in the words of policy: a line and a link for each thing."""
    edition = editions.current()
    template = edition.messages["digest"]
    words = {
        "name": name,
        "count": len(messages),
        "lines": "\n".join(f"- {each.subject}\n  {each.link}" for each in messages),
        "link": f"{settings.BASE_URL}/",
        "service": edition.authority.service_name,
    }
    return template.subject.format_map(words), template.body.format_map(words)
