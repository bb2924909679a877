"""U1: an inspection call is logged, its outcome confidential until published, the band looked
at after it."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page

from plimsoll.core.access import visible
from plimsoll.core.audit import readable
from plimsoll.core.models import Message
from plimsoll.core.workflow import Refused
from plimsoll.evidence.eras import Era, Kind, Status
from plimsoll.evidence.models import Inspection
from plimsoll.people.models import User
from plimsoll.visits.contacts import inspections
from plimsoll.visits.contacts.inspections import Coming
from plimsoll.visits.contacts.workflow import INSPECTION
from plimsoll.visits.models import InspectionCall
from tests.allocations import steps as allocation
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.markup import StrictClient

RECORD = "/schools/900001/contact-log/"
TUESDAY = date(2026, 10, 6)
OUTCOME = "Cormorants were seen, says the lead."
KNOWS = ["helen", "chloe", "sadia", "priya", "paul", "dorothy", "declan"]
OTHERS = ["henry", "sam", "lena", "pat", "olu", "ada", "dan", "nobody"]


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def called(cast: Cast, by: User | None = None) -> InspectionCall:
    coming = Coming(called_on=TODAY, starts_on=TUESDAY, lead="Ivo Rook")
    return inspections.log(school=cast.harbour_view, coming=coming, by=by or cast.helen, at=NOW)


def taken(call: InspectionCall, step: str, by: User, **data: Any) -> InspectionCall:
    return INSPECTION.take(call, step, by=by, at=NOW, **data)


def heard(cast: Cast) -> InspectionCall:
    return taken(called(cast), "hear", cast.sadia, heard_on=TODAY, outcome=OUTCOME)


def published(cast: Cast) -> InspectionCall:
    return taken(heard(cast), "publish", cast.sadia, published_on=TODAY)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# --- the call ----------------------------------------------------------------------------


def test_U1_the_head_logs_the_call_and_partner_officer_and_director_are_told(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.helen)
    assert "/visits/inspections/900001/log/" in client.get(RECORD).content.decode()
    answers = {
        "called_on_day": "5", "called_on_month": "10", "called_on_year": "2026",
        "starts_on_day": "6", "starts_on_month": "10", "starts_on_year": "2026",
    }  # fmt: skip
    page = client.post("/visits/inspections/900001/log/", answers, follow=True)
    assert "Inspectors have called" in words(page.content.decode())
    told = {message.to: message for message in Message.objects.all()}
    assert sorted(told) == ["dorothy@example.org", "priya@example.org", "sadia@example.org"]
    for message in told.values():
        assert message.subject == "Inspectors have called Harbour View Primary School"
        assert "from 6 October 2026" in message.body


def test_U1_a_second_click_logs_and_tells_nothing_twice(cast: Cast) -> None:
    assert called(cast) == called(cast, by=cast.sadia)
    assert Message.objects.count() == 3


@pytest.mark.parametrize("who", ["chloe", "declan", "dorothy", "henry", "sam", "olu", "pat"])
def test_U1_whoever_may_not_log_it_cannot(cast: Cast, client: StrictClient, who: str) -> None:
    with pytest.raises(Refused):
        called(cast, by=cast.everyone[who])
    client.force_login(cast.everyone[who])
    assert client.post("/visits/inspections/900001/log/").status_code in (403, 404)


# --- its outcome -------------------------------------------------------------------------


@pytest.mark.parametrize("who", KNOWS)
def test_U1_S7_the_outcome_is_read_by_the_school_and_the_service(
    cast: Cast, client: StrictClient, who: str
) -> None:
    call = heard(cast)
    client.force_login(cast.everyone[who])
    assert OUTCOME in words(client.get(f"/visits/inspections/{call.pk}/").content.decode())
    assert "Outcome heard, not published" in words(client.get(RECORD).content.decode())


@pytest.mark.parametrize("who", OTHERS)
def test_U1_S7_nobody_else_learns_of_it_anywhere(
    cast: Cast, client: StrictClient, who: str
) -> None:
    call, person = published(cast), cast.everyone[who]
    client.force_login(person)
    address = f"/visits/inspections/{call.pk}/"
    for page in (address, f"{address}hear/", f"{address}review/", RECORD):
        assert client.get(page).status_code in (403, 404)
    for page in ("/", "/schools/900001/", "/schools/900001/history/"):
        said = client.get(page).content.decode()
        assert "Cormorants" not in said
        assert "Inspectors have called" not in said
    assert not readable(person).filter(verb__startswith="inspection-call").exists()
    assert not visible(InspectionCall.objects.all(), person, "inspection.see").exists()


def test_U1_no_email_carries_the_outcome(cast: Cast) -> None:
    published(cast)
    assert not Message.objects.filter(body__contains="Cormorants").exists()


# --- after it ----------------------------------------------------------------------------


def test_U1_S6_after_publication_the_partner_says_whether_the_band_is_still_right(
    cast: Cast, client: StrictClient
) -> None:
    case = allocation.agreed(cast, band="B")
    call = published(cast)
    client.force_login(cast.sadia)
    address = f"/visits/inspections/{call.pk}/"
    assert "Say whether the allocation is still right" in client.get(address).content.decode()
    answers = {"version": call.version, "still_right": "no", "why": "Reading fell."}
    page = client.post(f"{address}review/", answers, follow=True).content.decode()
    assert "an in-year review is asked for. Reading fell." in words(page)
    assert f'href="/allocations/{case.pk}/review/"' in page
    call.refresh_from_db()
    assert (call.still_right, INSPECTION.state(call).label) == (False, "Published, and looked at")


@pytest.mark.parametrize("who", ["helen", "chloe", "priya", "dorothy", "declan"])
def test_U1_only_the_schools_partner_looks_at_the_band(
    cast: Cast, client: StrictClient, who: str
) -> None:
    call = published(cast)
    client.force_login(cast.everyone[who])
    assert client.get(f"/visits/inspections/{call.pk}/review/").status_code == 404


def test_U1_what_an_import_brings_is_linked_and_never_typed_in_twice(
    cast: Cast, client: StrictClient
) -> None:
    call = heard(cast)
    assert inspections.read_in(call) is None
    for starts in (date(2024, 3, 5), TUESDAY):
        Inspection.objects.create(
            urn=900001, starts=starts, published=date(2026, 10, 30), era=Era.REPORT_CARD,
            kind=Kind.GRADED, overall_status=Status.NOT_JUDGED, category_status=Status.NOT_JUDGED,
            safeguarding_status=Status.NOT_JUDGED,
        )  # fmt: skip
    assert inspections.read_in(call).starts == TUESDAY  # type: ignore[union-attr]
    assert list(inspections.published_unsaid()) == [call]
    client.force_login(cast.helen)
    page = client.get(f"/visits/inspections/{call.pk}/").content.decode()
    assert "The inspection of 6 October 2026 is published, 30 October 2026" in words(page)
    assert 'href="/schools/900001/evidence/#inspections"' in page


def test_U1_what_did_not_take_place_is_linked_to_no_later_inspection(cast: Cast) -> None:
    call = taken(called(cast), "stand_down", cast.helen, reasons="Put off to spring.")
    Inspection.objects.create(
        urn=900001, starts=TUESDAY, published=TUESDAY, era=Era.REPORT_CARD, kind=Kind.GRADED,
        overall_status=Status.NOT_JUDGED, category_status=Status.NOT_JUDGED,
        safeguarding_status=Status.NOT_JUDGED,
    )  # fmt: skip
    assert inspections.read_in(call) is None


def test_U1_a_slip_of_the_hand_is_put_right_with_its_reason(cast: Cast) -> None:
    call = taken(published(cast), "reopen", cast.sadia, reasons="Wrong school.")
    assert (call.outcome, call.heard_on, call.published_on) == ("", None, None)
    kept = readable(cast.helen).get(verb="inspection-call.hear").after
    assert kept["outcome"] == OUTCOME  # type: ignore[index]


def test_U1_the_pages_of_an_inspection_are_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    call = published(cast)
    sign_in(page, cast.sadia)
    address = f"/visits/inspections/{call.pk}/"
    for each in ("/visits/inspections/900001/log/", address, f"{address}review/", RECORD):
        page.goto(each)
        assert_accessible(page)
