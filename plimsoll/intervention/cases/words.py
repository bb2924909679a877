"""What happened in a case, in words."""

from collections.abc import Iterable
from typing import Final

from plimsoll.framework.casework import Ladder
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


def title(verb: str, ladders: Iterable[Ladder]) -> str:
    """An event in words: what happened, or the step's own label, of the first ladder with it."""
    steps: dict[str, str] = {}
    for rung in (each for ladder in ladders for each in every(ladder)):
        steps.setdefault(f"concern.{rung.id}", rung.label)
    return EVENTS.get(verb) or steps.get(verb) or verb
