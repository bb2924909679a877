"""What happened in a case, in words."""

from typing import Final

from plimsoll.framework.model import Edition
from plimsoll.intervention.cases.rungs import every

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
}


def title(verb: str, policy: Edition) -> str:
    """An event in words: what happened, or the step's own label in this framework."""
    steps = {
        f"concern.{rung.id}": rung.label
        for ladder in policy.ladders.values()
        for rung in every(ladder)
    }
    return EVENTS.get(verb) or steps.get(verb) or verb
