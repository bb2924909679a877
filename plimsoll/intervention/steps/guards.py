"""When a step of a ladder is closed, and why: what policy demands, and what the law bars."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from plimsoll.allocations.cycle import bands_in_force
from plimsoll.core.access import holds
from plimsoll.core.workflow import Guard
from plimsoll.framework.casework import Rung
from plimsoll.intervention import giving
from plimsoll.intervention.cases.shown import missing
from plimsoll.intervention.models import Case
from plimsoll.people.models import User


def for_this_school(rung: Rung) -> Callable[[Case], bool]:
    """Is it a step for schools of this band at all? (S11)"""

    def applies(case: Case) -> bool:
        return not rung.bands or bands_in_force([case.school_id]).get(case.school_id) in rung.bands

    return applies


def of_rung(rung: Rung) -> Guard:
    """The role that takes it, the facts that it demands, the notice that it gives."""

    def guard(case: Case, *, by: User, at: datetime) -> str:
        role = case.policy.roles[rung.by].label
        if not holds(by, rung.by, case):
            return f"This step is taken by the {role}."
        if rung.urgent and not threatens_safety(case):
            return "The urgent route is only for where safety is threatened: no ground says so."
        if lacking := missing(case, rung.requires, timezone.localdate(at)):
            return f"Not on record yet: {'; '.join(fact.label for fact in lacking)}."
        return giving.obstacle(case, rung.notice) if rung.notice else ""

    return guard


def threatens_safety(case: Case) -> bool:
    """Is a ground of safety among the case's? (I2)"""
    return any(ground.safety and ground.id in case.grounds for ground in case.policy.grounds)
