"""The process of an obligation, as a table (I8). That one is late is no state: its day says so."""

from datetime import date, datetime
from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.intervention.cases.records import RECORD, SEE
from plimsoll.intervention.models import Obligation
from plimsoll.people.models import User

OPEN: Final = "open"
MET: Final = "met"
PLAN: Final = "concern.plan"
JUDGE: Final = "concern.judge"
TAKE: Final = "concern.step"

STATES: Final = {
    OPEN: State("Open", tone="moving"),
    MET: State("Met", closed=True, tone="done"),
    "ended": State("Ended with its case", closed=True),
    "superseded": State("Ended: its notice was superseded", closed=True, tone="stopped"),
}


def is_the_schools(case: Obligation) -> bool:
    return case.owner == Obligation.Owner.SCHOOL


def meet(obligation: Obligation, *, by: User, at: datetime, on: date, note: str = "") -> None:
    obligation.met_on, obligation.met_by, obligation.note = on, str(by), note


def reopen(obligation: Obligation, *, by: User, at: datetime, why: str) -> None:
    """What was said when it was met stays in the trail."""
    obligation.met_on, obligation.met_by, obligation.note = None, "", ""


def end(obligation: Obligation, *, by: User, at: datetime, why: str) -> None:
    obligation.note = why


STEPS: Final = (
    Step("meet", "Record that it is met", (OPEN,), MET, RECORD,
         effect=meet, fields=("on",), optional=("note",)),
    Step("hand_in", "Hand it in", (OPEN,), MET, PLAN, when=is_the_schools,
         effect=meet, fields=("on",), optional=("note",)),
    Step("reopen", "Open it again", (MET,), OPEN, JUDGE, effect=reopen, fields=("why",)),

    # Taken by a step of the case's ladder, never on their own.
    *(Step(f"end_{state}", STATES[state].label, (OPEN,), state, TAKE, effect=end, fields=("why",))
      for state in ("ended", "superseded")),
)  # fmt: skip

OBLIGATION: Final = Workflow(name="obligation", see=SEE, states=STATES, steps=STEPS)
