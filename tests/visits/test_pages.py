"""The pages of the ledger: of one school, across schools, and the forms that change it."""

import csv
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation, Cycle
from plimsoll.core.models import Event
from plimsoll.schools.models import Term
from plimsoll.visits.days.actions import Change, add_extra
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.models import Entry
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, Cast, make_school
from tests.markup import StrictClient

SCHOOL = "/schools/900001/visits/"
ALL = "/visits/days/"
EXPORT = "/visits/days/2026-27/export/"
CHANGE = "/visits/days/2026-27/900001/"


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    """Band B agreed at Harbour View; last year's C, provisional, at Quayside and Dock Road."""
    case = steps.agreed(cast, band="B")
    others = case.cycle.allocations.filter(school__in=(cast.quayside, cast.dock_road))
    others.update(previous_band="C")
    Term.objects.create(year="2026-27", name="Autumn", starts=NOW.date(), ends=NOW.date())
    bring_up_to_date(cycle=case.cycle, at=NOW)
    return case


def text_of(client: StrictClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# --- one school ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["helen", "chloe", "pat", "sadia", "priya", "dorothy"])
def test_E1_E4_the_school_and_the_service_read_its_days_line_by_line(
    cast: Cast, case: Allocation, client: StrictClient, who: str
) -> None:
    client.force_login(cast.everyone[who])
    page = words(text_of(client, SCHOOL))
    assert "Core visit Centrally commissioned (de-delegated) 1 0 0 1" in page
    assert "Termly contact Centrally commissioned (de-delegated) 2 0 0 2" in page
    assert "In the stated total, on no line Centrally commissioned (de-delegated) 1.5" in page
    assert "All lines All sources 5.5 0 0 5.5" in page
    assert "The framework states 5.5 days; the numbers beside its lines add up to 5" in page
    assert "Provisional" not in page
    assert "Visits" in text_of(client, "/schools/900001/")


def test_E1_a_provisional_grant_says_so(cast: Cast, case: Allocation, client: StrictClient) -> None:
    client.force_login(cast.henry)
    page = words(text_of(client, "/schools/900002/visits/"))
    assert "Days in 2026-27 Provisional" in page
    assert "go by a band that is not settled" in page


@pytest.mark.parametrize("who", ["ada", "dan", "olu", "lena", "henry", "sam", "nobody"])
def test_S7_whoever_may_not_know_the_band_sees_no_days(
    cast: Cast, case: Allocation, client: StrictClient, who: str
) -> None:
    client.force_login(cast.everyone[who])
    assert client.get(SCHOOL).status_code in (403, 404)
    overview = client.get("/schools/900001/")
    assert b'/visits/"' not in overview.content.replace(b'href="/visits/"', b"")
    assert client.get(f"{CHANGE}adjust/").status_code in (403, 404)


def test_a_year_that_the_school_is_not_in_is_not_found(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.helen)
    assert client.get(f"{SCHOOL}?year=2025-26").status_code == 404
    assert client.get(f"{SCHOOL}?year=x%00").status_code == 404
    assert client.get(f"{SCHOOL}?year=2026-27").status_code == 200


def test_the_schools_page_costs_the_same_with_many_entries(
    cast: Cast,
    case: Allocation,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(cast.priya)
    text_of(client, SCHOOL)
    with django_assert_num_queries(QUERIES_SCHOOL):
        text_of(client, SCHOOL)
    for number in range(1, 30):
        bought(case, cast, why=f"Reason {number}")
    with django_assert_num_queries(QUERIES_SCHOOL):
        page = text_of(client, SCHOOL)
    assert "Reason 29" in page


# --- changing it -------------------------------------------------------------------------


def test_E1_days_are_adjusted_by_form(cast: Cast, case: Allocation, client: StrictClient) -> None:
    client.force_login(cast.priya)
    assert "Adjust days" in text_of(client, SCHOOL)
    form = text_of(client, f"{CHANGE}adjust/")
    assert "Termly contact, Centrally commissioned (de-delegated): 2 left" in form
    answers = {"on": "1", "days": "-0.5", "term": "Autumn", "why": "One contact was by telephone."}
    done = client.post(f"{CHANGE}adjust/", answers, follow=True)
    page = words(done.content.decode())
    assert "The days are adjusted." in page
    assert "Termly contact Centrally commissioned (de-delegated) 1.5 0 0 1.5" in page
    assert "−0.5 One contact was by telephone. Priya Nair" in page


def test_F3_bought_days_are_added_by_form(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.priya)
    answers = {"funding": "traded", "days": "2", "term": "", "why": "Bought for reading."}
    done = client.post(f"{CHANGE}add/", answers, follow=True)
    assert "Added for this school Bought by the school 2 0 0 2" in words(done.content.decode())
    again = client.post(f"{CHANGE}carry-over/", {"on": "0", "days": "1", "why": "Left."})
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("act", "answers", "said"),
    [
        ("adjust", {"days": ""}, "Enter the days"),
        ("adjust", {"on": "9", "days": "1", "why": "x"}, "Choose one of the answers"),
        ("adjust", {"on": "1", "days": "-9", "why": "x"}, "No more can be taken away"),
        ("adjust", {"on": "1", "days": "0.1", "why": "x"}, "kept in quarters"),
        ("adjust", {"on": "1", "days": "NaN", "why": "x"}, "Days must be a number"),
        ("add", {"funding": "traded", "days": "1"}, "Enter the why"),
        ("carry-over", {"on": "1", "days": "-1", "why": "x"}, "must be more than nought"),
    ],
)
def test_E1_what_cannot_be_is_said_beside_the_form(
    cast: Cast, case: Allocation, client: StrictClient, act: str, answers: Any, said: str
) -> None:
    client.force_login(cast.priya)
    before = Entry.objects.count()
    assert said in words(client.post(f"{CHANGE}{act}/", answers).content.decode())
    assert Entry.objects.count() == before


def test_there_is_no_other_way_to_change_days(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.priya)
    assert client.get(f"{CHANGE}deliver/").status_code == 404
    assert client.get("/visits/days/2025-26/900001/add/").status_code == 404
    client.force_login(cast.helen)
    assert "Adjust days" not in text_of(client, SCHOOL)


# --- across schools ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Harbour View Primary School Sadia Rahman 5.5 0 0 5.5"),
        ("", "Days by school: 19.5 entitled, 19.5 left"),
        ("?by=partner", "Sam Okoro 7 0 0 7"),
        ("?by=partner", "Sadia Rahman 12.5 0 0 12.5"),
        ("?by=line", "Core visit 7 0 0 7"),
        ("?by=funding", "Centrally commissioned (de-delegated) 19.5 0 0 19.5"),
        ("?by=term", "For the whole year 19.5 0 0 19.5"),
        ("?by=nonsense", "Days by school: 19.5 entitled"),
        ("?line=htpm", "Days by school: 3 entitled"),
        ("?text=quay", "Days by school: 7 entitled"),
        ("?text=quay&by=line", "Termly contact 1.5 0 0 1.5"),
        ("?funding=traded", "No days that you may see match."),
        ("?term=Autumn", "No days that you may see match."),
        ("?sip=0", "No days that you may see match."),
        ("?line=nonsense", "Choose one of the answers"),
    ],
)
def test_E1_F3_days_are_added_up_by_school_partner_line_funding_and_term(
    cast: Cast, case: Allocation, client: StrictClient, query: str, said: str
) -> None:
    client.force_login(cast.dorothy)
    assert said in words(text_of(client, f"{ALL}{query}"))


