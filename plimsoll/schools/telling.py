"""Who hears by e-mail of something about a school: that there is something, never what.

The texts, and the roles that hear of each, are policy (`Edition.messages`); no text carries a
band or a confidential word. Every slice tells through here.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from plimsoll.core import outbox
from plimsoll.core.access import NAMED, grants
from plimsoll.core.forms import long_date
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders
from plimsoll.schools.models import School


def tell(
    message: str,
    *,
    policy: Edition,
    school: School,
    permission: str,
    link: str,
    cause: str,
    at: datetime,
    by: User | None = None,
    sender: User | None = None,
    roles: Iterable[str] = (),
    people: Iterable[User] = (),
    on: date | None = None,
    day: date | None = None,
    due: date | None = None,
    year: str = "",
) -> int:
    """Post the message to the roles that policy names for it, and to these; returns how many.

    Only whoever has the permission that the page behind `link` (a path) needs at the school
    today (or `on` a day) hears of it. Nobody hears of what they did themselves (`by`); what is
    a record for both sides reaches its `sender` too. One `cause` ("visit:7:3") writes to one
    person once, however often it is told.
    """
    template = policy.messages[message]
    author = by or sender
    words = {
        "sender": str(author) if author else policy.authority.service_name,
        "school": school.name,
        "service": policy.authority.service_name,
        "link": settings.BASE_URL + link,
        "year": year,
        "day": long_date(day) if day else "",
        "due": long_date(due) if due else "as soon as you can",
    }
    wanted, named = {*template.to, *roles}, {one.pk for one in people}
    knowing = _knowing(school, permission, wanted, named, on or timezone.localdate(at))
    return sum(
        outbox.tell(
            key=f"{message}:{cause}:{person.pk}",
            person=person,
            subject=template.subject.format_map(words | {"name": person.name}),
            body=template.body.format_map(words | {"name": person.name}),
            link=words["link"],
            urgent=template.urgent,
            at=at,
        )
        for person in knowing
        if by is None or person.pk != by.pk
    )


def partners(named: User, school: School, at: datetime) -> list[User]:
    """Who answers for it: the partner who is named, or the school's own once it was handed over."""
    held = holders(school, ("sip",), timezone.localdate(at))
    people = [each.person for each in held]
    return [named] if named in people else people


def _knowing(
    school: School, permission: str, roles: set[str], named: set[int], on: date
) -> list[User]:
    """Of those who have the permission at the school on the day, the ones asked for.

    A role that has it only for what names its holder is no answer to who may read this.
    """
    extents = grants(permission)
    found = {
        held.person.pk: held.person
        for held in holders(school, tuple(extents), on)
        if held.person.pk in named or (held.role in roles and extents[held.role] != NAMED)
    }
    return list(found.values())
