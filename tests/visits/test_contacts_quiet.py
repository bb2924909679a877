"""U3: schools that nobody has spoken to or visited for as long as policy finds too long."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from plimsoll.framework.editions import current
from plimsoll.visits.contacts import calls
from plimsoll.visits.contacts.calls import Said
from plimsoll.visits.contacts.quiet import heard_before, quiet
from tests.allocations import steps as allocation
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast, make_school
from tests.markup import StrictClient
from tests.visits.steps import held, planned

LIST = "/visits/quiet/"
# Thirty working days before Monday, 5 October 2026; 31 August is a bank holiday.
LONG_AGO = date(2026, 8, 21)


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def call(cast: Cast, on: date) -> None:
    said = Said(on=on, how="phone", spoke_to="head", about="Attendance.")
    calls.log(school=cast.harbour_view, said=said, by=cast.sadia, at=NOW)


def names(person: Any) -> list[str]:
    return [row.school.name for row in quiet(person, current(), TODAY)]


def test_U3_thirty_working_days_are_counted_back_over_bank_holidays(db: None) -> None:
    assert heard_before(current(), TODAY) == LONG_AGO


@pytest.mark.parametrize(("on", "listed"), [(date(2026, 8, 20), True), (LONG_AGO, False)])
def test_U3_a_school_is_listed_when_its_last_call_is_too_long_ago(
    cast: Cast, on: date, listed: bool
) -> None:
    call(cast, on)
    assert ("Harbour View Primary School" in names(cast.sadia)) == listed


def test_U3_a_visit_that_was_held_is_a_contact_and_the_next_one_is_shown(
    cast: Cast, client: StrictClient
) -> None:
    case = allocation.agreed(cast, band="B")
    held(case, cast.sadia, on=date(2026, 10, 2))
    assert names(cast.sadia) == ["Dock Road Academy"]
    other = case.cycle.allocations.get(school=cast.dock_road)
    planned(other, cast.sadia, on=date(2026, 11, 3))
    client.force_login(cast.sadia)
    page = " ".join(re.sub(r"<[^>]*>", " ", client.get(LIST).content.decode()).split())
    assert "Dock Road Academy Sadia Rahman None is kept 3 November 2026" in page


@pytest.mark.parametrize(
    ("who", "number"), [("sadia", 2), ("sam", 3), ("priya", 5), ("dorothy", 5), ("helen", 0)]
)
def test_U3_S7_each_sees_the_schools_whose_calls_they_may_read(
    cast: Cast, who: str, number: int
) -> None:
    assert len(names(cast.everyone[who])) == number


@pytest.mark.parametrize("many", [1, 40])
def test_U3_the_list_costs_the_same_with_many(cast: Cast, client: StrictClient, many: int) -> None:
    for number in range(many):
        make_school(900100 + number, f"Pier {number} School", "01", "primary")
    client.force_login(cast.priya)
    client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    assert len(queries) == 7, [query["sql"] for query in queries]


def test_U3_the_list_is_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, cast.sadia)
    page.goto(LIST)
    assert_accessible(page)
