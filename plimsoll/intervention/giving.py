"""Giving a notice, which is taking its step; and ending it again."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.framework.casework import Notice as Kind
from plimsoll.framework.casework import Rung
from plimsoll.intervention import founded
from plimsoll.intervention.cases.shown import Shown
from plimsoll.intervention.clocks import meeting
from plimsoll.intervention.contents import gaps
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.notices.workflow import BEFORE, NOTICE
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


def obstacle(case: Case, rung: Rung, there: Mapping[str, Shown]) -> str:
    """Why the notice of this step cannot be given now, or an empty string."""
    if rung.notice is None:
        return ""
    label = case.policy.notice(rung.notice).label
    notice = ready(case, rung.notice)
    if notice is None:
        return f"The “{label}” is not approved yet: draft it, and have it approved."
    if lacking := gaps(notice):
        return f"The “{label}” is not whole. It lacks: {'; '.join(lacking)}."
    return founded.doubt(notice, rung, there)


def give(
    case: Case, rung: Rung, there: Mapping[str, Shown], *, by: User, at: datetime, on: date
) -> Notice:
    """Mark the approved notice as given on the day. Raises Refused where dates disagree."""
    assert rung.notice is not None
    notice = ready(case, rung.notice)
    if notice is None or notice.approved_at is None:
        raise Refused(obstacle(case, rung, there))
    if on < (approved := timezone.localdate(notice.approved_at)):
        raise Refused(f"The notice was approved on {long_date(approved)} only.")
    if (since := founded.since(notice, rung, there)) and on < since:
        raise Refused(f"A ground of the notice is shown since {long_date(since)} only.")
    if notice.period_ends and notice.period_ends < on:
        raise Refused("Its compliance period would be over before it is given: put it right.")
    if notice.address_by and notice.address_by < on:
        raise Refused("The concerns were to be addressed before it is given: put the day right.")
    return NOTICE.take(notice, "give", by=by, at=at, on=on)


def end(
    case: Case, *, on: date, by: User, at: datetime, why: str, how: str, route: str = ""
) -> None:
    """The notices that were given have no effect from this day; of one route, or all.

    A letter has no effect that could end. What is complied with or withdrawn is the notice of
    the law; a notice of the framework that came before it ends with the case. What the
    governing body owed by a notice that is superseded ends with it.
    """
    rows = Notice.objects.filter(case=case, given_on__isnull=False, ended_on=None)
    for notice in rows.select_related("case"):
        if _has_effect(notice.type) and (not route or notice.type.route == route):
            NOTICE.take(notice, f"end_{_ends(notice.type, how)}", by=by, at=at, on=on, why=why)
            if how == "superseded":
                meeting.end(case=case, notice=notice, how=how, why=why, by=by, at=at)


def _has_effect(kind: Kind) -> bool:
    return kind.warning or kind.statutory


def _ends(kind: Kind, how: str) -> str:
    return how if kind.statutory or how not in ("complied", "withdrawn") else "lapsed"


def drop_drafts(case: Case, *, by: User, at: datetime, why: str) -> None:
    """What is still drafted, or approved, when a case ends is never given."""
    for notice in case.notices.filter(state__in=BEFORE):
        NOTICE.take(notice, "drop_with_case", by=by, at=at, reasons=why)
