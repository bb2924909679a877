"""S1, S4, S7: who hears by e-mail of what in a yearly allocation, by hand, under both policies."""

from collections.abc import Callable
from datetime import date

import pytest

from plimsoll.allocations import actions, next_steps
from plimsoll.allocations.models import Allocation, Side
from plimsoll.allocations.workflow import HIGH_RISK
from plimsoll.core.models import Message
from plimsoll.framework import editions
from plimsoll.schools.holdings import holders
from tests.allocations import steps
from tests.allocations.steps import take
from tests.cast import NOW, TODAY, Cast

HELEN, CHLOE, SADIA = "helen@example.org", "chloe@example.org", "sadia@example.org"
PRIYA, DOROTHY = "priya@example.org", "dorothy@example.org"
SCHOOL = {HELEN, CHLOE}
BOTH = {HELEN, CHLOE, SADIA}

# Of each message: the roles that policy names, beside the tier that an occasion names.
ROLES = {
    "moderation": {"po"},
    "returned": {"sip"},
    "proposal": {"head", "chair"},
    "counter-offer": {"sip"},
    "confirm": {"head", "chair"},
    "recorded-by-school": {"sip"},
    "reminder": {"head", "chair"},
    "challenged": {"head", "chair"},
    "challenged-by-school": {"sip"},
    "high-risk": {"head", "chair"},
    "review-asked": {"po", "sip"},
    "review-answered": {"head", "chair", "sip"},
    "referred": set(),
    "decided": {"head", "chair", "sip"},
    "agreed": {"head", "chair", "sip"},
    "provisional": {"head", "chair", "sip"},
    "informed": {"head", "chair", "sip"},
    "declined": {"head", "chair", "sip"},
    "handover": {"head"},
}


@pytest.mark.parametrize("edition", ["liverpool/2026-27", "northmoor/2026-27"])
@pytest.mark.parametrize("message", ROLES)
def test_S1_policy_names_who_hears_of_each_message(edition: str, message: str) -> None:
    assert set(editions.edition(edition).messages[message].to) == ROLES[message]


def _recorded(side: str) -> Callable[[Cast], object]:
    def record(cast: Cast) -> object:
        case = steps.with_school(cast)
        by = cast.helen if side == "school" else cast.sadia
        if side == "service":
            case = take(case, "counter", cast.helen, band="A", reasons="It is better.")
        met = {"band": "B", "reasons": "We met.", "met_on": TODAY}
        return take(case, f"record_by_{side}", by, **met)

    return record


def _challenged(side: Side) -> Callable[[Cast], object]:
    def challenge(cast: Cast) -> object:
        by = cast.helen if side == Side.SCHOOL else cast.sadia
        facts = {"figure": "absence.overall", "shown": "5.1", "text": "It is 4.8."}
        return actions.challenge_figure(
            case=steps.with_school(cast), side=side, by=by, at=NOW, **facts
        )

    return challenge


def _asked(cast: Cast) -> None:
    actions.ask_for_review(
        case=steps.agreed(cast), side=Side.SCHOOL, reasons="Look again.", by=cast.helen, at=NOW
    )


def _marked(cast: Cast, case: Allocation) -> object:
    return actions.mark_high_risk(
        case=case, reason="A fall.", review_on=date(2026, 12, 1), by=cast.sadia, at=NOW
    )


HEARD: dict[str, tuple[Callable[[Cast], object], str, set[str]]] = {
    "a proposal waits for moderation": (steps.in_moderation, "moderation", {PRIYA}),
    "moderation sends it back": (
        lambda cast: take(steps.in_moderation(cast), "send_back", cast.priya, reasons="Why?"),
        "returned",
        {SADIA},
    ),
    "moderation lets the school hear": (steps.with_school, "proposal", SCHOOL),
    "the school proposes another": (
        lambda cast: take(
            steps.with_school(cast), "counter", cast.helen, band="A", reasons="Better."
        ),
        "counter-offer",
        {SADIA},
    ),
    "the service recorded a meeting": (_recorded("service"), "confirm", SCHOOL),
    "the school recorded a meeting": (_recorded("school"), "recorded-by-school", {SADIA}),
    "the school challenges a figure": (_challenged(Side.SCHOOL), "challenged-by-school", {SADIA}),
    "the service challenges a figure": (_challenged(Side.SERVICE), "challenged", SCHOOL),
    "both agree, and both have the record": (steps.agreed, "agreed", BOTH),
    "a review is asked for": (_asked, "review-asked", {PRIYA, SADIA}),
    "the school is reminded": (steps.silent, "reminder", SCHOOL),
    "it is referred": (steps.referred, "referred", {PRIYA}),
    "it is decided": (steps.decided, "decided", BOTH),
    "it is referred further": (
        lambda cast: take(
            steps.decided(cast), "refer_further", cast.helen, reasons="The trend turned."
        ),
        "referred",
        {PRIYA, DOROTHY},
    ),
    "nobody answered": (steps.provisional, "provisional", BOTH),
}


@pytest.mark.parametrize("what", HEARD)
def test_S4_who_hears_of_it(cast: Cast, what: str) -> None:
    act, message, heard = HEARD[what]
    act(cast)
    rows = Message.objects.filter(key__startswith=f"{message}:")
    assert set(rows.values_list("to", flat=True)) == heard


def test_S7_a_school_that_has_not_heard_of_a_mark_is_not_told_of_its_end(cast: Cast) -> None:
    mark = _marked(cast, steps.in_moderation(cast, band="C"))
    HIGH_RISK.take(mark, "lift", by=cast.sadia, at=NOW, reasons="Not needed.")
    rows = Message.objects.filter(key__startswith="decided:")
    assert set(rows.values_list("to", flat=True)) == {SADIA}


def test_S4_a_step_says_before_it_is_taken_who_will_hear(cast: Cast) -> None:
    case = steps.with_school(cast)
    people = holders(case.school, ("head", "chair", "sip", "po", "doe", "dcs"), TODAY)
    assert set(next_steps.told(case, "agree", people)) == {
        "Helen Marsh (Headteacher or principal)",
        "Chloe Grant (Chair of governors)",
        "Sadia Rahman (School Improvement Partner)",
    }
    assert next_steps.told(case, "refer", people) == ["Priya Nair (Principal Officer)"]
    assert next_steps.told(case, "start", people) == []
