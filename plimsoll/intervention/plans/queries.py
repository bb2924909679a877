"""Who may find a plan: the school that was told that it is owed, and those who know the case."""

from django.db.models import QuerySet

from plimsoll.core.access import visible
from plimsoll.framework.vocabulary import ACTION_PLAN
from plimsoll.intervention.cases.queries import told_of
from plimsoll.intervention.models import Case, GoverningBodyPlan, Obligation
from plimsoll.intervention.permissions import TOLD
from plimsoll.people.models import User


def owed(user: User) -> QuerySet[Obligation]:
    """The plans that are or were owed, as far as this person may know; the plan may be unbegun."""
    rows = Obligation.objects.filter(told_of("case"), kind=ACTION_PLAN)
    return visible(rows, user, TOLD).select_related("case__school", "notice", "plan")


def of_case(case: Case) -> QuerySet[Obligation]:
    """The plans that are or were owed in a case."""
    rows = Obligation.objects.filter(case=case, kind=ACTION_PLAN)
    return rows.select_related("plan", "notice").order_by("starts", "pk")


def begun(obligation: Obligation) -> GoverningBodyPlan | None:
    """The plan that is there; one that a page made for looking at is not."""
    plan: GoverningBodyPlan | None = getattr(obligation, "plan", None)
    return plan if plan and plan.pk else None
