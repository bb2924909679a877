"""Who hears by e-mail of visits, reports and contacts: that there is something, never what.

The texts are policy (`Edition.messages`), which carry neither a band nor a confidential word.
Of a private visit no more is told than its day, as of any other (E12).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from plimsoll.core import outbox
from plimsoll.core.access import grants
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
    roles: Iterable[str] = (),
    people: Iterable[User] = (),
    day: date | None = None,
    due: date | None = None,
) -> int:
    """Post the message to the roles that policy names for it, and to these; returns how many.

    Only whoever has the permission that the page behind `link` (a path) needs at the school
    hears of it, and nobody of what they did themselves. One `cause` ("visit:7:3") writes to
    one person once, however often it is told.
    """
    template = policy.messages[message]
    posted = 0
    wanted = {*template.to, *roles}
    for person in _knowing(school, permission, wanted, {one.pk for one in people}, at):
        if by is not None and person.pk == by.pk:
            continue
        words = {
            "name": person.name,
            "sender": str(by) if by else policy.authority.service_name,
            "school": school.name,
            "service": policy.authority.service_name,
            "link": settings.BASE_URL + link,
            "day": long_date(day) if day else "",
            "due": long_date(due) if due else "as soon as you can",
        }
        posted += outbox.tell(
            key=f"{message}:{cause}:{person.pk}",
            person=person,
            subject=template.subject.format_map(words),
            body=template.body.format_map(words),
            link=words["link"],
            urgent=template.urgent,
            at=at,
        )
    return posted


def partners(named: User, school: School, at: datetime) -> list[User]:
    """Who answers for it: the partner who is named, or the school's own once it was handed over."""
    held = holders(school, ("sip",), timezone.localdate(at))
    people = [each.person for each in held]
    return [named] if named in people else people


def _knowing(
    school: School, permission: str, roles: set[str], wanted: set[int], at: datetime
) -> list[User]:
    """Of those who have the permission at the school today, the ones asked for."""
    known = holders(school, tuple(grants(permission)), timezone.localdate(at))
    found = {
        held.person.pk: held.person
        for held in known
        if held.role in roles or held.person.pk in wanted
    }
    return list(found.values())
