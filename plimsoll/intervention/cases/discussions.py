"""The discussion with head and chair, held or refused, that comes before any notice (I2)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from plimsoll.core.workflow import Refused
from plimsoll.intervention.cases.records import locked, not_ahead, note, the_role_of
from plimsoll.intervention.models import Case, Discussion
from plimsoll.people.models import User


@dataclass(frozen=True, kw_only=True)
class NewDiscussion:
    """How they were invited, and what came of it; `on` is the day it was held or declined."""

    invited_on: date
    invited_how: str
    result: str
    on: date
    points: str
    present: str = ""
    school_said: str = ""


@transaction.atomic
def record_discussion(*, case: Case, wanted: NewDiscussion, by: User, at: datetime) -> Discussion:
    """Record it, by the role whose discussion it is. A second click records nothing twice."""
    case = locked(case, by)
    for fact in (each for each in case.policy.facts if each.shown_by == "discussion"):
        the_role_of(fact, case, by)
    _in_order(case, wanted, at)
    values = vars(wanted) | {"recorded_by": str(by)}
    twin = case.discussions.filter(**values).first()
    if twin:
        return twin
    discussion = Discussion.objects.create(case=case, recorded_at=at, **values)
    told = {"result": wanted.result, "on": wanted.on.isoformat()}
    note("case.discussed", case, by=by, at=at, **told)
    return discussion


def _in_order(case: Case, wanted: NewDiscussion, at: datetime) -> None:
    if wanted.result not in Discussion.Result.values:
        raise Refused("Say whether it was held or refused.")
    if not (wanted.invited_how.strip() and wanted.points.strip()):
        raise Refused("Say how they were invited, and what was said or why it was not held.")
    if wanted.result == Discussion.Result.HELD and not wanted.present.strip():
        raise Refused("Say who was there.")
    not_ahead(wanted.on, at)
    if wanted.on < wanted.invited_on:
        raise Refused("They were invited before the discussion, or on its day.")
    if wanted.on < case.opened_on:
        raise Refused("The discussion belongs to the case, which was opened later.")
