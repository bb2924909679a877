"""The process of a power of intervention, as a table (I9)."""

from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.intervention.permissions import DECIDE, SEE, TAKE
from plimsoll.intervention.powers import effects, guards

STATES: Final = {
    "proposed": State("Proposed: consult and notify", waits_for="keeper", tone="moving"),
    "before": State("Waits to be decided", waits_for="decider", tone="waiting"),
    "decided": State("Decided, not in force yet", waits_for="decider", tone="waiting"),
    "in_force": State("In force", tone="stopped"),
    "ended": State("Ended", closed=True, tone="done"),
    "given_up": State("Given up", closed=True),
}
BEFORE: Final = ("proposed", "before")

STEPS: Final = (
    Step("put_forward", "Put it before the one who decides", ("proposed",), "before", TAKE,
         guard=guards.all_is_done),
    Step("take_back", "Take it back to add to it", ("before",), "proposed", TAKE,
         effect=effects.take_back, fields=("reasons",)),
    Step("decide", "Decide to use it", BEFORE, "decided", DECIDE,
         guard=guards.may_be_decided, effect=effects.decide,
         fields=("made_on", "effective_on", "authority", "reasons"), optional=("conditions",)),
    Step("put_in_force", "Record that it is in force", ("decided",), "in_force", DECIDE,
         guard=guards.may_take_effect, effect=effects.put_in_force,
         fields=("notice_on", "notice_how", "in_force_on"), optional=("copied",)),
    Step("end", "Record its end", ("in_force",), "ended", DECIDE,
         effect=effects.end, fields=("on", "reasons")),
    Step("give_up", "Give it up", (*BEFORE, "decided"), "given_up", TAKE,
         guard=guards.theirs_to_give_up, effect=effects.end, fields=("on", "reasons")),

    # Taken by the step that closes the case, never on their own (see `powers.ending`).
    Step("end_with_case", "Ended with its case", ("in_force",), "ended", TAKE,
         effect=effects.end, fields=("on", "reasons")),
    Step("give_up_with_case", "Given up with its case", (*BEFORE, "decided"), "given_up", TAKE,
         effect=effects.end, fields=("on", "reasons")),
)  # fmt: skip

POWER: Final = Workflow(name="power", see=SEE, states=STATES, steps=STEPS)
# What a page offers; the others come with a step of the case.
OFFERED: Final = tuple(step.name for step in STEPS if not step.name.endswith("_with_case"))
