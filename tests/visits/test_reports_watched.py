"""Q1: what a Principal Officer watches, in a fixed number of queries."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plimsoll.allocations.models import Allocation
from plimsoll.people.models import User
from plimsoll.visits.reports.oversight.watching import Watched, friday, watched
from tests.allocations import steps
from tests.cast import NOW, TODAY, Cast
from tests.visits.steps import checking, held, issued

DAY = timedelta(days=1)


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def watch(user: User, days: int = 0) -> Watched:
    return watched(user, year="2026-27", partner=None, at=NOW + days * DAY)


def counts(found: Watched) -> dict[str, int]:
    return {key: len(rows) for key, rows in found.by.items()}


def test_Q1_reports_stand_by_what_one_looks_for(cast: Cast, case: Allocation) -> None:
    checking(cast, case)  # due on Monday 19 October
    held(case, cast.sadia, on=TODAY + DAY, kind="contact", days="0.5")  # on Tuesday the 20th
    assert counts(watch(cast.priya, 1)) == {
        "check": 1, "late": 0, "friday": 0, "school": 0, "open": 2,
    }  # fmt: skip
    assert counts(watch(cast.priya, 14)) == {
        "check": 1, "late": 0, "friday": 2, "school": 0, "open": 2,
    }  # fmt: skip
    assert counts(watch(cast.priya, 15))["late"] == 1


def test_Q1_what_one_wrote_in_does_not_wait_for_ones_check(cast: Cast, case: Allocation) -> None:
    checking(cast, case).writers.add(cast.priya)
    assert counts(watch(cast.priya))["check"] == 0


def test_Q1_S7_no_other_schools_reports_are_watched(cast: Cast, case: Allocation) -> None:
    checking(cast, case)
    assert counts(watch(cast.paul))["open"] == 0


def test_Q1_the_year_says_how_many_were_on_time_and_the_median(
    cast: Cast, case: Allocation
) -> None:
    issued(cast, case, NOW + 8 * DAY)  # on the sixth working day
    issued(cast, case, NOW + 22 * DAY, on=TODAY + DAY, kind="contact", days="0.5")
    # From Tuesday 6 to Tuesday 27 October: fifteen working days, and so five too many.
    year = watch(cast.priya, 30).year
    assert (year.issued, year.on_time, year.share) == (2, 1, 50)
    assert year.days == "10 working days"


def test_Q1_friday_is_the_next_one() -> None:
    assert friday(TODAY) == TODAY + 4 * DAY
    assert friday(TODAY + 4 * DAY) == TODAY + 4 * DAY
    assert friday(TODAY + 5 * DAY) == TODAY + 11 * DAY


def test_Q1_the_page_asks_as_much_for_many_reports_as_for_one(cast: Cast, case: Allocation) -> None:
    client, address = Client(), reverse("visits:reports")
    client.force_login(cast.priya)

    def asked() -> int:
        with (
            CaptureQueriesContext(
                connection,
            ) as kept,
            time_machine.travel(NOW, tick=False),
        ):
            assert client.get(address, {"look": "open"}).status_code == 200
        return len(kept)

    checking(cast, case)
    asked()
    assert asked() == 10
    other = case.cycle.allocations.get(school=cast.quayside)
    held(other, cast.sam, kind="additional")
    for number in range(1, 4):
        held(case, cast.sadia, on=TODAY - number * DAY, kind="contact", days="0.5")
    assert asked() == 10
