"""The process of a visit, as a table (E2, E3, E12)."""

from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.visits.diary import effects, guards

STATES: Final = {
    "planned": State("Planned: the school has not confirmed", waits_for="head", tone="waiting"),
    "other_day": State("The school asks for another day", waits_for="sip", tone="waiting"),
    "confirmed": State("Confirmed", tone="moving"),
    "held": State("Held", tone="done", closed=True),
    "completed": State("Held, and complete", tone="done", closed=True),
    "cancelled": State("Cancelled", closed=True),
    "not_held": State("Not held", tone="stopped", closed=True),
}
COMING: Final = ("planned", "other_day", "confirmed")
TOOK_PLACE: Final = ("held", "completed")
OFF: Final = ("cancelled", "not_held")
WHEN: Final = ("on", "part", "mode")

STEPS: Final = (
    Step("confirm", "Confirm the day", ("planned",), "confirmed", "visit.confirm",
         effect=effects.confirm),
    Step("record_confirmed", "Record that the school confirms", ("planned", "other_day"),
         "confirmed", "visit.plan"),
    Step("ask_other_day", "Ask for another day", ("planned", "confirmed"), "other_day",
         "visit.confirm", when=guards.is_spoken_of, guard=guards.still_to_come,
         effect=effects.ask_other_day, fields=("reasons",)),
    Step("ask_other_day_only", "Ask for another day", ("planned", "confirmed"), "other_day",
         "visit.confirm", when=guards.is_private, guard=guards.still_to_come,
         effect=effects.ask_other_day),
    Step("move", "Move to another day", COMING, "planned", "visit.plan",
         effect=effects.move, fields=WHEN, optional=("starts", "purpose", "others")),
    Step("hold", "Record that it was held", COMING, "held", "visit.plan",
         guard=guards.day_has_come, effect=effects.hold, fields=("held_on", "mode", "days"),
         optional=("met", "others")),
    Step("cancel", "Cancel the visit", COMING, "cancelled", "visit.plan",
         guard=guards.still_to_come, effect=effects.not_held, fields=("reason",),
         optional=("charged", "note")),
    Step("miss", "Record that it was not held", COMING, "not_held", "visit.plan",
         guard=guards.day_has_come, effect=effects.not_held, fields=("reason",),
         optional=("charged", "note")),
    Step("complete", "Record that it is complete", ("held",), "completed", "visit.plan",
         when=guards.is_private, effect=effects.complete, fields=("completed_on",)),
    # A slip of the hand is put right with its reason, and the ledger with it.
    Step("reopen", "Put right: it is still to come", ("held", "cancelled", "not_held"), "planned",
         "visit.plan", when=guards.is_spoken_of, guard=guards.may_be_put_right,
         effect=effects.reopen, fields=("reasons",)),
    # Of a private visit there is no reason to give: none may be written (E12).
    Step("reopen_only", "Put right: it is still to come",
         ("held", "completed", "cancelled", "not_held"), "planned", "visit.plan",
         when=guards.is_private, effect=effects.reopen),
)  # fmt: skip

VISIT: Final = Workflow(name="visit", see="visit.see", states=STATES, steps=STEPS)
