"""E1, E2, S7: a school's visits on its own page, its list to print, and the line for some."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Event
from plimsoll.framework.editions import current
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Entry
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.documents.test_render import told_by
from tests.markup import StrictClient
from tests.test_addresses import rows
from tests.visits.steps import held, issued, planned, take

TAB = "/schools/900001/visits/"
OVERVIEW = "/schools/900001/"
QUERIES = 15


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def text_of(client: StrictClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return words(response.content.decode())


# --- the tab ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["helen", "chloe", "pat", "sadia", "priya"])
def test_E2_the_tab_has_what_comes_what_was_and_the_reports(
    cast: Cast, case: Allocation, client: StrictClient, who: str
) -> None:
    held(case, cast.sadia, on=TODAY - timedelta(days=10))
    planned(case, cast.sadia, kind="contact", on=date(2026, 12, 1), part="afternoon")
    client.force_login(cast.everyone[who])
    page = text_of(client, TAB)
    assert (
        "1 December 2026, afternoon Termly contact, in person, Sadia Rahman "
        "Planned: the school has not confirmed –"
    ) in page
    assert "25 September 2026 Core visit, in person, Sadia Rahman Held" in page
    assert "due on" in page.lower()
    assert page.index("1 December 2026") < page.index("25 September 2026")
    assert "Core visit Centrally commissioned (de-delegated) 1 0 1 0" in page


def test_Q5_the_tab_says_whether_a_report_is_still_with_the_school_or_final(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    report = issued(cast, case)
    client.force_login(cast.helen)
    assert "Held With the school 5 October 2026" in text_of(client, TAB)
    take(report, "reply_accurate", cast.helen)
    assert "Held Final 5 October 2026" in text_of(client, TAB)


def test_E1_a_grant_is_one_entry_with_its_lines(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    planned(case, cast.sadia)
    client.force_login(cast.helen)
    page = text_of(client, TAB)
    assert "Granted 4 lines Core visit: +1 Termly contact: +2" in page
    assert page.count("Granted ") == 1
    assert "Planned Core visit, Centrally commissioned (de-delegated) +1 Core visit" in page
    assert Entry.objects.filter(kind="grant").count() == 4


def test_S7_who_sees_visits_but_not_the_band_sees_no_days(
    cast: Cast, case: Allocation, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    grants = dict(current().grants)
    knowing = {role: extent for role, extent in grants["allocation.see"].items() if role != "chair"}
    monkeypatch.setattr(
        "plimsoll.core.access._sources.policy_grants",
        lambda: grants | {"allocation.see": knowing},
    )
    visit = planned(case, cast.sadia)
    client.force_login(cast.chloe)
    page = text_of(client, TAB)
    assert "12 October 2026 Core visit" in page
    assert "Visits" in text_of(client, OVERVIEW)
    for word in ("Entitled", "Days in 2026-27", "Granted", "Takes"):
        assert word not in page
        assert word not in text_of(client, f"/visits/{visit.pk}/")
    assert "Days" not in text_of(client, f"{TAB}private/").replace("Dates, days", "")


def test_the_tab_costs_the_same_with_many_visits(
    cast: Cast,
    case: Allocation,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    held(case, cast.sadia)
    client.force_login(cast.priya)
    client.get(TAB)
    with django_assert_num_queries(QUERIES):
        client.get(TAB)
    for number in range(1, 15):
        held(case, cast.sadia, on=TODAY - timedelta(days=number), kind="contact")
    with django_assert_num_queries(QUERIES):
        client.get(TAB)


def test_E2_the_list_can_be_printed_and_taking_it_is_an_event(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    held(case, cast.sadia, on=TODAY - timedelta(days=10))
    planned(case, cast.sadia, on=date(2026, 12, 1))
    client.force_login(cast.helen)
    answer = client.get(f"{TAB}list.pdf")
    text = " ".join(told_by(["pdftotext", "-", "-"], answer.content).split())
    assert "Visits 2026-27: Harbour View Primary School" in text
    assert text.index("25 September 2026") < text.index("1 December 2026")
    assert "Entitled" not in text
    assert Event.objects.filter(verb="visit.listed", actor=cast.helen.pk).count() == 1


def test_a_year_without_visits_is_not_found_and_no_visits_say_so(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.helen)
    assert client.get(f"{TAB}?year=2019-20").status_code == 404
    assert "No visit is planned." in text_of(client, TAB)
    assert client.get(f"{TAB}list.pdf").status_code == 200


# --- the line ----------------------------------------------------------------------------------


def test_S7_a_system_leader_learns_the_last_day_and_the_next_and_nothing_else(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    held(case, cast.sadia, on=TODAY - timedelta(days=20))
    held(case, cast.sadia, kind="contact", on=TODAY - timedelta(days=10))
    planned(case, cast.sadia, kind="contact", on=date(2026, 12, 1), purpose="Reading")
    planned(case, cast.sadia, kind="contact", on=date(2027, 2, 2))
    client.force_login(cast.lena)
    page = text_of(client, OVERVIEW)
    assert "A visit took place on 25 September 2026." in page
    assert "The next visit is on 1 December 2026." in page
    for word in ("15 September", "2 February", "Termly", "contact,", "Sadia Rahman.", "Reading"):
        assert word not in page


def test_S7_the_line_shows_no_private_visit(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    held(case, cast.sadia, kind="htpm", on=TODAY - timedelta(days=1))
    planned(case, cast.sadia, kind="htpm", on=TODAY + timedelta(days=1))
    client.force_login(cast.lena)
    page = text_of(client, OVERVIEW)
    assert "A visit took place" not in page
    assert "The next visit" not in page


def test_S7_whoever_knows_only_the_line_opens_nothing_of_a_visit(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = held(case, cast.sadia, on=TODAY - timedelta(days=10))
    world = {
        "urn": 900001, "visit": visit.pk, "year": "2026-27", "confirm": "confirm",
        "report": visit.report.pk,
    }  # fmt: skip
    client.force_login(cast.lena)
    tried = 0
    for row in rows():
        if row.name.startswith(("visits:", "desk:visit", "desk:private")) and set(row.args) <= set(
            world
        ):
            address = reverse(row.name, args=[world[key] for key in row.args])
            assert client.get(address).status_code in (403, 404, 405), row.name
            tried += 1
    assert tried > 8
    assert VISIT.offers(visit, by=cast.lena, at=NOW) == []
    history = text_of(client, f"{OVERVIEW}history/")
    for word in ("visit", "Visit", "held", "report"):
        assert word not in history.partition("Kind")[2].partition("Narrow")[2], word


@pytest.mark.parametrize("who", ["olu", "ada", "dan"])
def test_S7_others_do_not_get_even_the_line(
    cast: Cast, case: Allocation, client: StrictClient, who: str
) -> None:
    held(case, cast.sadia, on=TODAY - timedelta(days=10))
    client.force_login(cast.everyone[who])
    assert "A visit took place" not in text_of(client, OVERVIEW)


def test_E2_the_tab_is_accessible(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    held(case, cast.sadia, on=TODAY - timedelta(days=10))
    planned(case, cast.sadia, kind="contact", on=date(2026, 12, 1))
    sign_in(page, cast.sadia)
    page.goto(TAB)
    assert_accessible(page)
