"""E1, U2: who has how many days, and how schools could pass so that they are nearer to even."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.schools.models import Assignment
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.planning.balancing import Held, Load, balanced
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, Cast, give, make_school
from tests.markup import StrictClient
from tests.visits.steps import planned

PAGE = "/visits/caseload/"


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def school(urn: int, days: str, phase: str = "primary") -> Held:
    return Held(urn, f"School {urn}", phase, Decimal(days), urn)


def passes(loads: list[Load], *barred: tuple[int, int]) -> list[tuple[int, str, str]]:
    found = balanced(loads, frozenset(barred))
    return [(each.school.urn, each.giver.name, each.taker.name) for each in found]


# --- the proposal ------------------------------------------------------------------------

ANN = Load(1, "Ann", (school(11, "7"), school(12, "5.5"), school(13, "3", "secondary")))
BOB = Load(2, "Bob", (school(21, "3"),))


def test_E1_the_pass_that_evens_most_comes_first() -> None:
    """Ann 15.5, Bob 3: 7 leaves 8.5 and 10; then nothing brings them a day nearer."""
    assert passes([ANN, BOB]) == [(11, "Ann", "Bob")]
    why = balanced([ANN, BOB], frozenset())[0].why
    assert why == (
        "Ann would come from 15.5 days to 8.5 days, Bob from 3 days to 10 days. "
        "Bob already works with other schools of this phase (primary)."
    )


def test_E1_a_partner_of_the_same_phase_is_preferred() -> None:
    """Cat has nothing yet, but Bob knows primary schools."""
    cat = Load(3, "Cat", ())
    assert passes([ANN, BOB, cat])[0] == (11, "Ann", "Bob")
    assert [urn for urn, _, taker in passes([ANN, BOB, cat]) if taker == "Cat"]


def test_U2_a_school_never_passes_to_its_own_head_or_where_an_interest_was_declared() -> None:
    assert passes([ANN, BOB], (2, 11)) == [(12, "Ann", "Bob")]
    assert passes([ANN, BOB], (2, 11), (2, 12), (2, 13)) == []


def test_E1_what_is_even_is_left_alone() -> None:
    assert passes([BOB, Load(3, "Cat", (school(31, "3.5"),))]) == []
    assert passes([]) == []


LOADS = st.lists(
    st.lists(st.tuples(st.sampled_from(["3", "5.5", "7"]), st.sampled_from(["primary", "all"])),
             max_size=6),
    max_size=5,
).map(
    lambda parts: [
        Load(nth, f"P{nth}", tuple(
            Held(nth * 100 + at, "S", "primary" if phase == "primary" else "secondary",
                 Decimal(days), at)
            for at, (days, phase) in enumerate(schools)
        ))
        for nth, schools in enumerate(parts)
    ]
)  # fmt: skip


# A machine that is busy draws slowly, which says nothing of the proposal.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LOADS, st.frozensets(st.tuples(st.integers(0, 4), st.integers(0, 405)), max_size=20))
def test_E1_U2_whatever_they_have_each_pass_evens_and_none_is_barred(
    loads: list[Load], barred: frozenset[tuple[int, int]]
) -> None:
    found = balanced(loads, barred)
    assert len({each.school.urn for each in found}) == len(found)
    for each in found:
        before = each.giver.days - each.taker.days
        after = before - 2 * each.school.days
        assert abs(after) < before
        assert (each.taker.person, each.school.urn) not in barred
    assert balanced(loads, barred) == found


# --- the page ------------------------------------------------------------------------------


@pytest.fixture
def case(cast: Cast) -> Allocation:
    """Sadia: Harbour View in B (5.5 days) and Dock Road; Sam: schools without days yet."""
    case = steps.agreed(cast, band="B")
    case.cycle.allocations.filter(school=cast.dock_road).update(previous_band="C")
    bring_up_to_date(cycle=case.cycle, at=NOW)
    return case


def page_of(client: StrictClient) -> str:
    response = client.get(PAGE)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_E1_the_partners_days_and_full_weeks_and_a_proposal(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    for day in range(2, 7):
        planned(case, cast.sadia, kind="additional", on=date(2026, 11, day))
    client.force_login(cast.dorothy)
    page = page_of(client)
    # Schools, entitled, planned, used, left, weeks too full.
    assert "Sadia Rahman 2 12.5 5 0 12.5 1" in page
    assert "Sam Okoro 3 0 0 0 0 0" in page
    assert "Harbour View Primary School from Sadia Rahman to Sam Okoro" in page
    assert "Sadia Rahman would come from 12.5 days to 7 days" in page
    assert "Hand over" not in page  # she gives no roles
    client.force_login(cast.priya)
    held = Assignment.objects.get(school=cast.harbour_view, role="sip")
    # She knows the days of her own phases only, and balances those.
    assert "Dock Road" not in page_of(client)
    give(cast.priya, "po", starts=date(2026, 9, 2))
    assert f"/assignments/{held.pk}/hand-over/" in client.get(PAGE).content.decode()


def test_U2_a_declared_interest_and_a_post_at_the_school_bar_it(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    give(cast.sam, "sip", cast.harbour_view, starts=date(2025, 9, 1), ends=date(2026, 7, 31),
         interest="My daughter teaches there", declared_at=NOW)  # fmt: skip
    client.force_login(cast.dorothy)
    page = page_of(client)
    assert "Harbour View Primary School from" not in page
    assert "daughter" not in page
    assert "Dock Road Academy from Sadia Rahman to Sam Okoro" in page
    give(cast.sam, "head", cast.dock_road)
    assert "No school could pass" in page_of(client)


@pytest.mark.parametrize("who", ["sadia", "helen", "declan", "ada", "nobody"])
def test_S7_only_who_oversees_sees_the_caseload(
    cast: Cast, case: Allocation, client: StrictClient, who: str
) -> None:
    client.force_login(cast.everyone[who])
    assert client.get(PAGE).status_code == 403


def test_the_caseload_costs_the_same_with_many(
    cast: Cast,
    case: Allocation,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(cast.dorothy)
    page_of(client)
    with django_assert_num_queries(QUERIES):
        page_of(client)
    for nth in range(20):
        give(cast.sam, "sip", make_school(901000 + nth, f"School {nth}", "01", "primary"))
    for day in range(1, 20):
        planned(case, cast.sadia, kind="additional", on=date(2027, 3, day))
    with django_assert_num_queries(QUERIES):
        page_of(client)


QUERIES = 9


def test_the_caseload_is_accessible(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, cast.priya)
    page.goto(PAGE)
    assert_accessible(page)
