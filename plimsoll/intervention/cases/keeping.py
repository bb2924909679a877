"""What is kept up in an open case: its risk, its next review, a bar of the Secretary of State."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused, Stale
from plimsoll.framework.casework import Rung
from plimsoll.intervention.cases.notify import tell_barred
from plimsoll.intervention.cases.records import (
    locked,
    not_ahead,
    note,
    save,
)
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.permissions import SEE
from plimsoll.people.models import User


@transaction.atomic
def note_reading(*, case: Case, by: User, at: datetime, permission: str = SEE) -> None:
    """Reading a case, or what the school was told of it, is an event."""
    note("case.read", case, by=by, at=at, permission=permission)


@transaction.atomic
def set_review(*, case: Case, on: date, why: str, by: User, at: datetime) -> Case:
    """Set the day of the next review: an open case always has one, and it lies ahead."""
    case = locked(case, by)
    if on <= timezone.localdate(at):
        raise Refused("The next review must lie ahead.")
    before, case.review_on = case.review_on, on
    save(case, "review_on")
    told = {"review_on": on.isoformat(), "before": before.isoformat(), "why": why.strip()}
    note("case.review-set", case, by=by, at=at, **told)
    return case


@transaction.atomic
def state_risk(
    *, case: Case, risk: str, deescalation: str, version: int, by: User, at: datetime
) -> Case:
    """Say how great the risk is, and what must be true for the case to go down or end.

    Raises Stale where somebody else saved since.
    """
    case = locked(case, by)
    if case.version != version:
        raise Stale(case)
    case.risk, case.deescalation = risk.strip(), deescalation.strip()
    save(case, "risk", "deescalation")
    note("case.risk-stated", case, by=by, at=at)
    return case


@transaction.atomic
def record_block(*, case: Case, on: date, told_how: str, by: User, at: datetime) -> Case:
    """The Secretary of State has given a notice: the authority may give none (s.60(4A)).

    Where one of the authority's is in force, it ceases to have effect: that is a step of the
    ladder, which records the bar as well, so this is refused.
    """
    case = locked(case, by)
    step = supersession(case)
    if step is None:
        raise Refused("No warning notice of section 60 can be given to a school of this type.")
    if case.blocked_since and case.is_blocked:
        raise Refused(f"It is on record since {long_date(case.blocked_since)}.")
    if in_force(case).exists():
        raise Refused(f"A formal notice is in force, and ends by it: take the step “{step.label}”.")
    not_ahead(on, at)
    if case.blocked_until and on < case.blocked_until:
        raise Refused(f"The one before was lifted on {long_date(case.blocked_until)} only.")
    block(case, on)
    save(case, "blocked_since", "blocked_until")
    note("case.blocked", case, by=by, at=at, on=on.isoformat(), how=told_how.strip())
    tell_barred(case, by=by, at=at)
    return case


@transaction.atomic
def lift_block(*, case: Case, on: date, told_how: str, by: User, at: datetime) -> Case:
    """The Secretary of State has said that the authority may give a notice again (s.60(4A))."""
    case = locked(case, by)
    if not case.is_blocked or case.blocked_since is None:
        raise Refused("Nothing stands in the way.")
    not_ahead(on, at)
    if on < case.blocked_since:
        raise Refused(f"The notice was given on {long_date(case.blocked_since)} only.")
    case.blocked_until = on
    save(case, "blocked_until")
    note("case.unblocked", case, by=by, at=at, on=on.isoformat(), how=told_how.strip())
    return case


def block(case: Case, on: date) -> None:
    """Set on the case, which the caller saves."""
    if not case.is_blocked:
        case.blocked_since, case.blocked_until = on, None


def supersession(case: Case) -> Rung | None:
    """The step that the Secretary of State's own notice brings about, where the ladder has it."""
    means = "secretary-of-state"
    return next((each for each in case.steps.rungs if each.means == means), None)


def in_force(case: Case) -> QuerySet[Notice]:
    """The warning notices of section 60 that were given and have not ended."""
    kinds = [notice.id for notice in case.policy.notices if notice.route == "s60"]
    return Notice.objects.filter(case=case, kind__in=kinds, given_on__isnull=False, ended_on=None)
