"""Offers to and fro, until both sign; and what each side may see meanwhile (S2, S4, S8)."""

from datetime import timedelta

import pytest

from plimsoll.allocations import actions, queries
from plimsoll.allocations.actions import View
from plimsoll.allocations.models import Allocation, Side
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused, Stale
from plimsoll.documents.models import Document
from tests.allocations import steps
from tests.allocations.steps import WHY, take
from tests.cast import NOW, Cast


def test_S2_agreed_at_the_first_offer_is_signed_by_both(cast: Cast) -> None:
    case = take(steps.with_school(cast), "agree", cast.helen)
    assert (case.state, case.band) == ("agreed", "B")
    signed = case.signatures.order_by("signed_at")
    assert [(each.side, each.signed_by_name, each.capacity) for each in signed] == [
        ("service", "Sadia Rahman", "sip"),
        ("school", "Helen Marsh", "head"),
    ]


def test_S2_offers_pass_to_and_fro_until_one_is_accepted(cast: Cast) -> None:
    case = steps.with_school(cast, band="C")
    case = take(case, "counter", cast.helen, band="A", reasons="Our outcomes are high.")
    case = take(case, "offer_again", cast.sadia, band="B", reasons="Attendance is still low.")
    case = take(case, "agree", cast.helen)
    offers = case.offers.order_by("pk")
    assert [(each.side, each.band) for each in offers] == [
        ("service", "C"),
        ("school", "A"),
        ("service", "B"),
    ]
    assert case.band == "B"


def test_S2_the_service_may_accept_the_schools_offer(cast: Cast) -> None:
    case = take(steps.with_school(cast), "counter", cast.helen, band="A", reasons="We are strong.")
    case = take(case, "accept", cast.sadia)
    assert (case.state, case.band, case.signatures.count()) == ("agreed", "A", 2)


def test_S2_reached_face_to_face_is_recorded_by_one_and_confirmed_by_the_other(
    cast: Cast,
) -> None:
    case = steps.with_school(cast)
    case = take(
        case, "record_by_service", cast.sadia, band="C", reasons="We met.", met_on=NOW.date()
    )
    assert case.band == ""
    with pytest.raises(Refused):
        take(case, "confirm_by_service", cast.sadia)
    case = take(case, "confirm_by_school", cast.helen)
    assert (case.state, case.band) == ("agreed", "C")


def test_S2_a_meeting_in_the_future_cannot_be_recorded(cast: Cast) -> None:
    case = steps.with_school(cast)
    tomorrow = (NOW + timedelta(days=1)).date()
    with pytest.raises(Refused, match="future"):
        take(case, "record_by_school", cast.helen, band="B", reasons="We met.", met_on=tomorrow)
    assert Allocation.objects.get(pk=case.pk).state == "with_school"


@pytest.mark.parametrize("reasons", ["", "   "])
def test_S8_no_proposal_without_reasons(cast: Cast, reasons: str) -> None:
    case = take(steps.opened(cast), "start", cast.sadia)
    steps.views_of(case, by=cast.sadia, side=Side.SERVICE)
    with pytest.raises(Refused, match="needs the reasons"):
        take(case, "propose", cast.sadia, band="B", reasons=reasons)
    assert not case.offers.exists()


def test_S8_no_proposal_without_a_view_on_what_is_decisive(cast: Cast) -> None:
    case = take(steps.opened(cast), "start", cast.sadia)
    with pytest.raises(Refused, match="Safeguarding"):
        take(case, "propose", cast.sadia, band="B", reasons=WHY)


def test_S8_a_band_that_the_framework_does_not_have_is_refused(cast: Cast) -> None:
    case = steps.with_school(cast)
    with pytest.raises(Refused, match="no such band"):
        take(case, "counter", cast.helen, band="Z", reasons="Why not?")
    assert Allocation.objects.get(pk=case.pk).state == "with_school"


