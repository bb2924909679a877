"""Which of policy's facts are on record in a case, and what shows each (I2, I3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from plimsoll.framework.casework import Fact
from plimsoll.framework.model import Edition
from plimsoll.intervention.models import (
    Case,
    Delivery,
    Discussion,
    Finding,
    GoverningBodyPlan,
    Notice,
    PowerInUse,
)

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


@dataclass(frozen=True)
class Records:
    """What is on record in a case, as far as a fact may rest on it."""

    case: Case
    findings: Mapping[str, list[Finding]]  # those that stand, the first one first
    given: Mapping[str, Notice]
    received: Mapping[int, date | None]  # by notice; nothing where somebody has it not
    talk: Discussion | None  # the first
    plan: GoverningBodyPlan | None
    power: PowerInUse | None

    @property
    def warning(self) -> Notice | None:
        """The warning notice that has effect; of two, the one that runs longer."""
        running = [each for each in self.given.values() if each.type.route and not each.ended_on]
        return max(running, key=lambda each: each.period_ends or date.min, default=None)

    @property
    def period_ends(self) -> date | None:
        """The last day of the compliance period of the warning notice that has effect."""
        return self.warning.period_ends if self.warning else None


def records(case: Case) -> Records:
    """Five queries, and one more once the school is eligible for intervention."""
    standing = Finding.objects.filter(case=case, withdraws=None, withdrawn_by=None)
    given = Notice.objects.filter(case=case, given_on__isnull=False).order_by("given_on", "pk")
    plan = GoverningBodyPlan.objects.filter(obligation__case=case, received_on__isnull=False)
    return Records(
        case=case,
        findings=_by_fact(standing.order_by("on", "pk")),
        given={notice.kind: _of_case(notice, case) for notice in given},
        received=_received(case),
        talk=Discussion.objects.filter(case=case).order_by("on", "pk").first(),
        plan=plan.order_by("received_on").first(),
        power=_power(case) if case.eligible_since else None,
    )


def _power(case: Case) -> PowerInUse | None:
    """The first power of intervention that came into force."""
    used = PowerInUse.objects.filter(case=case, in_force_on__isnull=False)
    power = used.order_by("in_force_on", "pk").first()
    if power:
        power.case = case
    return power


def _by_fact(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.fact, []).append(finding)
    return found


def _received(case: Case) -> dict[int, date | None]:
    """On which day the last of those to whom the law has each notice given received it."""
    given: dict[int, list[date | None]] = {}
    rows = Delivery.objects.filter(notice__case=case, how="given", statutory=True)
    for notice, day in rows.values_list("notice_id", "given_on"):
        given.setdefault(notice, []).append(day)
    return {
        notice: max(day for day in days if day) if all(days) else None
        for notice, days in given.items()
    }


def _of_case(notice: Notice, case: Case) -> Notice:
    notice.case = case
    return notice


def shown(case: Case) -> Mapping[str, Shown]:
    """Every fact of policy that the case's records show, by its id."""
    held = records(case)
    found = {fact.id: _shows(fact, held) for fact in case.policy.facts}
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


def discussion_owed(case: Case) -> bool:
    """A notice went out urgently, and the discussion is still to come as soon as practicable."""
    return case.urgent_on is not None and not case.discussions.exists()
