"""How an allocation stands: for whom it waits, and how long it has."""

from dataclasses import dataclass
from datetime import date, datetime

from plimsoll.allocations import next_steps, queries
from plimsoll.allocations.models import (
    Allocation,
)
from plimsoll.allocations.page.reader import Reader
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.deadlines import NotKnown, days_left
from plimsoll.schools.calendar import calendar_of


@dataclass(frozen=True)
class Standing:
    """How the case stands, for whom it waits, and how long it has."""

    label: str
    tone: str
    waits_for: str
    since: datetime | None
    due: date | None
    how_long: str


def standing(case: Allocation, who: Reader) -> Standing:
    hidden = queries.is_hidden(case, who.side)
    state = ALLOCATION.states["preparing" if hidden else case.state]
    label = queries.waits_for(case, who.side)
    role = state.waits_for
    names = who.names(role) if role and role != "tier" else ""
    return Standing(
        label=queries.state_label(case, who.side),
        tone=state.tone,
        waits_for=f"{label}, {names}" if names else label,
        since=queries.since(case, who.side) if label else None,
        due=case.answer_due,
        how_long=_how_long(case, who.today),
    )


def _how_long(case: Allocation, today: date) -> str:
    """Day 4 of 10, on the basis on which the days were set."""
    if case.answer_due is None:
        return ""
    calendar = calendar_of(case.school, years=(case.answer_due.year,))
    try:
        left = days_left(today, case.answer_due, case.answer_basis, calendar)
    except NotKnown:
        return ""
    unit = next_steps.BASES[case.answer_basis]
    if left < 0:
        return f"overdue by {-left} {unit if left < -1 else unit.replace('days', 'day')}"
    whole = case.policy.allocation.answer_days
    return f"day {max(whole - left, 0)} of {whole} {unit}"
