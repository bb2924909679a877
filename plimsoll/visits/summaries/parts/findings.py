"""Main findings: the first sentence of each tagged passage of what the school was sent."""

import re
from typing import Final

from plimsoll.visits.models import Passage
from plimsoll.visits.summaries.parts.told import Told
from plimsoll.visits.summaries.records import Records

SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=\S)")


def told(records: Records) -> Told:
    """One line a finding. The words are drafted: a person may write others in their place."""
    tagged = [
        each
        for each in records.passages
        if _is_finding(each) and records.in_term(each.report.visit.held_on)
    ]
    lines = [_line(each) for each in sorted(tagged, key=_place)]
    if lines:
        return Told(words="\n".join(lines))
    arrived = any(
        each.issued_at and records.in_term(each.visit.held_on) for each in records.reports
    )
    said = (
        "The reports of this term name no main finding."
        if arrived
        else "No report of a visit of this term has reached the school yet."
    )
    return Told(missing=said, wanted=arrived)


def _is_finding(passage: Passage) -> bool:
    """Tagged, and under a section that policy counts as findings: a purpose is none."""
    tagged = passage.criteria or passage.priorities
    return bool(tagged) and passage.report.policy.section(passage.section).finding


def _line(passage: Passage) -> str:
    label = passage.report.policy.section(passage.section).label
    return f"{label}: {first_sentence(passage.text)}"


def first_sentence(text: str) -> str:
    return SENTENCE.split(" ".join(text.split()), maxsplit=1)[0]


def _place(passage: Passage) -> tuple[object, int]:
    """By visit, then as the policy orders the sections."""
    visit = passage.report.visit
    sections = visit.type.sections
    place = sections.index(passage.section) if passage.section in sections else len(sections)
    return visit.held_on, place
