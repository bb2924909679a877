"""How a plan stands, in words that every page of it and its case shows."""

from datetime import date
from typing import Final

from plimsoll.core.deadlines import Calendar
from plimsoll.core.workflow import State
from plimsoll.intervention.clocks.countdown import CALENDAR_DAYS
from plimsoll.intervention.models import Obligation, PlanVersion
from plimsoll.intervention.plans.queries import begun
from plimsoll.intervention.plans.workflow import PLAN, WRITING
from plimsoll.visits.reports.clock import in_days, left_until

# What the school writes is its own until it is sent, and so is whether it writes at all.
NOT_YET: Final = State("Not received yet", tone="waiting")
UNBEGUN: Final = State("Not begun yet", tone="waiting")


def standing(obligation: Obligation, *, inside: bool) -> State:
    """How it stands; before the first version only the school itself knows of its writing."""
    plan = begun(obligation)
    if plan is None:
        return UNBEGUN if inside else NOT_YET
    return PLAN.state(plan) if inside or plan.state != WRITING else NOT_YET


def came(version: PlanVersion, basis: str, calendar: Calendar) -> str:
    """3 working days early; on the day; 1 working day late."""
    if version.received_on == version.due:
        return "on the day"
    days = _apart(version.due, version.received_on, basis, calendar)
    return f"{days} late" if version.received_on > version.due else f"{days} early"


def _apart(due: date, day: date, basis: str, calendar: Calendar) -> str:
    """In days of the basis; in calendar days where none can be counted, or none lies between."""
    left = left_until(due, basis, calendar, day)
    return in_days(abs(left), basis) if left else in_days(abs((due - day).days), CALENDAR_DAYS)
