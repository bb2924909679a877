"""What is to be done next in cases, and by whom: of any number of cases at once.

A ladder offers more than it asks for: most of what might come next never should. So a step is
ready only when nothing that it demands is missing, and something of that was put on record
since the case came to stand where it stands. What is lacking is asked for only where somebody
has begun to draft the step's notice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from plimsoll.allocations.cycle import bands_in_force
from plimsoll.framework.casework import Fact, Rung
from plimsoll.framework.model import Edition
from plimsoll.intervention import founded
from plimsoll.intervention.cases.findings import FOUND
from plimsoll.intervention.cases.held import records_of
from plimsoll.intervention.cases.rungs import OPENED
from plimsoll.intervention.cases.shown import Shown, missing, shown_by
from plimsoll.intervention.contents import gaps
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.notices.workflow import BEFORE
from plimsoll.intervention.steps.guards import barred
from plimsoll.intervention.steps.ladder import process_of


@dataclass(frozen=True)
class Due:
    """One thing that a case waits for, and the role that does it."""

    case: Case
    what: Literal["tell", "discuss", "find", "take"]
    role: str
    rung: Rung
    fact: Fact | None = None


def roles(policy: Edition) -> set[str]:
    """Whomever a case under this edition may wait for."""
    steps = {rung.by for ladder in policy.ladders.values() for rung in ladder.steps}
    return steps | {fact.by for fact in policy.facts if fact.by} | {policy.concern.keeper}


def next_in(cases: Sequence[Case], today: date) -> list[Due]:
    """What each of these open cases waits for, in a fixed number of queries."""
    held = records_of(cases)
    drafts = _drafts(cases)
    bands = bands_in_force([case.school_id for case in cases]) if cases else {}
    return [
        due
        for case in cases
        for due in _of_case(
            case,
            shown_by(held[case.pk]),
            drafts.get(case.pk, {}),
            bands.get(case.school_id, ""),
            today,
        )
    ]


def _of_case(
    case: Case, there: Mapping[str, Shown], drafts: Mapping[str, Notice], band: str, today: date
) -> Iterator[Due]:
    ahead = [
        rung for rung in case.steps.steps
        if _leads_there(case, rung) and (not rung.bands or band in rung.bands)
    ]  # fmt: skip
    if case.state == OPENED and not drafts:
        yield from (Due(case, "tell", rung.by, rung) for rung in ahead if rung.notice)
    for rung in ahead:
        yield from _asked(case, rung, there, drafts, today)
        if _is_ready(case, rung, there, drafts, today):
            yield Due(case, "take", rung.by, rung)
    if case.state != OPENED or case.urgent_on:
        yield from _discussion(case, ahead, there)


def _leads_there(case: Case, rung: Rung) -> bool:
    return case.state in process_of(case).step(rung.id).source


def _discussion(case: Case, ahead: list[Rung], there: Mapping[str, Shown]) -> Iterator[Due]:
    """It comes before whatever follows, and is owed since an urgent notice (I2)."""
    facts = [each for each in case.policy.facts if each.shown_by == "discussion"]
    for fact in facts:
        rung = next((each for each in ahead if fact.id in each.requires), None)
        if rung and fact.id not in there:
            yield Due(case, "discuss", fact.by or rung.by, rung, fact)


def _asked(
    case: Case,
    rung: Rung,
    there: Mapping[str, Shown],
    drafts: Mapping[str, Notice],
    today: date,
) -> Iterator[Due]:
    """What a person still has to find for a notice that is being drafted."""
    if rung.notice not in drafts:
        return
    for fact in missing(case.policy, rung.requires, there, today):
        if fact.shown_by in FOUND:
            keeper = rung.by if fact.privileged else case.policy.concern.keeper
            yield Due(case, "find", fact.by or keeper, rung, fact)


def _is_ready(
    case: Case,
    rung: Rung,
    there: Mapping[str, Shown],
    drafts: Mapping[str, Notice],
    today: date,
) -> bool:
    if barred(case, rung) or missing(case.policy, rung.requires, there, today):
        return False
    if rung.notice is None:
        return any(there[fact].on >= case.stands_since for fact in rung.requires)
    notice = drafts.get(rung.notice)
    if notice is None or notice.approved_at is None:
        return False
    return not (gaps(notice) or founded.doubt(notice, rung, there))


def _drafts(cases: Sequence[Case]) -> dict[int, dict[str, Notice]]:
    """The notices that are not given yet, by case and kind."""
    known = {case.pk: case for case in cases}
    found: dict[int, dict[str, Notice]] = {}
    for notice in Notice.objects.filter(case__in=known, state__in=BEFORE).order_by("pk"):
        notice.case = known[notice.case_id]
        found.setdefault(notice.case_id, {})[notice.kind] = notice
    return found
