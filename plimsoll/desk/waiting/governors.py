"""The plans of governing bodies: to be judged by the service, or returned to the school (I8)."""

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from plimsoll.core.access import visible
from plimsoll.desk.waiting.allocated import MOST
from plimsoll.desk.waiting.item import Item
from plimsoll.desk.waiting.whose import waiting_for
from plimsoll.intervention.clocks.workflow import OPEN
from plimsoll.intervention.models import GoverningBodyPlan
from plimsoll.intervention.permissions import JUDGE, WRITE_PLAN
from plimsoll.intervention.plans.workflow import JUDGED, PLAN, WRITING

SCHOOL: Final = "obligation__case__school"


def waiting(user: Any, at: datetime, *, urn: int | None = None) -> list[Item]:
    """What waits for this person (at one school), in cases that are open."""
    there = {} if urn is None else {SCHOOL: urn}
    return [
        *(_item(plan, "read it, and accept or return it") for plan in _rows(to_judge(user), there)),
        *(_item(plan, "it came back with points") for plan in _rows(returned(user), there)),
    ]


def to_judge(user: Any) -> QuerySet[GoverningBodyPlan]:
    """Received, for the role that it waits for; never at a school whose own partner this is."""
    states = PLAN.step(JUDGED[0]).source
    found = waiting_for(user, PLAN, GoverningBodyPlan, school=SCHOOL)
    return visible(found.filter(state__in=states), user, JUDGE)


def returned(user: Any) -> QuerySet[GoverningBodyPlan]:
    """Owed again, for everybody at the school who may write it."""
    states = [state for state in PLAN.step("send").source if state != WRITING]
    found = GoverningBodyPlan.objects.filter(state__in=states, obligation__state=OPEN)
    return visible(found, user, WRITE_PLAN)


def _rows(found: QuerySet[GoverningBodyPlan], there: dict[str, int]) -> list[GoverningBodyPlan]:
    rows = found.filter(obligation__case__closed_on=None, **there)
    return list(rows.select_related(SCHOOL).order_by("state_since", "pk")[:MOST])


def _item(plan: GoverningBodyPlan, what: str) -> Item:
    obligation = plan.obligation
    return Item(
        school=obligation.case.school.name,
        what=f"{obligation.label}: {what}",
        since=plan.state_since,
        href=reverse("intervention:plan", args=[obligation.pk]),
        due=obligation.due if obligation.state == OPEN else None,
    )
