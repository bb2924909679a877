"""When a step of a plan is closed, and why."""

from datetime import datetime

from plimsoll.core.forms import long_date
from plimsoll.intervention.clocks.workflow import OPEN
from plimsoll.intervention.models import GoverningBodyPlan
from plimsoll.intervention.plans.content import gathered, lacks
from plimsoll.people.models import User


def case_is_open(case: GoverningBodyPlan, *, by: User, at: datetime) -> str:
    if closed := case.obligation.case.closed_on:
        return f"The case was closed on {long_date(closed)}."
    return ""


def is_owed(case: GoverningBodyPlan, *, by: User, at: datetime) -> str:
    """It ends with its case, or with the notice that asked for it."""
    if reason := case_is_open(case, by=by, at=at):
        return reason
    if case.obligation.state != OPEN:
        return "The plan is not owed any more."
    return ""


def ready_to_send(case: GoverningBodyPlan, *, by: User, at: datetime) -> str:
    """Every matter has an action that is whole, every question its answer."""
    if reason := is_owed(case, by=by, at=at):
        return reason
    found = lacks(gathered(case))
    if not found:
        return ""
    return f"It is not whole yet. {found[0].text}{', and more' if found[1:] else ''}."


def can_be_owed_again(case: GoverningBodyPlan, *, by: User, at: datetime) -> str:
    """What a notice asked for is owed no more once that notice has ended."""
    if reason := case_is_open(case, by=by, at=at):
        return reason
    notice = case.obligation.notice
    if notice and notice.ended_on:
        return f"The notice that asked for it ended on {long_date(notice.ended_on)}."
    return ""
