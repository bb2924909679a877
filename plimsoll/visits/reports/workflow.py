"""The process of a report, as a table (Q1, Q5)."""

from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.visits.diary.begun import INSIDE
from plimsoll.visits.models import Report
from plimsoll.visits.reports import effects, guards

STATES: Final = {
    "draft": State("Being written", waits_for="sip"),
    "checking": State("Waits to be checked", waits_for="po", tone="moving"),
    "returned": State("Returned to the author", waits_for="sip", tone="waiting"),
    "issued": State("With the school", waits_for="head", tone="waiting"),
    "commented": State("The school has commented", waits_for="sip", tone="waiting"),
    "disputed": State("Not accurate, says the school", waits_for="sip", tone="stopped"),
    "amending": State("Being amended", waits_for="sip", tone="moving"),
    "final": State("Final", closed=True, tone="done"),
}
WRITTEN: Final = ("draft", "returned", "amending")
ANSWERED: Final = ("commented", "disputed")

STEPS: Final = (
    Step("send", "Send to be checked", WRITTEN, "checking", "report.write",
         guard=guards.ready_to_send, effect=effects.send, see=INSIDE),
    Step("release", "Release to the school", ("checking",), "issued", "report.check",
         when=guards.first_time, guard=guards.not_own_writing, effect=effects.release),
    Step("release_amended", "Release as final", ("checking",), "final", "report.check",
         when=guards.amended, guard=guards.not_own_writing, effect=effects.release_amended),
    Step("send_back", "Return it with points", ("checking",), "returned", "report.check",
         guard=guards.not_own_writing, effect=effects.send_back, fields=("reasons",), see=INSIDE),

    # The school's reply (Q5).
    Step("reply_accurate", "The report is accurate", ("issued",), "final", "report.reply",
         guard=guards.not_ones_own, effect=effects.reply_accurate, optional=("text",)),
    Step("reply_with_comments", "Accurate, with comments", ("issued",), "commented",
         "report.reply", guard=guards.not_ones_own, effect=effects.reply_with_comments,
         fields=("comments",), optional=("text",)),
    Step("reply_not_accurate", "The report is not accurate", ("issued",), "disputed",
         "report.reply", guard=guards.not_ones_own, effect=effects.reply_not_accurate,
         fields=("comments",), optional=("text",)),

    # What is made of it: amended, or both sides stay on record. Neither blocks the final report.
    Step("amend", "Amend the report", ANSWERED, "amending", "report.write",
         effect=effects.amend, fields=("answers",)),
    Step("let_stand", "Let the report stand", ANSWERED, "final", "report.write",
         effect=effects.let_stand, fields=("disagreement",)),
    Step("close", "Make it final without a reply", ("issued",), "final", "report.write",
         guard=guards.reply_is_overdue, effect=effects.close, falls_due=True),
)  # fmt: skip

REPORT: Final = Workflow(name="report", see="report.see", states=STATES, steps=STEPS)


def may_be_written(report: Report) -> bool:
    """Nobody has it to check or to answer."""
    return report.state in WRITTEN
