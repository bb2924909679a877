"""When a step of a ladder is closed, and why: what policy says it demands, and what the law bars."""

from collections.abc import Callable
from datetime import datetime

from plimsoll.allocations.cycle import bands_in_force
from plimsoll.core.access import holds
from plimsoll.core.workflow import Guard
from plimsoll.framework.casework import Rung
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.shown import missing
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
        if lacking := missing(case, rung.requires):
            return f"Not on record yet: {'; '.join(fact.label for fact in lacking)}."
        return _notice_is_ready(case, rung)

    return guard


def _notice_is_ready(case: Case, rung: Rung) -> str:
    """A step that gives a notice needs it approved; giving it is taking the step."""
    if rung.notice is None:
        return ""
    label = case.policy.notice(rung.notice).label
    if Notice.objects.filter(case=case, kind=rung.notice, state="approved").exists():
        return ""
    return f"The “{label}” is not approved yet: draft it, and have it approved."
