"""The plans of a case in short, for its page and for what the school was told."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import may
from plimsoll.core.workflow import State
from plimsoll.intervention.clocks.countdown import Countdown
from plimsoll.intervention.clocks.days import calendar_for
from plimsoll.intervention.clocks.owed import countdown
from plimsoll.intervention.clocks.workflow import OPEN
from plimsoll.intervention.models import Case, Obligation, PlanVersion
from plimsoll.intervention.permissions import WRITE_PLAN
from plimsoll.intervention.plans.queries import (
    begun,
    of_case,
)
from plimsoll.intervention.plans.standing import came, standing
from plimsoll.intervention.plans.workflow import JUDGED, PLAN
from plimsoll.people.models import User


@dataclass(frozen=True)
class Summary:
    """One plan: how it stands, the last version that came, and what this reader may do."""

    obligation: Obligation
    state: State
    countdown: Countdown | None
    last: PlanVersion | None
    came: str
    actions: list[tuple[str, str]]

    @property
    def late(self) -> bool:
        return self.last is not None and self.last.received_on > self.last.due


def summaries(case: Case, user: User, at: datetime) -> list[Summary]:
    """Each plan that is or was owed, in four queries however many there are."""
    rows = list(of_case(case))
    if not rows:
        return []
    today = timezone.localdate(at)
    calendar = calendar_for(case, today, *(row.due for row in rows))
    versions = PlanVersion.objects.filter(plan__obligation__case=case).order_by("number")
    last = {version.plan_id: version for version in versions}
    writes = may(user, WRITE_PLAN, case)
    found = []
    for row in rows:
        row.case = case
        plan = begun(row)
        version = last.get(plan.pk) if plan else None
        found.append(
            Summary(
                obligation=row,
                state=standing(row, inside=writes),
                countdown=countdown(row, calendar, today) if row.state == OPEN else None,
                last=version,
                came=came(version, row.basis, calendar) if version else "",
                actions=[] if writes else _judging(row, user, at),
            )
        )
    return found


def _judging(obligation: Obligation, user: User, at: datetime) -> list[tuple[str, str]]:
    """Accepting and returning it, where this reader may do either now."""
    plan = begun(obligation)
    offers = PLAN.offers(plan, by=user, at=at) if plan else []
    return [
        (each.step.label, reverse("intervention:plan-judge", args=[obligation.pk, each.step.name]))
        for each in offers
        if each.step.name in JUDGED and not each.blocked
    ]
