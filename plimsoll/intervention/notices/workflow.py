"""The process of a notice or letter, as a table (I3, I4, I7)."""

from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices import effects, guards
from plimsoll.intervention.permissions import APPROVE, DRAFT, PRIVILEGED, REVIEW, SEE, TAKE

STATES: Final = {
    "drafting": State("Being drafted"),
    "in_review": State("With the legal reviewer", tone="moving"),
    "waiting": State("Waits to be approved", tone="waiting"),
    "returned": State("Returned with points", tone="waiting"),
    "approved": State("Approved, not given yet", tone="moving"),
    "given": State("Given", tone="done"),
    "dropped": State("Given up before it was given", closed=True),
    "removed": State("Removed: improvement is secured", closed=True, tone="done"),
    "complied": State("Complied with", closed=True, tone="done"),
    "withdrawn": State("Withdrawn", closed=True),
    "superseded": State("Superseded", closed=True, tone="stopped"),
    "lapsed": State("Ended with its case", closed=True),
}
WRITTEN: Final = ("drafting", "returned")
BEFORE: Final = ("drafting", "returned", "in_review", "waiting", "approved")

STEPS: Final = (
    Step("send_to_review", "Send it to the legal reviewer", WRITTEN, "in_review", DRAFT,
         when=guards.is_reviewed, guard=guards.ready_for_review, effect=effects.send_to_review),
    Step("send", "Send it for approval", WRITTEN, "waiting", DRAFT,
         when=guards.is_not_reviewed, guard=guards.whole, effect=effects.send),
    Step("find_sound", "It is sound in law", ("in_review",), "waiting", REVIEW,
         guard=guards.not_own_draft, effect=effects.find_sound, fields=("review",),
         see=PRIVILEGED),
    Step("review_back", "Return it with points", ("in_review",), "returned", REVIEW,
         guard=guards.not_own_draft, effect=effects.review_back, fields=("points",),
         see=PRIVILEGED),
    Step("approve", "Approve it", ("waiting",), "approved", APPROVE,
         guard=guards.may_be_approved, effect=effects.approve),
    Step("send_back", "Return it with points", ("waiting",), "returned", APPROVE,
         guard=guards.theirs_to_approve, effect=effects.send_back, fields=("points",)),
    Step("reopen", "Take it back to change it", ("in_review", "waiting", "approved"), "drafting",
         DRAFT, effect=effects.reopen, fields=("reasons",)),
    Step("drop", "Give the draft up", BEFORE, "dropped", DRAFT, fields=("reasons",),
         effect=effects.drop),

    # Taken by a step of the case's ladder, never on their own (see `intervention.giving`).
    Step("drop_with_case", "Given up: the case has ended", BEFORE, "dropped", TAKE,
         fields=("reasons",), effect=effects.drop),
    Step("give", "Given", ("approved",), "given", TAKE, guard=guards.whole,
         effect=effects.give, fields=("on",)),
    *(Step(f"end_{state}", STATES[state].label, ("given",), state, TAKE,
           effect=effects.end, fields=("on", "why"))
      for state in ("removed", "complied", "withdrawn", "superseded", "lapsed")),
)  # fmt: skip

NOTICE: Final = Workflow(name="notice", see=SEE, states=STATES, steps=STEPS)
# What a page offers; the others come with a step of the case.
OFFERED: Final = tuple(step.name for step in STEPS if step.permission != TAKE)


def may_be_written(notice: Notice) -> bool:
    """Is it still, or again, a draft whose words may be changed?"""
    return notice.state in WRITTEN
