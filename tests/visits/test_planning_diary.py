"""E2: the diary week by week, with what clashes and what is too full."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.schools.models import Closure
from plimsoll.visits.diary.workflow import VISIT
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.markup import StrictClient
from tests.visits import terms
from tests.visits.steps import held, planned

DIARY = "/visits/"


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    terms.enter()
    return steps.agreed(cast, band="B")


def page_of(client: StrictClient, query: str = "") -> str:
    response = client.get(f"{DIARY}{query}")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def listed(page: str) -> str:
    """What stands beneath the filters."""
    return page.partition("Show all")[2]


def test_E2_a_partner_sees_their_own_visits_from_this_week_on(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    lighthouse = case.cycle.allocations.get(school=cast.lighthouse)
    planned(case, cast.sadia, on=date(2026, 11, 3), part="morning", mode="virtual")
    planned(lighthouse, cast.sam, kind="additional", on=date(2026, 11, 4))
    held(case, cast.sadia, kind="contact", on=date(2026, 10, 1))
    client.force_login(cast.sadia)
    page = page_of(client)
    assert "Week of 2 November 2026" in page
    assert "Tue 3 Nov Morning Harbour View Primary School Core visit By video Planned" in page
    assert "Lighthouse" not in page
    assert "Thu 1 Oct" not in page
    assert "Thu 1 Oct" in page_of(client, "?term=all")
    assert "Thu 1 Oct" in page_of(client, "?term=Autumn")
    assert "Thu 1 Oct" not in page_of(client, "?term=Spring")
    assert "Tue 3 Nov" not in page_of(client, "?kind=contact")
    # Somebody else’s is not theirs to ask for.
    assert "Lighthouse" not in page_of(client, f"?partner={cast.sam.pk}")


def test_E2_whoever_oversees_sees_everybody_or_one(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    lighthouse = case.cycle.allocations.get(school=cast.lighthouse)
    planned(case, cast.sadia, on=date(2026, 11, 3))
    planned(lighthouse, cast.sam, kind="additional", on=date(2026, 11, 4))
    client.force_login(cast.dorothy)
    both = listed(page_of(client))
    assert "Sadia Rahman" in both
    assert "Sam Okoro" in both
    one = listed(page_of(client, f"?partner={cast.sam.pk}"))
    assert "Lighthouse School" in one
    assert "Harbour View" not in one
    assert "No visits match" in page_of(client, "?state=cancelled")
    assert page_of(client, "?partner=x&term=%00&page=x")


def test_E2_clashes_closed_days_and_full_weeks_are_told_in_words(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    dock = case.cycle.allocations.get(school=cast.dock_road)
    planned(case, cast.sadia, kind="core", on=date(2026, 11, 3), part="morning")
    planned(dock, cast.sadia, kind="additional", on=date(2026, 11, 3), part="morning")
    planned(dock, cast.sadia, kind="additional", on=date(2026, 11, 7))
    for day in (4, 5):
        planned(case, cast.sadia, kind="additional", on=date(2026, 11, day))
    Closure.objects.create(
        school=cast.harbour_view, kind="inset", starts=date(2026, 11, 5), ends=date(2026, 11, 5)
    )
    client.force_login(cast.priya)
    page = page_of(client)
    assert "Too full Sadia Rahman: 5 days, and 4 is the most." in page
    assert "Look again Clash: Dock Road Academy is in the morning." in page
    assert "Look again Clash: Harbour View Primary School is in the morning." in page
    assert "Look again It is a Saturday." in page
    assert "Look again The school has an INSET day." in page
    # Narrowed, what clashes with what is left out is told all the same.
    assert "Clash: Dock Road Academy" in page_of(client, "?kind=core")


def test_E2_a_visit_is_moved_by_a_form_from_the_diary(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia, on=date(2026, 11, 3))
    client.force_login(cast.sadia)
    assert f"/visits/{visit.pk}/move/" in client.get(DIARY).content.decode()
    assert client.get(f"/visits/{visit.pk}/move/").status_code == 200
    VISIT.take(visit, "cancel", by=cast.sadia, at=NOW, reason="school-late")
    assert (
        f"/visits/{visit.pk}/move/" not in client.get(f"{DIARY}?state=cancelled").content.decode()
    )
    client.force_login(cast.dorothy)  # she oversees and does not plan
    assert "/move/" not in client.get(DIARY).content.decode()


def test_E1_the_navigation_opens_the_diary_which_leads_to_the_days(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    html = client.get(DIARY).content.decode()
    assert 'href="/visits/"' in client.get("/").content.decode()
    assert 'href="/visits/days/"' in html
    assert "/visits/caseload/" not in html
    client.force_login(cast.helen)
    assert client.get(DIARY).status_code == 403


def test_the_diary_costs_the_same_with_many(
    cast: Cast,
    case: Allocation,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    planned(case, cast.sadia, on=date(2026, 11, 3))
    client.force_login(cast.dorothy)
    page_of(client)
    with django_assert_num_queries(QUERIES):
        page_of(client)
    others = list(case.cycle.allocations.select_related("school"))
    partners = {900001: cast.sadia, 900002: cast.sadia}
    for nth in range(60):
        other = others[nth % len(others)]
        by = partners.get(other.school_id, cast.sam)
        planned(other, by, kind="additional", on=TODAY + timedelta(days=3 * nth))
    with django_assert_num_queries(QUERIES):
        page_of(client)


QUERIES = 12


def test_the_diary_is_accessible(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    planned(case, cast.sadia, on=date(2026, 11, 7))
    planned(case, cast.sadia, kind="additional", on=date(2026, 11, 7))
    sign_in(page, cast.priya)
    page.goto(DIARY)
    assert_accessible(page)
