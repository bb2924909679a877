"""The high-risk marks, with what this reader can do about each."""

from dataclasses import dataclass

from django.urls import reverse

from plimsoll.allocations.models import (
    Allocation,
    HighRisk,
)
from plimsoll.allocations.next_steps import Action
from plimsoll.allocations.page.reader import Reader
from plimsoll.allocations.workflow import HIGH_RISK


@dataclass(frozen=True)
class MarkCard:
    """A high-risk mark, with what this reader can do about it."""

    mark: HighRisk
    label: str
    state: str
    steps: list[Action]


def mark_card(case: Allocation, mark: HighRisk, who: Reader) -> MarkCard:
    key = case.band or case.proposed_band
    rule = case.policy.band(key).high_risk if key else None
    steps = [
        Action(
            offer.step.label,
            reverse("allocations:high-risk-step", args=[case.pk, mark.pk, offer.step.name]),
            offer.blocked,
        )
        for offer in HIGH_RISK.offers(mark, by=who.user, at=who.at)
    ]
    return MarkCard(mark, rule.label if rule else "high-risk", HIGH_RISK.state(mark).label, steps)
