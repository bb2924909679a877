"""A power is proposed, and taken through its process with its case held (I9)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused, begin
from plimsoll.framework.casework import Power
from plimsoll.intervention.cases.records import (
    locked,
    not_ahead,
    note,
)
from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.intervention.permissions import TAKE
from plimsoll.intervention.powers import standing
from plimsoll.intervention.powers.queries import of_case
from plimsoll.intervention.powers.workflow import OFFERED, POWER
from plimsoll.people.models import User


@transaction.atomic
def propose(*, case: Case, power: Power, on: date, why: str, by: User, at: datetime) -> PowerInUse:
    """Propose to use a power that is open today. A second click proposes nothing twice."""
    case = locked(case, by, TAKE)
    used = of_case(case)
    for other in used:
        if other.power == power.id and not other.ended_on:
            if (other.proposed_on, other.why) == (on, why.strip()):
                return other
            raise Refused("It is in use in this case already.")
    if reason := standing.closed(case, power, used, timezone.localdate(at)):
        raise Refused(reason)
    _in_order(case, on, at)
    if not why.strip():
        raise Refused("Say why this power, and what it is to bring about.")
    use = PowerInUse(
        case=case,
        power=power.id,
        proposed_on=on,
        proposed_by=str(by),
        why=why.strip(),
        last_day=standing.last_day(case, power),
    )
    begin(use, state="proposed", at=at).save()
    note("power.proposed", case, by=by, at=at, power=power.label, on=on.isoformat())
    return use


def _in_order(case: Case, on: date, at: datetime) -> None:
    not_ahead(on, at)
    assert case.eligible_since is not None
    if on < case.eligible_since:
        raise Refused(f"The school is eligible since {long_date(case.eligible_since)} only.")


@transaction.atomic
def take(
    use: PowerInUse, name: str, *, by: User, at: datetime, version: int | None = None, **facts: Any
) -> PowerInUse:
    """A step of its process; the case is held, so that nothing bars it in the same moment."""
    step = POWER.step(name)
    if name not in OFFERED:
        raise Refused("That comes with a step of the case.")
    locked(use.case, by, step.permission)
    return POWER.take(use, name, by=by, at=at, version=version, **facts)
