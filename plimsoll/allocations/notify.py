"""Who hears of an allocation's step, by e-mail: that there is something to read, never what."""

from datetime import datetime

from django.urls import reverse

from plimsoll.allocations.models import Allocation
from plimsoll.people.models import User
from plimsoll.schools import telling


def tell(
    case: Allocation,
    message: str,
    *,
    by: User | None,
    at: datetime,
    roles: tuple[str, ...] = (),
    permission: str = "allocation.see",
) -> int:
    """Post the message to policy's roles for it, and to these; returns how many.

    Whoever took the step has it too: what both sides agreed is a record for both.
    """
    return telling.tell(
        message,
        policy=case.policy,
        school=case.school,
        permission=permission,
        link=reverse("allocations:case", args=[case.pk]),
        cause=f"{case.pk}:{case.version}:{case.reminders}",
        at=at,
        sender=by,
        roles=roles,
        due=case.answer_due,
        year=case.cycle.year,
    )
