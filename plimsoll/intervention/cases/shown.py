"""Which of policy's facts are on record in a case, and what shows each (I2, I3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from plimsoll.framework.casework import Fact
from plimsoll.framework.model import Edition
from plimsoll.intervention.cases.held import Records, records
from plimsoll.intervention.models import Case, Discussion, Finding

HELD: Final = "The discussion was held"
REFUSED: Final = "The school declined the discussion, or did not answer"
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Shown:
    """What shows a fact: in words, and since when; of statutory grounds, each with its day."""

    what: str
    on: date
    privileged: bool = False
    grounds: Mapping[str, date] = field(default_factory=dict)


def shown(case: Case) -> Mapping[str, Shown]:
    """Every fact of policy that the case's records show, by its id."""
    return shown_by(records(case))


def shown_by(held: Records) -> Mapping[str, Shown]:
    found = {fact.id: _shows(fact, held) for fact in held.case.policy.facts}
    return {fact: evidence for fact, evidence in found.items() if evidence}


def _shows(fact: Fact, held: Records) -> Shown | None:
    match fact.shown_by:
        case "finding" | "statutory-ground":
            return _found(fact, held)
        case "discussion" if held.talk:
            what = HELD if held.talk.result == Discussion.Result.HELD else REFUSED
            return Shown(what, held.talk.on)
        case "notice" if notice := held.given.get(fact.notice or ""):
            return Shown(notice.type.label, _day(notice.given_on))
        case "plan" if held.plan:
            return Shown("The plan", _day(held.plan.received_on))
        case "no-block" if not held.case.is_blocked:
            since = held.case.blocked_until or held.case.opened_on
            return Shown("No notice of the Secretary of State stands in the way", since)
        case "power" if held.power:
            return Shown(held.power.rule.label, _day(held.power.in_force_on))
        case "service":
            return _served(fact, held)
        case "period" if held.period_ends:
            return Shown("The period stated in the notice", held.period_ends + DAY)
    return None


def _found(fact: Fact, held: Records) -> Shown | None:
    """The first finding that counts, for nothing that came later makes it untrue."""
    counts = [each for each in held.findings.get(fact.id, ()) if _counts(fact, each, held)]
    if not counts:
        return None
    first = counts[0]
    grounds = {each.ground: each.on for each in reversed(counts) if each.ground}
    return Shown(first.text, first.on, first.privileged, grounds)


def _counts(fact: Fact, finding: Finding, held: Records) -> bool:
    """Of what a period must be over for, after it only; of what must be fresh, since the step."""
    if fact.after_period and (held.period_ends is None or finding.on <= held.period_ends):
        return False
    return not fact.afresh or finding.on >= held.case.stands_since


def _served(fact: Fact, held: Records) -> Shown | None:
    """That the notice was received, and while there was time to comply with it (s.60(1)(a))."""
    notice = held.given.get(fact.notice) if fact.notice else held.warning
    on = held.received.get(notice.pk) if notice else None
    if notice is None or on is None or (notice.period_ends and on > notice.period_ends):
        return None
    return Shown(f"Received: {notice.type.label}", on)


def _day(on: date | None) -> date:
    assert on is not None
    return on


def missing(
    policy: Edition, requires: tuple[str, ...], there: Mapping[str, Shown], today: date
) -> list[Fact]:
    """What a step demands and nothing shows by today, in the step's order."""
    facts = (policy.fact(fact) for fact in requires)
    return [fact for fact in facts if fact.id not in there or there[fact.id].on > today]
