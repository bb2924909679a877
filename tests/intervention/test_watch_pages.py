"""I10: the watch list as a page, as a file and on My work, for each role and at both widths."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page, expect

from plimsoll.allocations.models import PastBand
from plimsoll.core import audit
from plimsoll.core.models import Event
from plimsoll.framework.editions import current
from tests.browser import OpenPage, assert_accessible
from tests.cast import Cast, give, make_school
from tests.intervention import steps
from tests.intervention.watched import AT, called, november, placed
from tests.markup import StrictClient

LIST, FILE = "/concern/", "/concern/watch-list.csv"
QUERIES = 14
WRITTEN = 3  # that the file was taken is written in a transaction
OTHERS = ("nobody", "ada", "dan", "olu", "pat", "lena", "henry", "helen", "chloe")


@pytest.fixture(autouse=True)
def _on_the_monday() -> Iterator[None]:
    with time_machine.travel(AT, tick=True):
        yield


def words(client: StrictClient, person: Any, address: str = LIST) -> str:
    """What the page says, without its markup."""
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def schools(client: StrictClient, person: Any, query: str = "") -> list[str]:
    """The schools of the table, in its order, by the first of their words."""
    client.force_login(person)
    page = client.get(LIST + query).content.decode()
    return re.findall(r'scope="row">\s*<a[^>]*>(\w+)', page)


def rows_of(client: StrictClient, person: Any, query: str = "") -> list[list[str]]:
    client.force_login(person)
    return list(csv.reader(client.get(FILE + query).content.decode().splitlines()))


# --- the page ----------------------------------------------------------------------------------


def test_I10_the_page_says_all_of_it_in_words(cast: Cast, client: StrictClient) -> None:
    november(cast)
    said = words(client, cast.dorothy)
    for sentence in (
        "5 schools to challenge, support and keep in view; 4 need attention.",
        "Harbour View Primary School Open case since 5 October 2026 SIP : Sadia Rahman",
        "1 obligation late Quiet for 35 days",
        "Formal warning notice given : case of Harbour View Primary School since 5 October 2026",
        "Review due 16 November 2026 1 owed, late since 26 October 2026",
        "Discussion on 5 October 2026 No visit is planned Last event 35 days ago",
        "Lighthouse School Special measures since 3 March 2026 SIP : Sam Okoro",
        "Quiet: nothing on record None open No contact is kept No visit is planned",
        "Dock Road Academy Band C, high-risk since 5 October 2026 SIP : Sadia Rahman",
        "Nothing just now None open Visit on 4 November 2026 Next visit on 2 December 2026",
        "for more than 10 working days (assumed until the authority confirms it)",
    ):
        assert sentence in said, sentence


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "Harbour Lighthouse Quayside Tidewater Dock"),
        ("?reason=case", "Harbour Tidewater"),
        ("?reason=category", "Lighthouse"),
        ("?reason=band", "Quayside"),
        ("?reason=high-risk", "Dock"),
        ("?phase=secondary", "Dock"),
        ("?attention=on", "Harbour Lighthouse Quayside Tidewater"),
        ("?attention=on&reason=high-risk", ""),
        ("?order=school", "Dock Harbour Lighthouse Quayside Tidewater"),
        ("?order=since", "Lighthouse Harbour Quayside Tidewater Dock"),
        ("?order=contact", "Lighthouse Harbour Quayside Dock Tidewater"),
        ("?order=happened", "Lighthouse Harbour Quayside Dock Tidewater"),
        ("?order=review", "Tidewater Harbour Lighthouse Quayside Dock"),
        ("?order=partner", "Harbour Dock Lighthouse Quayside Tidewater"),
        # What there is not narrows nothing.
        ("?reason=x&order=y&partner=z", "Harbour Lighthouse Quayside Tidewater Dock"),
    ],
)
def test_I10_the_list_is_narrowed_and_ordered_by_its_address(
    cast: Cast, client: StrictClient, query: str, found: str
) -> None:
    november(cast)
    assert schools(client, cast.dorothy, query) == found.split()
    assert [row[1].split()[0] for row in rows_of(client, cast.dorothy, query)[1:]] == found.split()


def test_I10_by_partner_and_for_a_partner_alone(cast: Cast, client: StrictClient) -> None:
    november(cast)
    assert schools(client, cast.priya, f"?partner={cast.sadia.pk}") == ["Harbour", "Dock"]
    assert schools(client, cast.sadia, f"?partner={cast.sam.pk}") == ["Harbour", "Dock"]


def test_I10_an_empty_list_says_so(cast: Cast, client: StrictClient) -> None:
    assert "No school that you may know of is on the list." in words(client, cast.priya)
    assert schools(client, cast.priya) == []
    placed(cast.lighthouse)
    assert "No school on the list matches." in words(client, cast.priya, f"{LIST}?reason=band")
    assert "1 school to challenge, support and keep in view; 1 needs attention." in words(
        client, cast.priya
    )


@pytest.mark.parametrize("more", [1, 60])
def test_I10_the_list_costs_the_same_with_few_schools_and_with_many(
    cast: Cast, client: StrictClient, more: int
) -> None:
    november(cast)
    for number in range(more):
        school = make_school(900100 + number, f"Pier {number} School", "01", "primary")
        give(cast.sadia, "sip", school, declared_at=AT)
        steps.opened(cast, school)
        placed(school)
        PastBand.objects.create(school=school, year="2025-26", band="D", source="x", entered_at=AT)
        called(school, cast.sadia, AT.date() - timedelta(days=number))
    client.force_login(cast.priya)
    client.get(LIST)
    for address, cost in ((LIST, QUERIES), (FILE, QUERIES + WRITTEN)):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) == cost, [each["sql"] for each in queries]


# --- who sees it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", OTHERS)
def test_I10_S7_nobody_else_is_led_to_it_or_let_in(
    cast: Cast, client: StrictClient, who: str
) -> None:
    november(cast)
    client.force_login(cast.everyone[who])
    assert [client.get(each).status_code for each in (LIST, FILE)] == [403, 403]
    home = client.get("/").content.decode()
    assert f'href="{LIST}"' not in home
    assert "Watch list" not in home


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("sadia", "2 schools to challenge, support and keep in view; 1 needs attention"),
        ("sam", "3 schools to challenge, support and keep in view; 3 need attention"),
        ("priya", "5 schools to challenge, support and keep in view; 4 need attention"),
        ("declan", "5 schools to challenge, support and keep in view; 4 need attention"),
    ],
)
def test_I10_my_work_says_how_many_are_watched(
    cast: Cast, client: StrictClient, who: str, told: str
) -> None:
    person = cast.everyone[who]
    assert "Watch list" not in words(client, person, "/")
    november(cast)
    assert f"Watch list {told}" in words(client, person, "/")


def test_I10_a_call_is_logged_from_the_list_and_leads_back(
    cast: Cast, client: StrictClient
) -> None:
    november(cast)
    client.force_login(cast.sam)
    log = reverse("visits:call-log", args=[cast.quayside.pk])
    assert f'href="{log}?back=/concern/"' in client.get(LIST).content.decode()
    said = {
        "on_day": "9", "on_month": "11", "on_year": "2026", "how": "phone", "spoke_to": "head",
        "about": "How the week went.",
    }  # fmt: skip
    assert client.post(f"{log}?back=/concern/", said).headers["Location"] == LIST
    assert "Call on 9 November 2026" in words(client, cast.sam)


# --- the file ------------------------------------------------------------------------------------


def test_I10_the_file_has_every_column_and_is_marked_in_every_row(
    cast: Cast, client: StrictClient
) -> None:
    november(cast)
    heading, harbour, lighthouse, *_ = rows_of(client, cast.dorothy)
    assert dict(zip(heading, harbour, strict=True)) == {
        "URN": "900001", "School": "Harbour View Primary School", "Phase": "Primary",
        "School Improvement Partner": "Sadia Rahman",
        "Why": "Open case since 5 October 2026", "On the list since": "2026-10-05",
        "Case stands": "Formal warning notice given",
        "Last contact": "Discussion", "Last contact on": "2026-10-05", "Next contact": "",
        "Open obligations": "1", "Late": "1", "Next due": "2026-10-26",
        "Last anything on": "2026-10-05", "Days since": "35", "Next review": "2026-11-16",
        "Needs attention": "1 obligation late; Quiet for 35 days",
        "Marking": current().words.marking,
    }  # fmt: skip
    assert lighthouse[-1] == current().words.marking
    assert lighthouse[-3] == ""


def test_I10_S7_taking_it_along_is_an_event_that_few_may_read(
    cast: Cast, client: StrictClient
) -> None:
    november(cast)
    client.force_login(cast.sam)
    answer = client.get(f"{FILE}?reason=band")
    assert answer["Content-Disposition"] == 'attachment; filename="watch-list-2026-11-09.csv"'
    assert "no-store" in answer["Cache-Control"]
    event = Event.objects.get(verb="watch.exported")
    assert (event.actor, event.permission, event.after) == (
        cast.sam.pk, "concern.watch", {"schools": 1},
    )  # fmt: skip
    readers = {
        who
        for who, person in cast.everyone.items()
        if audit.readable(person).filter(pk=event.pk).exists()
    }
    assert readers == {"priya", "paul", "dorothy", "declan"}


def test_I10_a_school_s_name_is_no_formula(cast: Cast, client: StrictClient) -> None:
    placed(make_school(900100, "=HYPERLINK(1)", "01", "primary"))
    assert rows_of(client, cast.dorothy)[1][1] == "'=HYPERLINK(1)"


# --- in a browser --------------------------------------------------------------------------------


def test_I10_the_list_is_accessible_and_stands_as_cards_on_a_telephone(
    cast: Cast, page: Page, narrow_page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    november(cast)
    for each in (page, narrow_page):
        sign_in(each, cast.dorothy)
        for address in (LIST, f"{LIST}?reason=case&attention=on", "/"):
            each.goto(address)
            assert_accessible(each)
    narrow_page.goto(LIST)
    first = narrow_page.get_by_role("row").nth(1)
    assert first.bounding_box()["width"] <= 320
    expect(narrow_page.locator("thead")).to_have_css("position", "absolute")


def test_I10_the_list_works_by_keyboard_and_without_javascript(
    cast: Cast, open_page: OpenPage, sign_in: Callable[[Page, Any], None]
) -> None:
    november(cast)
    for javascript in (True, False):
        page = open_page(javascript=javascript)
        sign_in(page, cast.priya)
        page.goto("/")
        page.get_by_role("link", name="Concerns", exact=True).press("Enter")
        page.wait_for_url("**/concern/")
        page.get_by_label("Why").focus()
        page.get_by_label("Why").select_option("case")
        page.get_by_label("In order of").select_option("review")
        page.get_by_role("button", name="Show", exact=True).press("Enter")
        page.wait_for_url("**reason=case**")
        names = page.locator("tbody th a").all_inner_texts()
        assert names == ["Tidewater Centre", "Harbour View Primary School"]
        with page.expect_download() as download:
            page.get_by_role("link", name="Take this list along (CSV)").press("Enter")
        assert download.value.suggested_filename == "watch-list-2026-11-09.csv"
