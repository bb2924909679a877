"""The process of an allocation, as a table (S1 to S6, S10).

What the table cannot say stands beside it: `guards.py` says when a step is closed and why,
`effects.py` what a step writes besides the state.
"""

from typing import Final

from plimsoll.allocations import effects, guards, hearing
from plimsoll.core.workflow import State, Step, Workflow

STATES: Final = {
    "not_started": State("Not started", waits_for="sip"),
    "preparing": State("Being prepared by the service", waits_for="sip", tone="moving"),
    "moderation": State("Waiting for moderation", waits_for="po", tone="moving"),
    "with_school": State("With the school", waits_for="head", tone="waiting"),
    "with_service": State("With the service", waits_for="sip", tone="waiting"),
    "school_confirms": State(
        "Agreed face to face: the school confirms", waits_for="head", tone="waiting"
    ),
    "service_confirms": State(
        "Agreed face to face: the service confirms", waits_for="sip", tone="waiting"
    ),
    "referred": State("Disagreement referred", waits_for="tier", tone="stopped"),
    "decided": State("Decided: the school may take it further", waits_for="head", tone="waiting"),
    "provisional": State(
        "Provisional: the school has not answered", waits_for="head", tone="stopped"
    ),
    "agreed": State("Agreed by both", closed=True, tone="done"),
    "settled": State("Settled by decision", closed=True, tone="done"),
    "informed": State("Decided: the school has been informed", closed=True, tone="done"),
    "declined": State("Declined by the academy", closed=True),
    "reviewed": State("Opened again by an in-year review", closed=True),
}

OFFER: Final = ("band", "reasons")

STEPS: Final = (
    # The service prepares; nothing of it reaches the school before moderation is done.
    Step("start", "Start the allocation", ("not_started",), "preparing", "allocation.prepare",
         guard=guards.cycle_is_open),
    Step("propose", "Propose for moderation", ("preparing",), "moderation", "allocation.prepare",
         when=guards.moderated, guard=guards.views_are_ready, effect=effects.propose,
         fields=OFFER, see="allocation.inside"),
    Step("propose_at_once", "Propose to the school", ("preparing",), "with_school",
         "allocation.prepare", when=guards.not_moderated, guard=guards.views_are_ready,
         effect=effects.propose_to_school, fields=OFFER),
    Step("take_back", "Take the proposal back", ("moderation",), "preparing",
         "allocation.prepare", fields=("reasons",), effect=effects.say_why,
         see="allocation.inside"),
    Step("send_back", "Send back to the author", ("moderation",), "preparing",
         "allocation.moderate", guard=guards.not_own_partner, fields=("reasons",),
         effect=effects.send_back, see="allocation.inside"),
    Step("release", "Release to the school", ("moderation",), "with_school",
         "allocation.moderate", when=guards.negotiated, guard=guards.not_own_partner,
         effect=effects.let_school_hear),
    Step("inform", "Decide and inform the school", ("moderation",), "informed",
         "allocation.moderate", when=guards.school_is_informed, guard=guards.not_own_partner,
         effect=effects.inform),

    # Offers to and fro (S2).
    Step("agree", "Agree and sign", ("with_school",), "agreed", "allocation.answer",
         guard=guards.own_views_first, effect=effects.agree),
    Step("counter", "Propose another band", ("with_school",), "with_service",
         "allocation.answer", guard=guards.own_views_first, effect=effects.counter, fields=OFFER),
    Step("accept", "Accept the school's proposal and sign", ("with_service",), "agreed",
         "allocation.prepare", guard=guards.school_has_offered, effect=effects.agree),
    Step("offer_again", "Make another proposal", ("with_service",), "with_school",
         "allocation.prepare", effect=effects.propose_to_school, fields=OFFER),

    # Reached face to face: recorded by one side, confirmed by the other.
    Step("record_by_service", "Record an agreement reached face to face",
         ("with_school", "with_service"), "school_confirms", "allocation.prepare",
         when=guards.face_to_face, effect=effects.record_by_service, fields=(*OFFER, "met_on")),
    Step("record_by_school", "Record an agreement reached face to face",
         ("with_school", "with_service"), "service_confirms", "allocation.answer",
         when=guards.face_to_face, effect=effects.record_by_school, fields=(*OFFER, "met_on")),
    Step("confirm_by_school", "Confirm and sign", ("school_confirms",), "agreed",
         "allocation.answer", effect=effects.agree),
    Step("confirm_by_service", "Confirm and sign", ("service_confirms",), "agreed",
         "allocation.prepare", effect=effects.agree),
    Step("deny_by_school", "That is not what was agreed", ("school_confirms",), "with_service",
         "allocation.answer", effect=effects.deny_by_school, fields=("reasons",)),
    Step("deny_by_service", "That is not what was agreed", ("service_confirms",), "with_school",
         "allocation.prepare", effect=effects.deny_by_service, fields=("reasons",)),

    # Disagreement, tier by tier (S4, S5).
    Step("refer", "Disagree and refer", ("with_school",), "referred", "allocation.answer",
         guard=guards.own_views_first, effect=effects.refer_by_school, fields=("reasons",)),
    Step("refer_by_service", "Refer the disagreement", ("with_service",), "referred",
         "allocation.prepare", effect=effects.refer_by_service, fields=("reasons",)),
    Step("dispute_informed", "Ask for the decision to be reviewed", ("informed",), "referred",
         "allocation.answer", effect=effects.dispute_decision, fields=("reasons",)),
    Step("decide", "Decide the disagreement", ("referred",), "decided", "allocation.decide",
         when=guards.before_last_tier, guard=guards.may_decide, effect=effects.decide,
         fields=OFFER),
    Step("decide_finally", "Decide finally", ("referred",), "settled", "allocation.decide",
         when=guards.at_last_tier, guard=guards.may_decide, effect=effects.decide_finally,
         fields=OFFER),
    Step("accept_decision", "Accept the decision", ("decided",), "settled", "allocation.answer",
         effect=effects.settle),
    Step("refer_further", "Take it further", ("decided",), "referred", "allocation.answer",
         effect=effects.refer_further, fields=("reasons",)),
    Step("let_stand", "Let the decision stand", ("decided",), "settled", "allocation.provide",
         guard=guards.answer_is_overdue, effect=effects.settle),

    # A school that never answers gets a provisional band and is never shown as agreed.
    Step("provide", "Set a provisional band", ("with_school", "school_confirms"), "provisional",
         "allocation.provide", guard=guards.silent_long_enough, effect=effects.provide,
         fields=OFFER),
    Step("agree_provisional", "Agree and sign", ("provisional",), "agreed", "allocation.answer",
         effect=effects.agree),
    Step("dispute_provisional", "Dispute the provisional band", ("provisional",), "referred",
         "allocation.answer", effect=effects.dispute_decision, fields=("reasons",)),

    # Academies take part by agreement. In moderation too: a step that went away then would
    # tell the school that a proposal is ready.
    Step("decline", "Decline to take part",
         ("not_started", "preparing", "moderation", "with_school", "school_confirms"), "declined",
         "allocation.answer", when=guards.may_decline, effect=effects.decline,
         fields=("reasons",)),
    Step("record_decline", "Record that the academy declines",
         ("not_started", "preparing", "with_school", "with_service", "school_confirms"),
         "declined", "allocation.prepare", when=guards.may_decline, effect=effects.decline,
         fields=("reasons",)),
    Step("rejoin", "The academy takes part after all", ("declined",), "preparing",
         "allocation.prepare", guard=guards.cycle_is_open, effect=effects.rejoin),

    # The band stands while a further round is prepared (S6, U4).
    Step("open_review", "Open an in-year review", ("agreed", "settled", "informed", "provisional"),
         "reviewed", "allocation.moderate", when=guards.reviews_in_year,
         guard=guards.review_was_asked, effect=effects.open_review, fields=("reasons",)),
)  # fmt: skip

