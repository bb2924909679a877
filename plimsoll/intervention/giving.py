"""Giving a notice, which is taking its step; and ending it again."""

from datetime import date, datetime

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.intervention.clocks import meeting
from plimsoll.intervention.contents import gaps
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.notices.workflow import NOTICE
from plimsoll.people.models import User


def ready(case: Case, kind: str) -> Notice | None:
    """The notice of this kind that was approved and is not given yet."""
    rows = Notice.objects.filter(
        case=case, kind=kind, approved_at__isnull=False, given_on=None, ended_on=None
    )
    notice = rows.order_by("-approved_at", "-pk").first()
    if notice:
        notice.case = case
    return notice


def obstacle(case: Case, kind: str) -> str:
    """Why the notice of this kind cannot be given now, or an empty string."""
    label = case.policy.notice(kind).label
    notice = ready(case, kind)
    if notice is None:
        return f"The “{label}” is not approved yet: draft it, and have it approved."
    if lacking := gaps(notice):
        return f"The “{label}” is not whole. It lacks: {'; '.join(lacking)}."
    return ""


def give(case: Case, kind: str, *, by: User, at: datetime, on: date) -> Notice:
    """Mark the approved notice as given on the day. Raises Refused where dates disagree."""
    notice = ready(case, kind)
    if notice is None or notice.approved_at is None:
        raise Refused(obstacle(case, kind))
    if on < (approved := timezone.localdate(notice.approved_at)):
        raise Refused(f"The notice was approved on {long_date(approved)} only.")
    if notice.period_ends and notice.period_ends < on:
        raise Refused("Its compliance period would be over before it is given: put it right.")
    return NOTICE.take(notice, "give", by=by, at=at, on=on)


def end(
    case: Case, *, on: date, by: User, at: datetime, why: str, how: str, route: str = ""
) -> None:
    """The notices that were given have no effect from this day; of one route, or all.

    What the governing body owed by a notice that is superseded ends with it.
    """
    rows = Notice.objects.filter(case=case, given_on__isnull=False, ended_on=None)
    for notice in rows.select_related("case"):
        if not route or notice.type.route == route:
            NOTICE.take(notice, f"end_{how}", by=by, at=at, on=on, why=why)
            if how == "superseded":
                meeting.end(case=case, notice=notice, how=how, why=why, by=by, at=at)