def test_S8_a_descriptor_counts_for_each_band_in_which_it_stands(cast: Cast) -> None:
    case = take(steps.opened(cast), "start", cast.sadia)
    policy = case.policy
    shared = next(each for each in policy.descriptors if each.bands == ("A", "B", "C"))
    views = {shared.criterion: View(shared.id, "As we saw.")}
    sheet = actions.save_views(
        case=case,
        side=Side.SERVICE,
        views=views,
        version=0,
        submit=False,
        by=cast.sadia,
        at=NOW,
    )
    label = policy.criterion(shared.criterion).label
    assert queries.spread(policy, sheet).bands == [
        ("A", [label]),
        ("B", [label]),
        ("C", [label]),
        ("D", []),
    ]


def test_S4_the_school_hears_nothing_before_moderation_has_released_it(cast: Cast) -> None:
    case = steps.in_moderation(cast)
    sheets = queries.sheets_of(case)
    assert queries.side_of(cast.helen, case) == Side.SCHOOL
    assert queries.offers_seen(case, Side.SCHOOL, sheets) == []
    assert queries.sheets_seen(case, Side.SCHOOL, sheets) == {}
    assert queries.state_label(case, Side.SCHOOL) == "Being prepared by the service"
    assert not Message.objects.filter(to=cast.helen.email).exists()
    hidden = {"allocation.propose", "allocation.views-submitted"}
    from plimsoll.core import audit

    assert not hidden & {event.verb for event in audit.readable(cast.helen)}
    released = take(case, "release", cast.priya)
    seen = queries.offers_seen(released, Side.SCHOOL, sheets)
    assert [offer.band for offer in seen] == ["B"]
    assert Message.objects.filter(to=cast.helen.email).count() == 1


def test_S4_nobody_moderates_where_they_are_the_schools_own_partner(cast: Cast) -> None:
    from tests.cast import give

    case = steps.in_moderation(cast)
    give(cast.paul, "sip", cast.harbour_view)
    with pytest.raises(Refused, match="own School Improvement Partner"):
        take(case, "release", cast.paul)


def test_S2_a_second_click_does_nothing_twice(cast: Cast) -> None:
    case = steps.with_school(cast)
    take(case, "agree", cast.helen, version=case.version)
    with pytest.raises(Stale):
        take(case, "agree", cast.helen, version=case.version)
    with pytest.raises(Refused):
        take(case, "agree", cast.helen)
    assert case.signatures.count() == 2
    assert Document.objects.about(case).count() == 2


def test_S2_a_step_refused_leaves_nothing_behind(cast: Cast) -> None:
    case = steps.with_school(cast)
    before = (Event.objects.count(), Message.objects.count(), case.offers.count())
    with pytest.raises(Refused):
        take(case, "counter", cast.helen, band="Z", reasons="Why not?")
    assert (Event.objects.count(), Message.objects.count(), case.offers.count()) == before


def test_S2_two_people_at_one_sheet_lose_nothing(cast: Cast) -> None:
    case = take(steps.opened(cast), "start", cast.sadia)
    criterion = case.policy.criteria[0]
    first, second = (
        {criterion.id: View("", text)} for text in ("What Sadia saw.", "What she wrote elsewhere.")
    )
    save = {"case": case, "side": Side.SERVICE, "submit": False, "by": cast.sadia, "at": NOW}
    actions.save_views(views=first, version=0, **save)
    with pytest.raises(Stale) as stale:
        actions.save_views(views=second, version=0, **save)
    kept = stale.value.current.views.get(criterion=criterion.id)  # type: ignore[attr-defined]
    assert kept.text == "What Sadia saw."


def test_F1_a_case_keeps_the_edition_it_was_opened_under(cast: Cast) -> None:
    case = steps.opened(cast)
    assert case.edition == "harbourside/2026-27"
    assert case.policy.year == "2026-27"
    assert case.cycle.edition_digest == case.policy.digest
