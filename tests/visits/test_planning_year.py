"""E2, E3, F3: the pages on which a school's year, and one visit, are planned."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Message
from plimsoll.visits.days.actions import Change, add_extra
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.models import Entry, Visit
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, Cast
from tests.markup import StrictClient
from tests.visits import terms
from tests.visits.steps import planned

YEAR = "/visits/plan/2026-27/900001/"
ONE = f"{YEAR}one/"
TAB = "/schools/900001/visits/?year=2026-27"


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    """Harbour View holds band B: a core visit and two whole-day contacts, one day for the head."""
    case = steps.agreed(cast, band="B")
    terms.enter()
    bring_up_to_date(cycle=case.cycle, at=NOW)
    return case


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def page_of(client: StrictClient, address: str = YEAR) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def fields(html: str) -> dict[str, str]:
    """What a browser would send of the plan as it is shown."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", html):
        facts = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if facts.get("type") == "checkbox" and " checked" not in tag:
            continue
        if "name" in facts and facts["name"] != "csrfmiddlewaretoken":
            found[facts["name"]] = facts.get("value", "")
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen.group(1) if chosen else ""
    return found


def dated(nth: int, on: date) -> dict[str, Any]:
    return {f"form-{nth}-on_{part}": getattr(on, part) for part in ("day", "month", "year")}


# --- the year ------------------------------------------------------------------------------


