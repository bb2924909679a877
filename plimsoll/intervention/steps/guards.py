"""When a step of a ladder is closed, and why: what policy demands, and what the law bars."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.utils import timezone

from plimsoll.allocations.cycle import bands_in_force
from plimsoll.core.access import holds
from plimsoll.core.workflow import Guard
from plimsoll.framework.casework import Rung
from plimsoll.intervention import giving
from plimsoll.intervention.cases.rungs import is_end
from plimsoll.intervention.cases.shown import Shown, missing, shown
from plimsoll.intervention.models import Case
from plimsoll.intervention.powers import ending
from plimsoll.people.models import User


def for_this_school(rung: Rung) -> Callable[[Case], bool]:
    """Is it a step for schools of this band at all? (S11)"""

    def applies(case: Case) -> bool:
        return not rung.bands or bands_in_force([case.school_id]).get(case.school_id) in rung.bands

    return applies


def of_rung(rung: Rung) -> Guard:
    """The role that takes it, the facts that it demands, the notice that it gives."""

    def guard(case: Case, *, by: User, at: datetime) -> str:
        if reason := not_theirs(case, rung, by):
            return reason
        return closed(case, rung, shown(case), timezone.localdate(at))

    return guard


def not_theirs(case: Case, rung: Rung, by: User) -> str:
    if holds(by, rung.by, case):
        return ""
    return f"This step is taken by the {case.policy.roles[rung.by].label}."


def closed(case: Case, rung: Rung, there: Mapping[str, Shown], today: date) -> str:
    """Why nobody can take the step today, or an empty string."""
    if reason := barred(case, rung):
        return reason
    if lacking := missing(case.policy, rung.requires, there, today):
        return f"Not on record yet: {'; '.join(fact.label for fact in lacking)}."
    return giving.obstacle(case, rung, there) or power_in_force(case, rung)


def power_in_force(case: Case, rung: Rung) -> str:
    """A case ends with its powers only where the school does; else their end comes first (I9)."""
    if not is_end(rung) or rung.means:
        return ""
    label = ending.in_force(case)
    return f"A power is in force: record first how this ended: {label}." if label else ""


def barred(case: Case, rung: Rung) -> str:
    """No notice reaches a school that the register says is closed, or of another legal route."""
    if rung.notice is None:
        return ""
    if not case.school.is_open:
        return "The register says that the school is not open any more: end the case."
    if case.school.type not in case.steps.types:
        return (
            f"The register says that the school is now of another type, {case.school.type_name}, "
            "which other law reaches: end the case, and open another."
        )
    return ""
