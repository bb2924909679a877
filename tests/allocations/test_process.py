"""Step x state x role, by hand: who may do what, from where. Everything else is refused.

At Harbour View: Sadia is the SIP, Priya the Principal Officer for its phase, Dorothy the
Director, Helen the head. Paul is the Principal Officer for other phases; Henry heads another
school. Nobody else may take any step.
"""

from collections.abc import Callable

import pytest

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation, Side
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.workflow import Refused
from tests.allocations import steps
from tests.allocations.steps import take
from tests.cast import NOW, Cast

SIP, HEAD, PO, OTHER_PO, DIRECTOR = "sadia", "helen", "priya", "paul", "dorothy"


def with_service(cast: Cast) -> Allocation:
    case = steps.with_school(cast)
    return take(case, "counter", cast.helen, band="A", reasons="Our outcomes are above average.")


def school_confirms(cast: Cast) -> Allocation:
    case = steps.with_school(cast)
    return take(
        case, "record_by_service", cast.sadia, band="B", reasons="We met.", met_on=NOW.date()
    )


def service_confirms(cast: Cast) -> Allocation:
    case = steps.with_school(cast)
    return take(
        case, "record_by_school", cast.helen, band="B", reasons="We met.", met_on=NOW.date()
    )


def referred_finally(cast: Cast) -> Allocation:
    return take(steps.decided(cast), "refer_further", cast.helen, reasons="We still disagree.")


def settled(cast: Cast) -> Allocation:
    return take(steps.decided(cast), "accept_decision", cast.helen)


def reviewed(cast: Cast) -> Allocation:
    case = steps.agreed(cast)
    actions.ask_for_review(
        case=case, side=Side.SCHOOL, reasons="The head has left.", by=cast.helen, at=NOW
    )
    return take(case, "open_review", cast.priya, reasons="A change of head is a reason.")


def preparing(cast: Cast) -> Allocation:
    return take(steps.opened(cast), "start", cast.sadia)


# state -> (how to reach it, {step: who is offered it}); a step that is missing is nobody's.
OFFERED: dict[str, tuple[Callable[[Cast], Allocation], dict[str, set[str]]]] = {
    "not_started": (steps.opened, {"start": {SIP}}),
    "preparing": (preparing, {"propose": {SIP}}),
    "moderation": (
        steps.in_moderation,
        {"take_back": {SIP}, "send_back": {PO, OTHER_PO}, "release": {PO, OTHER_PO}},
    ),
    "with_school": (
        steps.with_school,
        {
            "agree": {HEAD},
            "counter": {HEAD},
            "refer": {HEAD},
            "record_by_service": {SIP},
            "record_by_school": {HEAD},
            "provide": {PO},
        },
    ),
    "with_service": (
        with_service,
        {
            "accept": {SIP},
            "offer_again": {SIP},
            "refer_by_service": {SIP},
            "record_by_service": {SIP},
            "record_by_school": {HEAD},
        },
    ),
    "school_confirms": (
        school_confirms,
        {"confirm_by_school": {HEAD}, "deny_by_school": {HEAD}, "provide": {PO}},
    ),
    "service_confirms": (
        service_confirms,
        {"confirm_by_service": {SIP}, "deny_by_service": {SIP}},
    ),
    "referred": (steps.referred, {"decide": {PO, DIRECTOR}}),
    "referred, last tier": (referred_finally, {"decide_finally": {PO, DIRECTOR}}),
    "decided": (
        steps.decided,
        {"accept_decision": {HEAD}, "refer_further": {HEAD}, "let_stand": {PO}},
    ),
    "provisional": (
        steps.provisional,
        {"agree_provisional": {HEAD}, "dispute_provisional": {HEAD}, "open_review": {PO, OTHER_PO}},
    ),
    "agreed": (steps.agreed, {"open_review": {PO, OTHER_PO}}),
    "settled": (settled, {"open_review": {PO, OTHER_PO}}),
    "reviewed": (reviewed, {}),
}


@pytest.mark.parametrize("state", OFFERED)
def test_S2_S4_S5_each_step_is_offered_to_whom_it_belongs_and_refused_to_all_others(
    cast: Cast, state: str
) -> None:
    reach, expected = OFFERED[state]
    case = reach(cast)
    assert case.state == state.split(",")[0]
    for name, person in cast.everyone.items():
        offered = {offer.step.name for offer in ALLOCATION.offers(case, by=person, at=NOW)}
        assert offered == {step for step, who in expected.items() if name in who}, name
        for step in ALLOCATION.steps:
            if step.name not in offered:
                with pytest.raises(Refused):
                    take(case, step.name, person)
    assert Allocation.objects.get(pk=case.pk).version == case.version


def test_S4_the_offer_to_decide_is_blocked_for_the_wrong_tier(cast: Cast) -> None:
    case = steps.referred(cast)
    told = {
        name: offer.blocked
        for name in (PO, DIRECTOR)
        for offer in ALLOCATION.offers(case, by=cast.everyone[name], at=NOW)
    }
    assert told == {PO: "", DIRECTOR: "This waits for the Principal Officer."}


def test_S1_an_academy_may_decline_and_a_maintained_school_may_not(cast: Cast) -> None:
    academy = steps.with_school(cast, cast.dock_road)
    maintained = academy.cycle.allocations.get(school=cast.harbour_view)
    assert "decline" in {o.step.name for o in ALLOCATION.offers(academy, by=cast.henry, at=NOW)}
    assert "decline" not in {
        o.step.name for o in ALLOCATION.offers(maintained, by=cast.helen, at=NOW)
    }
    declined = take(academy, "decline", cast.henry, reasons="Our trust has its own framework.")
    assert (declined.state, declined.band) == ("declined", "")
    again = take(declined, "rejoin", cast.sadia)
    assert (again.state, again.concluded_at) == ("preparing", None)
