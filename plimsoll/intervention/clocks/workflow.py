"""The process of an obligation, as a table (I8). That one is late is no state: its day says so."""

from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.intervention.clocks import effects, guards
from plimsoll.intervention.models import Obligation
from plimsoll.intervention.permissions import JUDGE, RECORD, SEE, TAKE, WRITE_PLAN

OPEN: Final = "open"
MET: Final = "met"

STATES: Final = {
    OPEN: State("Open", tone="moving"),
    MET: State("Met", closed=True, tone="done"),
    "ended": State("Ended with its case", closed=True),
    "superseded": State("Ended: its notice was superseded", closed=True, tone="stopped"),
}

STEPS: Final = (
    Step("meet", "Record that it is met", (OPEN,), MET, RECORD,
         effect=effects.meet, fields=("on",), optional=("note",)),
    Step("hand_in", "Hand it in", (OPEN,), MET, WRITE_PLAN, when=guards.is_the_schools,
         effect=effects.meet, fields=("on",), optional=("note",)),
    Step("extend", "Set another day", (OPEN,), OPEN, JUDGE,
         guard=guards.not_set_by_law, effect=effects.extend, fields=("due", "why")),
    Step("reopen", "Open it again", (MET,), OPEN, JUDGE,
         guard=guards.in_an_open_case, effect=effects.reopen, fields=("why",)),

    # Taken by a step of the case's ladder, never on their own.
    *(Step(f"end_{state}", STATES[state].label, (OPEN,), state, TAKE,
           effect=effects.end, fields=("why",))
      for state in ("ended", "superseded")),
)  # fmt: skip

OBLIGATION: Final = Workflow(name="obligation", see=SEE, states=STATES, steps=STEPS)
# What a page offers; the others come with a step of the case, or with the plan.
OFFERED: Final = ("meet", "extend", "reopen")


def offered(obligation: Obligation) -> tuple[str, ...]:
    """A plan is met, and owed again, by its own steps alone: a page gives it more time."""
    return ("extend",) if obligation.is_plan else OFFERED
