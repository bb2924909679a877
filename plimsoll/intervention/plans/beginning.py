"""The plan of an obligation: the one that is there, or one as it would be begun."""

from datetime import datetime

from plimsoll.core.workflow import begin
from plimsoll.intervention.models import GoverningBodyPlan, Obligation
from plimsoll.intervention.plans.matters import matters
from plimsoll.intervention.plans.queries import begun
from plimsoll.intervention.plans.workflow import WRITING
from plimsoll.people.models import User


def plan_of(obligation: Obligation, *, at: datetime) -> GoverningBodyPlan:
    """Not saved where nobody has begun it: looking at a page begins nothing."""
    return begun(obligation) or _new(obligation, at)


def opened(obligation: Obligation, *, by: User, at: datetime) -> GoverningBodyPlan:
    """To write in: begun now where it was not. Within a transaction that holds the case."""
    rows = GoverningBodyPlan.objects.select_for_update(of=("self",))
    if plan := rows.filter(obligation=obligation).first():
        return plan
    plan = _new(obligation, at)
    plan.saved_at, plan.saved_by = at, str(by)
    plan.save()
    return plan


def _new(obligation: Obligation, at: datetime) -> GoverningBodyPlan:
    plan = GoverningBodyPlan(obligation=obligation, matters=matters(obligation))
    return begin(plan, state=WRITING, at=at)
