"""The process of an agreed action, as a table (Q1)."""

from datetime import date, datetime
from typing import Final

from django.utils import timezone

from plimsoll.core.workflow import Refused, State, Step, Workflow
from plimsoll.people.models import User
from plimsoll.visits.models import Action
from plimsoll.visits.privacy import band_named

STATES: Final = {
    "open": State("Open", tone="waiting"),
    "done": State("Said to be done", waits_for="sip", tone="moving"),
    "verified": State("Done and verified", closed=True, tone="done"),
    "dropped": State("Dropped", closed=True),
}
# Until it is verified or dropped it is carried from report to report.
OPEN: Final = ("open", "done")


def has_reached_the_school(case: Action, *, by: User | None, at: datetime) -> str:
    if case.report.issued_at is None:
        return "It stands in a report that has not reached the school yet."
    return ""


def done(action: Action, *, by: User, at: datetime, how: str, done_on: date | None = None) -> None:
    action.done_on, action.done_how = done_on or timezone.localdate(at), _clean(action, how)


def verify(action: Action, *, by: User, at: datetime, how: str) -> None:
    action.done_on = action.done_on or timezone.localdate(at)
    action.closed_why = _clean(action, how)


def drop(action: Action, *, by: User, at: datetime, reasons: str) -> None:
    action.closed_why = _clean(action, reasons)


def reopen(action: Action, *, by: User, at: datetime, reasons: str) -> None:
    """What was said before stays in the trail."""
    _clean(action, reasons)
    action.done_on, action.done_how, action.closed_why = None, "", ""


def _clean(action: Action, words: str) -> str:
    """The school reads these words at once, so the band is refused here too (S7)."""
    if named := band_named(words, action.report.policy):
        raise Refused(f"The band does not belong here: “{named}”. Write it in the note instead.")
    return words


STEPS: Final = (
    Step("say_done", "Say that it is done", ("open",), "done", "visit.confirm",
         guard=has_reached_the_school, effect=done, fields=("how",), optional=("done_on",)),
    Step("record_done", "Record that it is done", ("open",), "done", "visit.plan",
         guard=has_reached_the_school, effect=done, fields=("how",), optional=("done_on",)),
    Step("verify", "Verify that it is done", OPEN, "verified", "action.close",
         guard=has_reached_the_school, effect=verify, fields=("how",)),
    Step("reopen", "Open it again", ("done", "verified", "dropped"), "open", "action.close",
         guard=has_reached_the_school, effect=reopen, fields=("reasons",)),
    Step("drop", "Drop it", OPEN, "dropped", "action.close",
         guard=has_reached_the_school, effect=drop, fields=("reasons",)),
)  # fmt: skip

ACTION: Final = Workflow(name="action", see="report.see", states=STATES, steps=STEPS)
