"""The process of a governing body's plan, as a table (I8).

Sent, it is received, and the obligation is met on that day. Returned, it is owed again.
"""

from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.intervention.models import GoverningBodyPlan
from plimsoll.intervention.permissions import JUDGE, RECORD, TOLD, WRITE_PLAN
from plimsoll.intervention.plans import effects, guards

WRITING: Final = "writing"

STATES: Final = {
    WRITING: State("Being written", waits_for="head", tone="moving"),
    "sent": State("Received, not judged yet", waits_for="keeper", tone="waiting"),
    "returned": State("Returned with points", waits_for="head", tone="stopped"),
    "accepted": State("Accepted", closed=True, tone="done"),
}
OWED: Final = (WRITING, "returned")

STEPS: Final = (
    Step("send", "Send the plan", OWED, "sent", WRITE_PLAN,
         guard=guards.ready_to_send, effect=effects.send),
    Step("send_file", "Send a file as the plan", OWED, "sent", WRITE_PLAN,
         guard=guards.is_owed, effect=effects.send_file, fields=("document",)),
    Step("receive", "Record a plan that came another way", OWED, "sent", RECORD,
         guard=guards.is_owed, effect=effects.receive, fields=("document", "on", "how")),
    Step("accept", "Accept the plan", ("sent",), "accepted", JUDGE,
         guard=guards.case_is_open, effect=effects.accept, optional=("words",)),
    Step("send_back", "Return the plan with points", ("sent",), "returned", JUDGE,
         guard=guards.can_be_owed_again, effect=effects.send_back, fields=("points",),
         optional=("due", "why")),
)  # fmt: skip

PLAN: Final = Workflow(name="governors-plan", see=TOLD, states=STATES, steps=STEPS)
# Each on a page of its own that asks for what it needs.
JUDGED: Final = ("accept", "send_back")


def may_be_written(plan: GoverningBodyPlan) -> bool:
    """Is it owed still or again, so that the school may change its words?"""
    return plan.state in OWED
