"""Which of policy's facts are on record in a case, and what shows each (I2, I3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from plimsoll.framework.casework import Fact
from plimsoll.intervention.models import Case, Discussion, Finding, GoverningBodyPlan, Notice

HELD: Final = "The discussion was held"
REFUSED: Final = "The school declined the discussion, or did not answer"


@dataclass(frozen=True)
class Shown:
    """What shows a fact: in words, and since when."""

    what: str
    on: date


def shown(case: Case) -> Mapping[str, Shown]:
    """Every fact of policy that the case's records show, by its id: four queries."""
    findings = {one.fact: one for one in _standing(case)}
    given = {
        notice.kind: notice
        for notice in Notice.objects.filter(case=case, given_on__isnull=False).order_by("given_on")
    }
    talk = Discussion.objects.filter(case=case).order_by("-on", "-pk").first()
    plan = GoverningBodyPlan.objects.filter(obligation__case=case, received_on__isnull=False)
    received = plan.order_by("received_on").first()
    found = {
        fact.id: _of(fact, case, findings, given, talk, received) for fact in case.policy.facts
    }
    return {fact: evidence for fact, evidence in found.items() if evidence}


def _standing(case: Case) -> list[Finding]:
    """The findings that nothing has withdrawn."""
    rows = Finding.objects.filter(case=case, withdraws=None, withdrawn_by=None)
    return list(rows.order_by("on", "pk"))


def _of(
    fact: Fact,
    case: Case,
    findings: Mapping[str, Finding],
    given: Mapping[str, Notice],
    talk: Discussion | None,
    plan: GoverningBodyPlan | None,
) -> Shown | None:
    match fact.shown_by:
        case "finding" | "statutory-ground":
            finding = findings.get(fact.id)
            return Shown(finding.text, finding.on) if finding else None
        case "discussion":
            if talk is None:
                return None
            return Shown(HELD if talk.result == Discussion.Result.HELD else REFUSED, talk.on)
        case "notice":
            notice = given.get(fact.notice or "")
            return Shown(notice.type.label, _given(notice)) if notice else None
        case "plan":
            return Shown("The plan", plan.received_on) if plan and plan.received_on else None
        case "no-block":
            if case.blocked_since:
                return None
            return Shown("No notice of the Secretary of State is on record", case.opened_on)


def _given(notice: Notice) -> date:
    assert notice.given_on is not None
    return notice.given_on


def missing(case: Case, requires: tuple[str, ...]) -> list[Fact]:
    """What a step demands and the case does not show, in the step's order."""
    there = shown(case)
    return [case.policy.fact(fact) for fact in requires if fact not in there]
