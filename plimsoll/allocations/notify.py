"""Who hears of an allocation's step, by e-mail: that there is something to read, never what.

The texts are policy (`Edition.messages`), which carry neither a band nor a confidential
word; what happened stands behind the sign-in.
"""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from plimsoll.allocations.models import Allocation
from plimsoll.core import access, outbox
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders
from plimsoll.schools.models import Assignment

SCHOOL: Final = ("head", "chair")
BOTH: Final = (*SCHOOL, "sip")


def tell(
    case: Allocation, message: str, *, roles: tuple[str, ...], by: User | None, at: datetime
) -> int:
    """Post the message to whoever holds one of the roles and may know; returns how many.

    One cause writes to one person once, however often it is told.
    """
    template = case.policy.messages[message]
    posted = 0
    for person in {held.person.pk: held.person for held in _knowing(case, roles, at)}.values():
        words = {
            "name": person.name,
            "sender": str(by) if by else case.policy.authority.service_name,
            "school": case.school.name,
            "service": case.policy.authority.service_name,
            "year": case.cycle.year,
            "link": settings.BASE_URL + reverse("allocations:case", args=[case.pk]),
            "due": f"{case.answer_due:%-d %B %Y}" if case.answer_due else "as soon as you can",
        }
        posted += outbox.tell(
            key=f"{message}:{case.pk}:{case.version}:{case.reminders}:{person.pk}",
            person=person,
            subject=template.subject.format_map(words),
            body=template.body.format_map(words),
            link=words["link"],
            urgent=template.urgent,
            at=at,
        )
    return posted


def _knowing(case: Allocation, roles: tuple[str, ...], at: datetime) -> list[Assignment]:
    """The holders of these roles, less those who may not know of the allocation (S7)."""
    known = access.grants("allocation.see")
    may_know = tuple(role for role in roles if role in known)
    return holders(case.school, may_know, timezone.localdate(at))
