"""The process of a safeguarding worry, as a table: raised, acknowledged, closed (Q1)."""

from datetime import datetime
from typing import Final

from plimsoll.core.access import holds
from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.framework.editions import current
from plimsoll.people.models import User
from plimsoll.visits.models import Worry

SEE: Final = "worry.see"


def answers_for_it(case: Worry, *, by: User, at: datetime) -> str:
    """Whoever it was raised to, or somebody else to whom it might have been; never its raiser."""
    if case.raised_by_id == by.pk:
        return "You raised this yourself, so somebody else must answer it."
    roles = current().reports.worry_to
    if case.raised_to_id == by.pk or any(holds(by, role, case) for role in roles):
        return ""
    return f"This waits for {case.raised_to.name}."


def acknowledge(worry: Worry, *, by: User, at: datetime) -> None:
    worry.acknowledged_at, worry.acknowledged_by = at, by.name


def close(worry: Worry, *, by: User, at: datetime, outcome: str) -> None:
    worry.outcome = outcome


WORRY: Final = Workflow(
    name="worry",
    see=SEE,
    states={
        "raised": State("Raised: nobody has acknowledged it", tone="stopped"),
        "acknowledged": State("Acknowledged", tone="moving"),
        "closed": State("Closed", closed=True, tone="done"),
    },
    steps=(
        Step("acknowledge", "Acknowledge it", ("raised",), "acknowledged", SEE,
             guard=answers_for_it, effect=acknowledge),
        Step("close", "Close it", ("acknowledged",), "closed", SEE,
             guard=answers_for_it, effect=close, fields=("outcome",)),
    ),
)  # fmt: skip
