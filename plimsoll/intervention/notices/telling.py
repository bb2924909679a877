"""Who hears of a notice by e-mail: that there is something to read, never what it is."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from plimsoll.core.access import grants
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices import guards
from plimsoll.intervention.notices.queries import APPROVE, DRAFT, REVIEW, TOLD
from plimsoll.intervention.notices.reach import reaches_school
from plimsoll.people.models import User
from plimsoll.schools.telling import tell


def tell_reviewer(notice: Notice, *, by: User, at: datetime) -> None:
    people = [notice.reviewer] if notice.reviewer else []
    _tell(notice, "notice-to-read", REVIEW, people=people, by=by, at=at)


def tell_approvers(notice: Notice, *, by: User, at: datetime) -> None:
    roles = [role for role in guards.approvers(notice) if role in grants(APPROVE)]
    _tell(notice, "notice-to-read", APPROVE, roles=roles, by=by, at=at)


def tell_drafter(notice: Notice, *, by: User, at: datetime) -> None:
    _tell(notice, "notice-to-read", DRAFT, people=[notice.drafted_by], by=by, at=at)


def tell_school(notice: Notice, *, by: User, at: datetime) -> None:
    """Those whom policy names at the school, where the letter goes to it at all."""
    if reaches_school(notice):
        link = reverse("intervention:told", args=[notice.case_id])
        _tell(notice, "letter-to-read", TOLD, link=link, by=by, at=at)


def _tell(
    notice: Notice,
    message: str,
    permission: str,
    *,
    roles: Iterable[str] = (),
    people: Iterable[User] = (),
    link: str = "",
    by: User,
    at: datetime,
) -> None:
    tell(
        message,
        policy=notice.case.policy,
        school=notice.case.school,
        permission=permission,
        link=link or reverse("intervention:notice", args=[notice.pk]),
        cause=f"notice:{notice.pk}:{notice.version}",
        by=by,
        at=at,
        roles=roles,
        people=people,
    )
