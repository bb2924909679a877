"""U1: a liaison log per academy and per trust, and what RISE does with a school."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits.contacts import liaison, rise
from plimsoll.visits.contacts.liaison import About, Word
from plimsoll.visits.contacts.rise import Status
from plimsoll.visits.models import Liaison, Rise
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast, make_school
from tests.markup import StrictClient

RECORD = "/schools/900002/contact-log/"
TRUST = "/visits/trusts/90001/"
WORD = Word(on=TODAY, spoke_to="regulator", about="Herons on the growth plan.")
ANSWERS = {
    "on_day": "5", "on_month": "10", "on_year": "2026", "spoke_to": "regulator",
    "person": "Rhea Dale", "about": "Herons on the growth plan.",
    "next_on_day": "9", "next_on_month": "11", "next_on_year": "2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def said(by: User, of: About, **more: Any) -> Liaison:
    return liaison.log(about=of, word=Word(**(vars(WORD) | more)), by=by, at=NOW)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_U1_liaison_about_an_academy_is_logged_and_the_next_date_shown(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    assert "/visits/liaison/900002/log/" in client.get(RECORD).content.decode()
    page = words(client.post("/visits/liaison/900002/log/", ANSWERS, follow=True).content.decode())
    assert "DfE Regional Director’s office, Rhea Dale Herons on the growth plan." in page
    assert "Next: DfE Regional Director’s office on 9 November 2026" in page


def test_U1_liaison_about_a_trust_is_read_at_each_of_its_schools(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    assert f'href="{TRUST}"' in client.get(RECORD).content.decode()
    page = client.post(f"{TRUST}liaison/log/", ANSWERS, follow=True)
    assert "Herons on the growth plan." in words(page.content.decode())
    page = client.get(RECORD)
    assert "About Compass Learning Trust" in words(page.content.decode())
    assert "Herons on the growth plan." in page.content.decode()


def test_U1_S7_a_partner_reads_of_the_trust_and_not_of_its_other_schools(
    cast: Cast, client: StrictClient
) -> None:
    other = make_school(900010, "Pilot Point Academy", "34", "secondary", trust_uid=90001)
    said(cast.dorothy, About(school=other), about="Kittiwakes only.")
    said(cast.dorothy, About(school=cast.dock_road), about="Gannets here.")
    said(cast.dorothy, About(trust_uid=90001), about="Terns for all.")
    client.force_login(cast.sadia)
    page = words(client.get(TRUST).content.decode())
    assert "Gannets here." in page
    assert "Terns for all." in page
    assert "Kittiwakes" not in page
    assert "Pilot Point Academy Its log is kept by those who work with it." in page
    client.force_login(cast.paul)
    assert "Kittiwakes only." in client.get(TRUST).content.decode()


@pytest.mark.parametrize(
    "who", ["helen", "henry", "chloe", "sam", "lena", "pat", "olu", "ada", "dan", "nobody"]
)
def test_U1_S7_nobody_else_reads_or_logs_it(cast: Cast, client: StrictClient, who: str) -> None:
    row = said(cast.sadia, About(school=cast.dock_road))
    said(cast.sadia, About(trust_uid=90001))
    rise.record(
        school=cast.dock_road, status=Status(status="targeted", since=TODAY), by=cast.sadia, at=NOW
    )
    client.force_login(cast.everyone[who])
    correct = f"/visits/liaison/correct/{row.pk}/"
    for page in (TRUST, f"{TRUST}liaison/log/", "/visits/liaison/900002/log/", correct,
                 "/visits/rise/900002/record/"):  # fmt: skip
        assert client.get(page).status_code in (403, 404)
    for page in ("/", "/schools/900002/", "/schools/900002/history/", RECORD):
        shown = words(client.get(page).content.decode())
        assert "Herons" not in shown
        assert "RISE: Targeted" not in shown


def test_U1_who_may_log_about_one_school_cannot_log_about_another_trust(cast: Cast) -> None:
    with pytest.raises(Refused):
        said(cast.sam, About(trust_uid=90001))
    with pytest.raises(Refused):
        said(cast.sadia, About(school=cast.tidewater))


def test_U1_a_mistake_is_put_right_by_another_entry_and_stays_readable(
    cast: Cast, client: StrictClient
) -> None:
    first = said(cast.sadia, About(school=cast.dock_road), next_on=date(2026, 11, 9))
    client.force_login(cast.paul)
    answers = ANSWERS | {"about": "Puffins on it.", "next_on_day": "16"}
    client.post(f"/visits/liaison/correct/{first.pk}/", answers)
    page = words(client.get(RECORD).content.decode())
    assert "Corrected Herons on the growth plan. What corrects it" in page
    assert "Next: DfE Regional Director’s office on 16 November 2026" in page
    assert "9 November 2026" not in page
    first.about = "Nothing."
    with pytest.raises(DatabaseError), transaction.atomic():
        first.save()


def test_U1_a_later_word_with_the_same_body_takes_the_place_of_the_next_date(cast: Cast) -> None:
    about = About(school=cast.dock_road)
    said(cast.sadia, about, on=date(2026, 9, 28), next_on=date(2026, 10, 12))
    trust = said(cast.sadia, about, spoke_to="trust", next_on=date(2026, 12, 1))
    said(cast.sadia, about, on=TODAY)
    rows = liaison.of_school(cast.dock_road, cast.sadia)
    assert liaison.next_dates(rows) == [trust]


# --- RISE --------------------------------------------------------------------------------


def test_U1_what_RISE_does_is_shown_on_the_overview_and_its_history_kept(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    since = {"since_day": "1", "since_month": "9", "since_year": "2026"}
    client.post("/visits/rise/900002/record/", since | {"status": "universal"})
    answers = since | {"status": "targeted", "adviser": "Ivo Rook", "since_month": "10"}
    page = words(client.post("/visits/rise/900002/record/", answers, follow=True).content.decode())
    assert page.index("Targeted, since 1 October 2026, adviser Ivo Rook") < page.index(
        "Universal, since 1 September 2026"
    )
    overview = words(client.get("/schools/900002/").content.decode())
    assert "RISE: Targeted, since 1 October 2026, adviser Ivo Rook." in overview
    client.post("/visits/rise/900002/record/", answers)
    assert Rise.objects.count() == 2


@pytest.mark.parametrize("many", [1, 12])
def test_U1_pages_of_liaison_cost_the_same_with_many(
    cast: Cast, client: StrictClient, many: int
) -> None:
    for number in range(many):
        school = make_school(
            900100 + number, f"Pier {number} Academy", "34", "secondary", trust_uid=90001
        )
        said(cast.paul, About(school=school), about=f"Number {number}.")
        said(cast.paul, About(school=cast.dock_road), about=f"Number {number}.")
        said(cast.paul, About(trust_uid=90001), about=f"Number {number}.")
    client.force_login(cast.sadia)
    for address, expected in ((TRUST, 9), (RECORD, 20)):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) == expected, [query["sql"] for query in queries]


def test_U1_the_pages_of_liaison_are_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    said(cast.sadia, About(school=cast.dock_road), next_on=date(2026, 11, 9))
    said(cast.sadia, About(trust_uid=90001), next_on=date(2026, 11, 16))
    sign_in(page, cast.sadia)
    for address in (RECORD, TRUST, f"{TRUST}liaison/log/", "/visits/rise/900002/record/"):
        page.goto(address)
        assert_accessible(page)
