"""The process of an inspection, from the call to the look at the allocation after it (U1)."""

from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.visits.contacts import effects

STATES: Final = {
    "called": State("Inspectors have called", waits_for="sip", tone="moving"),
    "heard": State("Outcome heard, not published", tone="waiting"),
    "published": State("Published: is the allocation still right?", waits_for="sip",
                       tone="waiting"),
    "reviewed": State("Published, and looked at", closed=True, tone="done"),
    "stood_down": State("Did not take place", closed=True),
}  # fmt: skip
# A report of it may have been read in with a file, though nobody has said so here.
UNPUBLISHED: Final = ("called", "heard")
TOOK_PLACE: Final = ("called", "heard", "published", "reviewed")

STEPS: Final = (
    Step("change", "Change what is known of it", ("called",), "called", "inspection.log",
         effect=effects.change, fields=("starts_on",),
         optional=("kind", "lead", "attended_by")),
    # Known to the school and the service only, until Ofsted publishes it.
    Step("hear", "Record the outcome", ("called",), "heard", "inspection.log",
         effect=effects.hear, fields=("heard_on", "outcome")),
    Step("publish", "Record that it is published", UNPUBLISHED, "published", "inspection.log",
         effect=effects.publish, fields=("published_on",)),
    Step("review", "Say whether the allocation is still right", ("published",), "reviewed",
         "standing.write", effect=effects.review, fields=("still_right", "why"),
         see="standing.see"),
    Step("stand_down", "It does not take place", UNPUBLISHED, "stood_down", "inspection.log",
         effect=effects.note, fields=("reasons",)),
    # A slip of the hand is put right with its reason. What was recorded stays in the trail.
    Step("reopen", "Put right: go back to the call", ("heard", "published", "stood_down"),
         "called", "inspection.log", effect=effects.reopen, fields=("reasons",)),
)  # fmt: skip

INSPECTION: Final = Workflow(
    name="inspection-call", see="inspection.see", states=STATES, steps=STEPS
)
