"""What the Secretary of State has told the authority about powers: a bar, the end of a period."""

from datetime import date, datetime

from django.db import transaction

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.intervention.cases.records import (
    locked,
    not_ahead,
    note,
    save,
)
from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.intervention.permissions import TAKE
from plimsoll.people.models import User


def has_powers(case: Case) -> bool:
    """Does the case's ladder lead to powers of the authority at all?"""
    return any(rung.eligible for rung in case.steps.rungs)


@transaction.atomic
def bar_powers(*, case: Case, on: date, told_how: str, by: User, at: datetime) -> Case:
    """The Secretary of State intends to use powers: sections 63, 64 and 66 are barred (s.70B)."""
    case = locked(case, by, TAKE)
    if not has_powers(case):
        raise Refused("The authority has no powers of intervention at a school of this type.")
    if case.powers_barred_since and case.powers_are_barred:
        raise Refused(f"It is on record since {long_date(case.powers_barred_since)}.")
    not_ahead(on, at)
    if case.powers_barred_until and on < case.powers_barred_until:
        raise Refused(f"The one before was lifted on {long_date(case.powers_barred_until)} only.")
    case.powers_barred_since, case.powers_barred_until = on, None
    save(case, "powers_barred_since", "powers_barred_until")
    note("power.barred", case, by=by, at=at, on=on.isoformat(), how=told_how.strip())
    return case


@transaction.atomic
def lift_bar(*, case: Case, on: date, told_how: str, by: User, at: datetime) -> Case:
    """The Secretary of State has said that the authority may use them (s.70B)."""
    case = locked(case, by, TAKE)
    if not case.powers_are_barred or case.powers_barred_since is None:
        raise Refused("Nothing stands in the way.")
    not_ahead(on, at)
    if on < case.powers_barred_since:
        raise Refused(f"It stands since {long_date(case.powers_barred_since)} only.")
    case.powers_barred_until = on
    save(case, "powers_barred_until")
    note("power.unbarred", case, by=by, at=at, on=on.isoformat(), how=told_how.strip())
    return case


def asks_for_period(case: Case) -> bool:
    """Is the school eligible by a notice that was not the authority's own?"""
    return case.eligible_by == "s60" and case.period_ended_on is None


@transaction.atomic
def record_period(*, case: Case, on: date, told_how: str, by: User, at: datetime) -> Case:
    """The last day of the compliance period in the Secretary of State's notice."""
    case = locked(case, by, TAKE)
    if not asks_for_period(case) or case.eligible_since is None:
        raise Refused("The end of the period is known, or sets no window.")
    if PowerInUse.objects.filter(case=case, in_force_on__isnull=False, ended_on=None).exists():
        raise Refused("A power is in force already.")
    if on >= case.eligible_since:
        since = long_date(case.eligible_since)
        raise Refused(f"The period was over when the school became eligible, on {since}.")
    case.period_ended_on = on
    save(case, "period_ended_on")
    note("power.period", case, by=by, at=at, on=on.isoformat(), how=told_how.strip())
    return case
