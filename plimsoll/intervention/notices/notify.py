"""Who hears of a notice by e-mail: that there is something to read, never what it is."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import grants
from plimsoll.intervention.cases import notify
from plimsoll.intervention.models import Delivery, Notice
from plimsoll.intervention.notices import guards
from plimsoll.intervention.notices.reach import reaches_school
from plimsoll.intervention.permissions import APPROVE, DRAFT, REVIEW, SERVE, TOLD
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders


def tell_reviewer(notice: Notice, *, by: User, at: datetime) -> None:
    people = [notice.reviewer] if notice.reviewer else []
    _tell(notice, "notice-to-read", REVIEW, people=people, by=by, at=at)


def tell_approvers(notice: Notice, *, by: User, at: datetime) -> None:
    _tell(notice, "notice-to-approve", APPROVE, roles=guards.approvers(notice), by=by, at=at)


def tell_drafter(notice: Notice, message: str, *, by: User, at: datetime) -> None:
    """Whoever began it; once that person drafts here no more, whoever keeps the case."""
    drafting = holders(notice.case.school, grants(DRAFT), timezone.localdate(at))
    if notice.drafted_by_id in {each.person_id for each in drafting}:
        _tell(notice, message, DRAFT, people=[notice.drafted_by], by=by, at=at)
    else:
        _tell(notice, message, DRAFT, roles=[notice.case.policy.concern.keeper], by=by, at=at)


def tell_given(notice: Notice, *, by: User, at: datetime) -> None:
    """The school, where the letter goes to it at all; and of the service whom policy names."""
    case, cause = notice.case, _cause(notice)
    if reaches_school(notice):
        notify.tell(case, "letter-to-read", permission=TOLD, cause=cause, by=by, at=at)
    notify.tell(case, "notice-given", cause=cause, by=by, at=at)


def tell_bounced(row: Delivery, notice: Notice, *, by: User, at: datetime) -> None:
    """Whoever serves what the case gives; it came back from one recipient."""
    cause = f"delivery:{row.pk}:{row.version}"
    keeper = notice.case.policy.concern.keeper
    _tell(notice, "notice-bounced", SERVE, roles=[keeper], cause=cause, by=by, at=at)


def _tell(
    notice: Notice,
    message: str,
    permission: str,
    *,
    roles: Iterable[str] = (),
    people: Iterable[User] = (),
    cause: str = "",
    by: User,
    at: datetime,
) -> None:
    notify.tell(
        notice.case,
        message,
        permission=permission,
        link=reverse("desk:text-to-read", args=[notice.pk]),
        cause=cause or _cause(notice),
        by=by,
        at=at,
        roles=roles,
        people=people,
    )


def _cause(notice: Notice) -> str:
    return f"notice:{notice.pk}:{notice.version}"
