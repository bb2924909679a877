"""Who hears of a plan by e-mail: that there is something to read, never what it is."""

from datetime import datetime

from django.urls import reverse

from plimsoll.intervention.models import GoverningBodyPlan
from plimsoll.intervention.permissions import RECORD, TOLD
from plimsoll.people.models import User
from plimsoll.schools import telling


def tell_keepers(plan: GoverningBodyPlan, *, by: User, at: datetime) -> None:
    """Those whom policy names among the keepers of the case: something came from the school."""
    _tell(plan, "plan-received", RECORD, by=by, at=at)


def tell_school(plan: GoverningBodyPlan, *, by: User, at: datetime) -> None:
    """Head and chair, as policy has it: there is an answer."""
    _tell(plan, "plan-answered", TOLD, by=by, at=at)


def _tell(
    plan: GoverningBodyPlan, message: str, permission: str, *, by: User, at: datetime
) -> None:
    case = plan.obligation.case
    telling.tell(
        message,
        policy=case.policy,
        school=case.school,
        permission=permission,
        link=reverse("desk:to-read", args=[case.pk]),
        cause=f"governors-plan:{plan.pk}:{plan.version}",
        by=by,
        at=at,
    )
