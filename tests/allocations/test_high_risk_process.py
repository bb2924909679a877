"""The high-risk mark: step x state x role, by hand (S10)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from plimsoll.allocations import actions
from plimsoll.allocations.models import HighRisk
from plimsoll.allocations.workflow import HIGH_RISK
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from tests.allocations import steps
from tests.cast import NOW, Cast

SIP, HEAD, PO, DIRECTOR = "sadia", "helen", "priya", "dorothy"


def take(mark: HighRisk, step: str, by: User, **data: Any) -> HighRisk:
    return HIGH_RISK.take(mark, step, by=by, at=NOW, **(data or {"reasons": "As we discussed."}))


def marked(cast: Cast) -> HighRisk:
    return actions.mark_high_risk(
        case=steps.agreed(cast, band="C"),
        reason="Two leaders have left.",
        review_on=date(2026, 12, 1),
        by=cast.sadia,
        at=NOW,
    )


def disputed(cast: Cast) -> HighRisk:
    return take(marked(cast), "dispute", cast.helen)


def answered(cast: Cast) -> HighRisk:
    return take(disputed(cast), "uphold", cast.priya)


def disputed_finally(cast: Cast) -> HighRisk:
    return take(answered(cast), "take_further", cast.helen)


def upheld(cast: Cast) -> HighRisk:
    return take(disputed_finally(cast), "uphold_finally", cast.dorothy)


def lifted(cast: Cast) -> HighRisk:
    return take(marked(cast), "lift", cast.sadia)


OFFERED: dict[str, tuple[Callable[[Cast], HighRisk], dict[str, set[str]]]] = {
    "marked": (marked, {"dispute": {HEAD}, "lift": {SIP}}),
    "disputed": (disputed, {"uphold": {PO, DIRECTOR}, "overturn": {PO, DIRECTOR}}),
    "disputed, last tier": (
        disputed_finally,
        {"uphold_finally": {PO, DIRECTOR}, "overturn": {PO, DIRECTOR}},
    ),
    "answered": (answered, {"take_further": {HEAD}, "lift": {SIP}}),
    "upheld": (upheld, {"lift": {SIP}}),
    "lifted": (lifted, {}),
}


@pytest.mark.parametrize("state", OFFERED)
def test_S10_each_step_is_offered_to_whom_it_belongs_and_refused_to_all_others(
    cast: Cast, state: str
) -> None:
    reach, expected = OFFERED[state]
    mark = reach(cast)
    assert mark.state == state.split(",")[0]
    for name, person in cast.everyone.items():
        offered = {offer.step.name for offer in HIGH_RISK.offers(mark, by=person, at=NOW)}
        assert offered == {step for step, who in expected.items() if name in who}, name
        for step in HIGH_RISK.steps:
            if step.name not in offered:
                with pytest.raises(Refused):
                    take(mark, step.name, person)


@pytest.mark.parametrize(
    ("reach", "wrong"), [(disputed, DIRECTOR), (disputed_finally, PO)], ids=["first", "last"]
)
def test_S10_only_the_role_of_the_tier_decides(
    cast: Cast, reach: Callable[[Cast], HighRisk], wrong: str
) -> None:
    mark = reach(cast)
    blocked = [offer.blocked for offer in HIGH_RISK.offers(mark, by=cast.everyone[wrong], at=NOW)]
    assert blocked
    assert all(reason.startswith("This waits for the") for reason in blocked)