def test_E1_the_list_is_narrowed_to_a_partner(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.dorothy)
    page = words(text_of(client, f"{ALL}?sip={cast.sam.pk}"))
    assert "Quayside Nursery School Sam Okoro 7" in page
    assert "Dock Road" not in page


def test_S7_U2_a_partner_meets_only_the_schools_worked_with(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    for page in (text_of(client, ALL), client.get(EXPORT).content.decode()):
        assert "Harbour View" in page
        assert "Dock Road" in page
        assert "Quayside Nursery School Sam Okoro" not in words(page), (
            "she is its head, and not inside the service there"
        )


def test_E1_the_export_is_marked_and_is_an_event(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.priya)
    bought(case, cast, why="Reading")
    rows = list(csv.DictReader(client.get(EXPORT).content.decode().splitlines()))
    extra = next(row for row in rows if row["Line"] == "Added for this school")
    assert (extra["URN"], extra["Funding"], extra["Entitled"], extra["Left"]) == (
        "900001", "Bought by the school", "1", "1",
    )  # fmt: skip
    assert all(row["Marking"] for row in rows)
    assert Event.objects.filter(verb="days.exported", actor=cast.priya.pk).count() == 1


def test_the_list_costs_the_same_with_many_schools(
    cast: Cast,
    case: Allocation,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(cast.priya)
    text_of(client, ALL)
    with django_assert_num_queries(QUERIES_ALL):
        text_of(client, ALL)
    many(case.cycle)
    with django_assert_num_queries(QUERIES_ALL):
        page = text_of(client, ALL)
    assert "Next" in page
    assert "School 70" in text_of(client, f"{ALL}?page=2")


def test_before_a_year_is_open_the_page_says_so(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.priya)
    assert "No year has been opened yet" in text_of(client, ALL)


def many(cycle: Cycle) -> None:
    for number in range(1, 71):
        school = make_school(900100 + number, f"School {number:02d}", "01", "primary")
        Allocation.objects.create(
            cycle=cycle, school=school, edition=cycle.edition, previous_band="D",
            state="not_started", state_since=NOW,
        )  # fmt: skip
    bring_up_to_date(cycle=cycle, at=NOW)


def bought(case: Allocation, cast: Cast, *, why: str) -> Entry:
    return add_extra(
        Change(
            cycle=case.cycle, school=case.school, days=Decimal(1), funding="traded",
            why=why, by=cast.priya, at=NOW,
        )
    )  # fmt: skip


QUERIES_SCHOOL = 14
QUERIES_ALL = 8


# --- in the browser ------------------------------------------------------------------------


def test_every_page_of_the_ledger_is_accessible_with_data(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    bought(case, cast, why="Reading")
    many(case.cycle)
    sign_in(page, cast.priya)
    for address in (
        SCHOOL, ALL, f"{ALL}?by=line", f"{ALL}?line=htpm",
        f"{CHANGE}adjust/", f"{CHANGE}add/", f"{CHANGE}carry-over/",
    ):  # fmt: skip
        page.goto(address)
        assert_accessible(page)


def test_days_are_added_on_a_telephone_without_javascript(
    cast: Cast,
    case: Allocation,
    page_without_javascript: Page,
    sign_in: Callable[[Page, Any], None],
) -> None:
    page = page_without_javascript
    page.set_viewport_size({"width": 320, "height": 700})
    sign_in(page, cast.priya)
    page.goto(SCHOOL)
    page.get_by_role("link", name="Add days").click()
    page.get_by_label("Bought by the school").check()
    page.get_by_label("Days").fill("1.5")
    page.get_by_label("Why").fill("Reading")
    page.get_by_role("button", name="Add days").click()
    page.get_by_text("The days are added.").wait_for()
    assert Entry.objects.filter(kind="extra", days="1.5").count() == 1
