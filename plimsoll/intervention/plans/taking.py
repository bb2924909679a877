"""A step of a plan, with its case held."""

from datetime import datetime
from typing import Any

from django.db import transaction

from plimsoll.intervention.cases.records import locked
from plimsoll.intervention.models import GoverningBodyPlan
from plimsoll.intervention.plans.workflow import PLAN
from plimsoll.people.models import User


@transaction.atomic
def take(
    *, plan: GoverningBodyPlan, name: str, by: User, at: datetime, version: int, **facts: Any
) -> GoverningBodyPlan:
    """The case first, as whoever saves the plan or closes the case has it: nobody waits for two
    who wait for each other, and nothing is judged in a case that closes in the same moment."""
    locked(plan.obligation.case, by, PLAN.step(name).permission)
    return PLAN.take(plan, name, by=by, at=at, version=version, **facts)