def test_E2_E3_the_year_is_planned_in_one_step_and_the_school_hears_once(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    Message.objects.all().delete()
    client.force_login(cast.sadia)
    html = page_of(client)
    page = words(html)
    assert page.count("Plan this visit") == 4
    assert "In the stated total, on no line: 1.5 days. Nothing is planned from them." in page
    sent = fields(html)
    response = client.post(YEAR, sent)
    assert (response.status_code, response["Location"]) == (302, TAB)
    rows = Visit.objects.order_by("on").values_list("kind", "on", "days", "partner__name", "state")
    assert [(kind, on.month) for kind, on, *_ in rows] == [
        ("htpm", 11), ("contact", 12), ("core", 2), ("contact", 6),
    ]  # fmt: skip
    assert {(days, name, state) for _, _, days, name, state in rows} == {
        (1, "Sadia Rahman", "planned")
    }
    assert Entry.objects.filter(kind="plan").count() == 4
    posted = Message.objects.order_by("to").values_list("to", "subject")
    assert list(posted) == [
        ("chloe@example.org", "Visits to Harbour View Primary School are planned"),
        ("helen@example.org", "Visits to Harbour View Primary School are planned"),
    ]
    # A second click plans nothing twice, and nobody is written to again.
    assert client.post(YEAR, sent)["Location"] == TAB
    assert (Visit.objects.count(), Message.objects.count()) == (4, 2)
    assert "No visit that follows from the school’s days is left to plan." in page_of(client)


def test_E2_a_visit_is_moved_held_otherwise_or_left_out(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    sent = fields(page_of(client)) | dated(0, date(2026, 10, 20))
    sent |= {"form-0-mode": "virtual", "form-0-part": "morning"}
    del sent["form-1-wanted"]
    sent |= {"form-1-on_day": "99"}  # what is left out may say anything
    client.post(YEAR, sent)
    first = Visit.objects.order_by("on").first()
    assert first is not None
    assert (first.on, first.part, first.mode) == (date(2026, 10, 20), "morning", "virtual")
    assert first.kind == "htpm"
    assert list(Visit.objects.order_by("on").values_list("kind", flat=True)[1:]) == [
        "core", "contact",
    ]  # fmt: skip


def test_E2_what_stands_against_a_day_is_told_before_it_is_planned(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    """Sadia is at Dock Road that day; half term and a Saturday are closed."""
    other = case.cycle.allocations.get(school=cast.dock_road)
    planned(other, cast.sadia, on=date(2026, 11, 3))
    client.force_login(cast.sadia)
    sent = fields(page_of(client))
    sent |= dated(0, date(2026, 11, 3)) | dated(1, date(2026, 10, 27)) | dated(2, date(2027, 2, 6))
    response = client.post(YEAR, sent)
    page = words(response.content.decode())
    assert response.status_code == 200
    assert Visit.objects.count() == 1
    assert "Clash: Dock Road Academy is all day." in page
    assert "Too full: 2 days of visits that day, and 1 is the most." in page
    assert "The school is on holiday." in page
    assert "It is a Saturday." in page
    assert "Near another visit here, on 3 November 2026: 15 days lie between two." in page
    # Whoever has read it may plan all the same.
    again = fields(response.content.decode())
    assert client.post(YEAR, again).status_code == 302
    assert Visit.objects.count() == 5


def test_E2_the_days_can_be_checked_without_planning(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    sent = fields(page_of(client)) | dated(0, date(2026, 10, 31)) | {"look": "yes"}
    assert "It is a Saturday." in words(client.post(YEAR, sent).content.decode())
    assert not Visit.objects.exists()


def test_E2_a_proposal_that_is_no_longer_right_is_told_and_keeps_what_was_typed(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    sent = fields(page_of(client)) | dated(0, date(2026, 10, 14))
    planned(case, cast.sadia, kind="core", on=date(2027, 6, 1))
    response = client.post(YEAR, sent)
    html = response.content.decode()
    assert "The days that are left have changed since you opened this page" in words(html)
    assert 'value="14"' in html
    assert "No days of it are left: leave it out" in words(html)
    assert Visit.objects.count() == 1
    # Ticked all the same, it is still one too many: all or none.
    client.post(YEAR, fields(html))
    assert Visit.objects.count() == 1


def test_E2_two_of_a_kind_on_one_day_are_refused_and_nothing_is_planned(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    sent = fields(page_of(client))
    for nth in (1, 3):
        sent |= dated(nth, date(2026, 11, 3))
    html = client.post(YEAR, sent).content.decode()
    response = client.post(YEAR, fields(html))
    assert "Two visits of one kind are on one day" in words(response.content.decode())
    assert not Visit.objects.exists()


def test_a_plan_with_nothing_ticked_or_a_day_gone_by_is_told(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    sent = fields(page_of(client))
    none = {name: value for name, value in sent.items() if not name.endswith("wanted")}
    assert "Tick at least one visit" in words(client.post(YEAR, none).content.decode())
    gone = client.post(YEAR, sent | dated(0, date(2026, 9, 20))).content.decode()
    assert "Date must be 5 October 2026 or later" in words(gone)
    strange = client.post(YEAR, sent | {"form-TOTAL_FORMS": "x"})
    assert strange.status_code == 200
    assert not Visit.objects.exists()


def test_U2_only_who_plans_the_schools_visits_may_open_the_page(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    for who, status in {
        "helen": 403, "dorothy": 403, "sam": 404, "paul": 404, "priya": 200, "sadia": 200,
    }.items():  # fmt: skip
        client.force_login(cast.everyone[who])
        assert client.get(YEAR).status_code == status, who
        assert client.get(f"{ONE}core/").status_code == status, who
    assert client.get("/visits/plan/2031-32/900001/").status_code == 404


def test_E2_an_officer_plans_in_the_partners_diary_and_nobodys_is_told(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.priya)
    client.post(YEAR, fields(page_of(client)))
    assert set(Visit.objects.values_list("partner__name", flat=True)) == {"Sadia Rahman"}
    cast.harbour_view.assignments.filter(role="sip").delete()
    assert "Nobody is the partner of this school today" in page_of(client)
    assert "Nobody is the partner of this school today" in page_of(client, f"{ONE}core/")


def test_the_page_costs_the_same_with_a_full_diary(
    cast: Cast,
    case: Allocation,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(cast.sadia)
    page_of(client)
    with django_assert_num_queries(QUERIES_YEAR):
        page_of(client)
    for day in range(1, 20):
        planned(case, cast.sadia, kind="additional", on=date(2027, 5, day))
    with django_assert_num_queries(QUERIES_YEAR):
        page_of(client)


# --- one visit -----------------------------------------------------------------------------


def one(**more: Any) -> dict[str, Any]:
    return {
        "funding": "commissioned", "days": "0.5", "on_day": "10", "on_month": "11",
        "on_year": "2026", "part": "morning", "mode": "in-person", "starts": "9:30",
        "purpose": "Attendance", "others": "",
    } | more  # fmt: skip


def told_in(html: str) -> str:
    return fields(html)["told"]


def test_F3_a_visit_without_a_line_takes_added_days_of_the_funding_that_is_said(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    add_extra(
        Change(
            cycle=case.cycle, school=cast.harbour_view, days=Decimal(1), why="Attendance",
            funding="commissioned", by=cast.priya, at=NOW,
        )
    )  # fmt: skip
    client.force_login(cast.sadia)
    address = f"{ONE}intervention/"
    html = page_of(client, address)
    assert "Commissioned by the authority for one school: 1 day left" in words(html)
    assert client.post(address, one(told=told_in(html)))["Location"] == TAB
    visit = Visit.objects.get()
    assert (visit.kind, visit.line, visit.funding, visit.days) == (
        "intervention", "(extra)", "commissioned", 0.5,
    )  # fmt: skip
    assert (visit.purpose, f"{visit.starts:%H:%M}") == ("Attendance", "09:30")
    assert client.post(address, one(told=told_in(html))).status_code in (200, 302)
    assert Visit.objects.count() == 1


def test_F3_more_than_is_left_of_the_funding_is_told_first(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    address = f"{ONE}additional/"
    response = client.post(address, one(told=told_in(page_of(client, address)), funding="traded"))
    html = response.content.decode()
    assert "More than is left: Bought by the school has 0 days left." in words(html)
    assert not Visit.objects.exists()
    assert client.post(address, one(told=told_in(html), funding="traded")).status_code == 302
    assert Visit.objects.get().funding == "traded"


def test_E12_a_private_visit_asks_for_no_words(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    address = f"{ONE}htpm/"
    html = page_of(client, address)
    assert 'name="purpose"' not in html
    client.post(address, one(told=told_in(html), funding="core", days="1", part="day"))
    visit = Visit.objects.get()
    assert (visit.kind, visit.private, visit.purpose) == ("htpm", True, "")


def test_E2_every_type_that_the_school_has_days_for_is_offered(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    page = words(page_of(client, ONE))
    for label in ("Core visit", "Intervention visit", "Brokered support", "Additional visit"):
        assert label in page
    assert "Support for a new head" not in page  # it has no such line
    assert client.get(f"{ONE}new-head/").status_code == 404
    assert client.get(f"{ONE}nothing/").status_code == 404
    wrong = client.post(f"{ONE}core/", one(days="0.3", funding="traded", starts="noon"))
    text = words(wrong.content.decode())
    assert "Days are kept in quarters" in text
    assert "Begins at must be a time, like 9:30" in text
    assert not Visit.objects.exists()


QUERIES_YEAR = 18


# --- looked at -----------------------------------------------------------------------------


def test_the_pages_of_planning_are_accessible(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, cast.sadia)
    for address in (YEAR, ONE, f"{ONE}core/"):
        page.goto(address)
        assert_accessible(page)


def test_E2_the_year_is_planned_on_a_telephone_without_javascript(
    cast: Cast,
    case: Allocation,
    page_without_javascript: Page,
    sign_in: Callable[[Page, Any], None],
) -> None:
    page = page_without_javascript
    page.set_viewport_size({"width": 320, "height": 700})
    sign_in(page, cast.sadia)
    page.goto(TAB)
    page.get_by_role("link", name="Plan the year").click()
    page.get_by_label("Plan this visit").nth(1).uncheck()
    page.get_by_role("button", name="Plan these visits").click()
    page.get_by_text("3 visits are planned.").wait_for()
    assert Visit.objects.count() == 3
