"""Who hears by e-mail of a case: that there is something to read, and nothing of what.

The address in the e-mail says as little: it is a door that leads each reader to their page.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from plimsoll.intervention.models import Case
from plimsoll.intervention.permissions import SEE
from plimsoll.people.models import User
from plimsoll.schools import telling


def tell(
    case: Case,
    message: str,
    *,
    cause: str,
    at: datetime,
    by: User | None = None,
    permission: str = SEE,
    link: str = "",
    roles: Iterable[str] = (),
    people: Iterable[User] = (),
    due: date | None = None,
) -> int:
    """Post it to policy's roles for it and to these; the link leads to the case unless given."""
    return telling.tell(
        message,
        policy=case.policy,
        school=case.school,
        permission=permission,
        link=link or reverse("desk:to-read", args=[case.pk]),
        cause=cause,
        by=by,
        at=at,
        roles=roles,
        people=people,
        due=due,
    )


def tell_opened(case: Case, *, by: User, at: datetime) -> None:
    """The service hears; the school is told by the letter that sets out the concerns."""
    tell(case, "case-opened", cause=f"case:{case.pk}", by=by, at=at)


def tell_barred(case: Case, *, by: User, at: datetime) -> None:
    tell(case, "case-barred", cause=f"case:{case.pk}:{case.blocked_since}", by=by, at=at)
