"""Whom a power is consulted on, computed from the school, and how far that has come (I9)."""

from dataclasses import dataclass

from plimsoll.intervention.models import Case, Consultation, PowerInUse
from plimsoll.intervention.notices.reach import facts
from plimsoll.intervention.recipients import Reached, reached_by


@dataclass(frozen=True)
class Consultee:
    """Somebody to be consulted, why, and the last that is on record of it."""

    who: Reached
    last: Consultation | None

    @property
    def done(self) -> bool:
        """Asked, and answered or waited for long enough."""
        return self.last is not None and bool(self.last.answered_on or self.last.not_awaited)

    @property
    def lacks(self) -> str:
        """What is still to be done, in words, where the law demands it."""
        if self.done or not self.who.statutory:
            return ""
        if self.last is None:
            return f"{self.who.label}: not asked yet"
        return f"{self.who.label}: no answer, and no reason why it is not awaited"


def consultees(use: PowerInUse) -> list[Consultee]:
    """In policy's order: by law, and those whom it is good practice to ask."""
    asked = {row.label: row for row in use.consultations.order_by("pk")}
    found = reached_by(use.rule.consult, use.case.policy, facts(use.case))
    return [Consultee(each, asked.get(each.label)) for each in found]


def notified(use: PowerInUse) -> list[Reached]:
    """Who receives the written notice, and who copies of it."""
    return reached_by(use.rule.notice, use.case.policy, facts(use.case))


def proposed_to(case: Case, power_id: str) -> list[Reached]:
    """Whom a power that is not proposed yet would be consulted on."""
    rule = next(each for each in case.policy.powers if each.id == power_id)
    return reached_by(rule.consult, case.policy, facts(case))
