"""What happened in a case, in words."""

from collections.abc import Iterable
from typing import Final

from plimsoll.framework.casework import Ladder

EVENTS: Final = {
    "case.opened": "A case was opened",
    "case.found": "A finding was put on record",
    "case.withdrawn": "A finding was withdrawn",
    "case.discussed": "The discussion was put on record",
    "case.review-set": "The next review was set",
    "case.risk-stated": "The risk was stated",
    "case.blocked": "A notice of the Secretary of State bars the authority’s own",
    "case.unblocked": "The Secretary of State lets the authority give a notice again",
    "case.read": "Read",
    "case.hold-placed": "A legal hold was placed",
    "case.hold-lifted": "A legal hold was lifted",
    "decision.recorded": "A decision was put on record",
    "decision.superseded": "A decision was superseded by another",
    "decision.told": "The school was told of a decision",
    "power.proposed": "A power of intervention was proposed",
    "power.consulted": "A consultation on a power was put on record",
    "power.secretary": "What the Secretary of State was told of a power was put on record",
    "power.put_forward": "A power was put before the one who decides",
    "power.take_back": "A power was taken back to be added to",
    "power.decide": "A power of intervention was decided on",
    "power.put_in_force": "A power of intervention came into force",
    "power.copied": "Copies of the notice of a power were put on record",
    "power.end": "A power of intervention ended",
    "power.give_up": "A power of intervention was given up",
    "power.end_with_case": "A power of intervention ended with its case",
    "power.give_up_with_case": "A power of intervention was given up with its case",
    "power.barred": "The Secretary of State’s own intention bars powers of the authority",
    "power.unbarred": "The Secretary of State lets the authority use powers again",
    "power.period": "The compliance period of the Secretary of State’s notice was put on record",
    "notice.drafted": "A notice or letter was begun",
    "notice.saved": "A draft of a notice or letter was saved",
    "notice.send_to_review": "A notice was sent to its legal reviewer",
    "notice.send": "A notice or letter was sent for approval",
    "notice.find_sound": "A notice was found sound in law",
    "notice.review_back": "A notice was returned by its legal reviewer",
    "notice.approve": "A notice or letter was approved",
    "notice.send_back": "A notice or letter was returned with points",
    "notice.reopen": "A notice or letter was taken back to be changed",
    "notice.drop": "A draft of a notice or letter was given up",
    "notice.drop_with_case": "A draft of a notice or letter was given up with its case",
    "notice.give": "A notice or letter was given",
    "notice.end_removed": "A notice was removed",
    "notice.end_complied": "A notice ended: it was complied with",
    "notice.end_withdrawn": "A notice was withdrawn",
    "notice.end_superseded": "A notice was superseded",
    "notice.end_lapsed": "A notice ended with its case",
    "notice.recipient-added": "A recipient was added to a notice",
    "notice.recipient-removed": "A recipient was removed from a notice",
    "notice.fact-corrected": "A fact that makes somebody a recipient was put right",
    "notice.served": "How a notice reached a recipient was put on record",
    "bundle.prepared": "The file was begun for somebody",
    "bundle.left-out": "What the file leaves out was said",
    "bundle.blacked-out": "What the file blacks out was said",
    "bundle.make": "The file was made",
    "bundle.drop": "The file was given up before it was made",
    "bundle.taken": "The file was taken as a zip",
    "obligation.meet": "What was owed is met",
    "obligation.hand_in": "What was owed was handed in",
    "obligation.reopen": "What was owed is open again",
    "obligation.extend": "Another day was set for what is owed",
    "obligation.end_ended": "What was owed ended with its case",
    "obligation.end_superseded": "What was owed ended with a superseded notice",
    "governors-plan.saved": "The governing body’s plan was written in",
    "governors-plan.send": "The governing body’s plan was sent",
    "governors-plan.send_file": "The governing body’s plan was sent as a file",
    "governors-plan.receive": "The governing body’s plan came another way",
    "governors-plan.accept": "The governing body’s plan was accepted",
    "governors-plan.send_back": "The governing body’s plan was returned with points",
}


def title(verb: str, ladders: Iterable[Ladder]) -> str:
    """An event in words: what happened, or the step of the first ladder that has it, as taken."""
    steps: dict[str, str] = {}
    for rung in (each for ladder in ladders for each in ladder.rungs):
        steps.setdefault(f"concern.{rung.id}", rung.stands)
    return EVENTS.get(verb) or steps.get(verb) or verb
