"""What a head could read out of Plimsoll before a proposal is released (S4, S7)."""

import re
from datetime import timedelta

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation, Side
from plimsoll.allocations.workflow import HIGH_RISK
from plimsoll.core.models import Event, Message
from tests.allocations import steps
from tests.allocations.steps import take
from tests.cast import NOW, Cast
from tests.markup import StrictClient

LATER = NOW + timedelta(days=3)
SENT_BACK = "Too harsh: the sample of books was small."


def sent_back(cast: Cast) -> Allocation:
    """Proposed as C, sent back in moderation, proposed again as B."""
    case = steps.in_moderation(cast, band="C")
    case = take(case, "send_back", cast.priya, reasons=SENT_BACK)
    return take(case, "propose", cast.sadia, at=LATER, band="B", reasons="On second thoughts.")


def test_S4_a_proposal_that_moderation_sent_back_is_never_heard(
    cast: Cast, client: StrictClient
) -> None:
    case = take(sent_back(cast), "release", cast.priya, at=LATER)
    steps.views_of(case, by=cast.helen, side=Side.SCHOOL)
    client.force_login(cast.helen)
    page = client.get(f"/allocations/{case.pk}/").content.decode()
    assert "On second thoughts." in page
    assert steps.WHY not in page
    assert SENT_BACK not in page
    client.force_login(cast.sadia)
    assert steps.WHY in client.get(f"/allocations/{case.pk}/").content.decode()


def test_S4_a_later_proposal_stands_beside_the_first_one_heard(
    cast: Cast, client: StrictClient
) -> None:
    case = take(sent_back(cast), "release", cast.priya, at=LATER)
    steps.views_of(case, by=cast.helen, side=Side.SCHOOL)
    case = take(case, "counter", cast.helen, at=LATER, band="A", reasons="We have moved on.")
    case = take(case, "offer_again", cast.sadia, at=LATER, band="B", reasons="We stand by it.")
    client.force_login(cast.helen)
    page = client.get(f"/allocations/{case.pk}/").content.decode()
    for heard in ("On second thoughts.", "We have moved on.", "We stand by it."):
        assert heard in page
    assert steps.WHY not in page


def test_S10_a_mark_lifted_before_the_release_leaves_no_trace_for_the_head(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.in_moderation(cast, band="C")
    mark = actions.mark_high_risk(
        case=case, reason="Attendance.", review_on=LATER.date(), by=cast.sadia, at=NOW
    )
    HIGH_RISK.take(mark, "lift", by=cast.sadia, at=NOW, reasons="Attendance is up.")
    assert not Message.objects.filter(to=cast.helen.email).exists()
    client.force_login(cast.helen)
    for address in (
        f"/allocations/{case.pk}/",
        "/allocations/held/900001/",
        "/allocations/held/900001/download/",
        "/schools/900001/",
        "/schools/900001/history/",
        "/",
    ):
        page = client.get(address).content.decode()
        assert "Lift" not in page, address
        assert "lift" not in page, address
        assert "igh risk" not in page, address


def test_S10_a_mark_lifted_after_the_release_is_told(cast: Cast) -> None:
    case = steps.with_school(cast, band="C")
    mark = actions.mark_high_risk(
        case=case, reason="Attendance.", review_on=LATER.date(), by=cast.sadia, at=NOW
    )
    HIGH_RISK.take(mark, "lift", by=cast.sadia, at=NOW, reasons="Attendance is up.")
    assert Event.objects.get(verb="high-risk.lift").permission == "allocation.see"
    assert Message.objects.filter(to=cast.helen.email, key__startswith="decided:").exists()


def test_S4_a_head_cannot_read_off_the_day_when_a_proposal_was_made(
    cast: Cast, client: StrictClient
) -> None:
    """A state that looks the same must look the same in its date too."""
    case = take(steps.opened(cast), "start", cast.sadia)
    client.force_login(cast.helen)
    before = _since(client)
    steps.views_of(case, by=cast.sadia, side=Side.SERVICE)
    take(case, "propose", cast.sadia, at=LATER, band="C", reasons=steps.WHY)
    assert _since(client) == before


def _since(client: StrictClient) -> list[str]:
    page = client.get("/schools/900001/").content.decode()
    return re.findall(r"eing prepared by the service[^<]*", page)


def test_S4_a_head_cannot_count_what_happens_in_moderation(
    cast: Cast, client: StrictClient
) -> None:
    """An academy may decline meanwhile: its form says nothing, and is never late for that."""
    case = take(steps.opened(cast, cast.dock_road), "start", cast.sadia)
    client.force_login(cast.henry)
    address = f"/allocations/{case.pk}/decline/"
    before = _version(client, address)
    steps.views_of(case, by=cast.sadia, side=Side.SERVICE)
    take(case, "propose", cast.sadia, band="C", reasons=steps.WHY)
    assert _version(client, address) == before
    answer = client.post(address, {"version": before, "reasons": "Our trust has its own."})
    assert answer.status_code == 302
    assert Allocation.objects.get(pk=case.pk).state == "declined"


def _version(client: StrictClient, address: str) -> str:
    page = client.get(address).content.decode()
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found, page
    return found[1]


def test_S4_an_academy_that_comes_back_hears_nothing_of_what_is_prepared_anew(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.with_school(cast, cast.dock_road)
    case = take(case, "decline", cast.henry, reasons="Our trust has its own framework.")
    case = take(case, "rejoin", cast.sadia)
    take(case, "propose", cast.sadia, at=LATER, band="D", reasons="Much has happened.")
    client.force_login(cast.henry)
    page = client.get(f"/allocations/{case.pk}/").content.decode()
    assert "Much has happened." not in page
    assert "As we saw in class." in page  # the school's own views
    assert page.count("As we saw in class.") == len(
        [each for each in case.policy.criteria if each.applies_to("secondary")]
    )