ALLOCATION: Final = Workflow(name="allocation", see="allocation.see", states=STATES, steps=STEPS)

HIGH_RISK: Final = Workflow(
    name="high-risk",
    see="allocation.see",
    states={
        "marked": State("Marked as high risk"),
        "disputed": State("Disputed by the school", waits_for="tier"),
        "answered": State("Decided: the school may take it further", waits_for="head"),
        "upheld": State("Upheld"),
        "lifted": State("Lifted", closed=True),
    },
    steps=(
        Step("dispute", "Dispute the mark", ("marked",), "disputed", "allocation.answer",
             effect=effects.dispute_mark, fields=("reasons",)),
        Step("uphold", "Uphold the mark", ("disputed",), "answered", "allocation.decide",
             when=guards.mark_before_last_tier, guard=guards.may_decide_mark,
             effect=effects.uphold, fields=("reasons",)),
        Step("uphold_finally", "Uphold the mark finally", ("disputed",), "upheld",
             "allocation.decide", when=guards.mark_at_last_tier, guard=guards.may_decide_mark,
             effect=effects.uphold, fields=("reasons",)),
        Step("take_further", "Take it further", ("answered",), "disputed", "allocation.answer",
             effect=effects.take_mark_further, fields=("reasons",)),
        Step("overturn", "Lift the mark on dispute", ("disputed",), "lifted",
             "allocation.decide", guard=guards.may_decide_mark, effect=effects.lift,
             fields=("reasons",)),
        Step("lift", "Lift the mark", ("marked", "answered", "upheld"), "lifted",
             "allocation.prepare", effect=effects.lift, fields=("reasons",),
             see=hearing.reader_of_mark),
    ),
)  # fmt: skip
