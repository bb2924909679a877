"""U3: a call is logged in a minute from any page of the school, and put right by another."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from plimsoll.core.models import Event
from plimsoll.core.workflow import Refused
from plimsoll.desk import chronology
from plimsoll.visits.contacts import calls
from plimsoll.visits.contacts.calls import Said
from plimsoll.visits.models import Call
from tests.allocations import steps as allocation
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.markup import StrictClient
from tests.visits.steps import held, planned

LOG = "/visits/calls/900001/log/"
RECORD = "/schools/900001/contact-log/"
SAID = Said(on=TODAY, how="phone", spoke_to="head", about="Attendance of the new intake.")
ANSWERS = {
    "on_day": "5", "on_month": "10", "on_year": "2026", "how": "phone", "spoke_to": "head",
    "about": "Attendance of the new intake.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def logged(cast: Cast, **more: Any) -> Call:
    said = Said(**(vars(SAID) | more))
    return calls.log(school=cast.harbour_view, said=said, by=cast.sadia, at=NOW)


# --- one minute ------------------------------------------------------------------------


def test_U3_the_pages_of_an_allocation_a_visit_and_a_report_lead_to_the_log(
    cast: Cast, client: StrictClient
) -> None:
    case = allocation.agreed(cast, band="B")
    visit = held(case, cast.sadia)
    client.force_login(cast.sadia)
    for here in (
        f"/allocations/{case.pk}/",
        f"/visits/{visit.pk}/",
        f"/visits/reports/{visit.report.pk}/read/",
    ):
        page = client.get(here).content.decode()
        assert f'href="{LOG}?back={here}"' in page, here
        assert 'href="/visits/worries/raise/900001/' in page, here


@pytest.mark.parametrize("tab", ["", "evidence/", "contacts/", "contact-log/"])
def test_U3_any_page_of_the_school_leads_to_the_log_and_the_log_back_to_it(
    cast: Cast, client: StrictClient, tab: str
) -> None:
    client.force_login(cast.sadia)
    here = f"/schools/900001/{tab}"
    assert f'href="{LOG}?back={here}"' in client.get(here).content.decode()
    done = client.post(f"{LOG}?back={here}", ANSWERS)
    assert (done.status_code, done["Location"]) == (302, here)
    call = Call.objects.get()
    assert (call.on, call.how, call.spoke_to) == (date(2026, 10, 5), "phone", "head")
    assert (call.follow_up_on, call.logged_by_name) == (None, "Sadia Rahman")


def test_U3_there_are_five_fields_and_today_is_filled_in(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.sadia)
    page = client.get(LOG).content.decode()
    fields = re.findall(r'name="([a-z_]+)"', page)
    asked = {re.sub(r"_(day|month|year)$", "", name) for name in fields} - {"csrfmiddlewaretoken"}
    assert asked - {"viewport"} == {"on", "how", "spoke_to", "about", "follow_up_on"}
    assert re.search(r'name="on_day"[^>]*value="5"', page)
    assert re.search(r'name="on_year"[^>]*value="2026"', page)


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:0"])
def test_U3_nobody_is_led_to_another_site(cast: Cast, client: StrictClient, elsewhere: str) -> None:
    client.force_login(cast.sadia)
    assert client.post(f"{LOG}?back={elsewhere}", ANSWERS)["Location"] == RECORD


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"about": ""}, "Enter the about"),
        ({"on_day": "6"}, "Date must be 5 October 2026 or earlier"),
        ({"spoke_to": "nobody"}, "Choose one of the answers listed"),
        ({"follow_up_on_day": "5", "follow_up_on_month": "10", "follow_up_on_year": "2026"},
         "on a day after the contact"),
    ],
)  # fmt: skip
def test_U3_what_cannot_be_is_said_beside_the_form(
    cast: Cast, client: StrictClient, changed: dict[str, str], said: str
) -> None:
    client.force_login(cast.sadia)
    assert said in words(client.post(LOG, ANSWERS | changed).content.decode())
    assert not Call.objects.exists()


def test_U3_a_second_click_logs_nothing_twice(cast: Cast) -> None:
    assert logged(cast) == logged(cast)
    assert Event.objects.filter(verb="call.logged").count() == 1


# --- corrections -------------------------------------------------------------------------


def test_U3_a_mistake_is_put_right_by_another_entry_and_stays_readable(
    cast: Cast, client: StrictClient
) -> None:
    first = logged(cast)
    client.force_login(cast.priya)
    answers = ANSWERS | {"about": "Attendance in year 2."}
    client.post(f"/visits/calls/correct/{first.pk}/", answers)
    page = words(client.get(RECORD).content.decode())
    assert "Attendance in year 2." in page
    assert "Telephone: head Corrected Attendance of the new intake. What corrects it" in page
    assert calls.standing().get().corrects == first
    with pytest.raises(Refused, match="corrected already"):
        calls.correct(call=first, said=SAID, by=cast.sadia, at=NOW)


def test_U3_the_log_is_append_only(cast: Cast) -> None:
    call = logged(cast)
    call.about = "Nothing."
    with pytest.raises(DatabaseError), transaction.atomic():
        call.save()


def test_U3_a_call_is_to_follow_up_until_another_follows_it(
    cast: Cast, client: StrictClient
) -> None:
    first = logged(cast, follow_up_on=date(2026, 10, 12))
    assert list(calls.to_follow_up()) == [first]
    client.force_login(cast.sadia)
    follow = f"{LOG}?follows={first.pk}"
    assert "Attendance of the new intake." in client.get(follow).content.decode()
    client.post(follow, ANSWERS | {"about": "It is better."})
    assert list(calls.to_follow_up()) == []
    assert client.get(follow).status_code == 404


# --- who reads it ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sadia", "priya", "paul", "dorothy", "declan"])
def test_U3_the_service_reads_calls_and_visits_as_one_record_newest_first(
    cast: Cast, client: StrictClient, who: str
) -> None:
    case = allocation.agreed(cast, band="B")
    held(case, cast.sadia, on=date(2026, 9, 30))
    planned(case, cast.sadia, kind="contact", on=date(2026, 11, 3), days="0.5")
    logged(cast, on=date(2026, 9, 29), about="Before the visit.")
    logged(cast, on=date(2026, 10, 2), about="After the visit.")
    client.force_login(cast.everyone[who])
    page = words(client.get(RECORD).content.decode())
    found = [page.index(said) for said in (
        "Next: Termly contact", "After the visit.", "Core visit, in person Held",
        "Before the visit.",
    )]  # fmt: skip
    assert found == sorted(found)


@pytest.mark.parametrize(
    "who", ["helen", "chloe", "henry", "sam", "lena", "pat", "olu", "ada", "dan", "nobody"]
)
def test_U3_S7_nobody_else_learns_that_there_was_a_call(
    cast: Cast, client: StrictClient, who: str
) -> None:
    call = logged(cast)
    person = cast.everyone[who]
    client.force_login(person)
    assert "Attendance of the new" not in client.get(RECORD).content.decode()
    assert client.get(LOG).status_code in (403, 404)
    assert client.get(f"/visits/calls/correct/{call.pk}/").status_code in (403, 404)
    assert not chronology.of_school(person, 900001).filter(verb__startswith="call.").exists()
    assert "Log a call" not in client.get("/schools/900001/").content.decode()


def test_U3_a_visit_whose_day_is_over_is_no_next_contact(cast: Cast, client: StrictClient) -> None:
    planned(allocation.agreed(cast), cast.sadia, on=date(2026, 10, 2))
    client.force_login(cast.sadia)
    page = words(client.get(RECORD).content.decode())
    assert "No visit is in the diary." in page
    assert "2 October 2026 Core visit, in person Nobody has said how it went" in page


def test_U3_the_history_says_that_there_was_a_call_and_not_what_was_said(
    cast: Cast, client: StrictClient
) -> None:
    logged(cast)
    client.force_login(cast.priya)
    page = client.get("/schools/900001/history/?kind=call").content.decode()
    assert "A call logged" in page
    assert "Attendance" not in words(page)
    assert Event.objects.get(verb="call.logged").after == {"on": "2026-10-05"}


@pytest.mark.parametrize("many", [1, 25])
def test_U3_the_record_costs_the_same_with_many_contacts(
    cast: Cast, client: StrictClient, many: int
) -> None:
    held(allocation.agreed(cast, band="B"), cast.sadia)
    for number in range(many):
        logged(cast, about=f"Number {number}.")
    client.force_login(cast.sadia)
    client.get(RECORD)
    with CaptureQueriesContext(connection) as queries:
        client.get(RECORD)
    assert len(queries) == 17, [query["sql"] for query in queries]


def test_U3_log_and_record_are_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    first = logged(cast, follow_up_on=date(2026, 10, 12))
    calls.correct(call=first, said=SAID, by=cast.sadia, at=NOW)
    sign_in(page, cast.sadia)
    for address in (LOG, RECORD):
        page.goto(address)
        assert_accessible(page)
