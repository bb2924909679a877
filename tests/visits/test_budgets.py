"""E1, F3: how many days a source of funding pays for, committed, spent and left."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db.utils import DatabaseError
from playwright.sync_api import Page

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Event
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits.days.budgets import set_budget
from plimsoll.visits.models import Budget
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.markup import StrictClient
from tests.visits.steps import held, planned

ALL = "/visits/days/?by=funding"
CORE = "/visits/days/2026-27/budget/core/"


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


def set_to(case: Allocation, by: User, days: str, *, seen: int = 0, why: str = "Forum") -> Budget:
    return set_budget(
        cycle=case.cycle, funding="core", days=Decimal(days), why=why, seen=seen, by=by, at=NOW
    )


def test_F3_planned_days_are_committed_and_delivered_days_spent(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    planned(case, cast.sadia, kind="contact", on=TODAY + timedelta(days=30))
    held(case, cast.sadia)
    held(case, cast.sadia, kind="contact", days="0.5")
    client.force_login(cast.dorothy)
    core = "Centrally commissioned (de-delegated)"
    assert f"{core} Not set 1 1.5 –" in text_of(client, ALL)
    done = client.post(CORE, {"seen": 0, "days": "100", "why": "Schools forum"}, follow=True)
    page = words(done.content.decode())
    assert "The budget is set." in page
    assert f"{core} 100 1 1.5 97.5" in page
    assert "Bought by the school Not set 0 0 –" in page


def test_F3_more_than_the_budget_is_said(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    held(case, cast.sadia)
    set_to(case, cast.dorothy, "0.5")
    client.force_login(cast.priya)
    assert "0.5 0 1 −0.5 Over" in text_of(client, ALL)


def test_F3_every_budget_that_was_set_is_kept(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    first = set_to(case, cast.dorothy, "100", why="Schools forum in June")
    set_to(case, cast.priya, "90.5", seen=first.pk, why="A school became an academy")
    client.force_login(cast.dorothy)
    page = text_of(client, CORE)
    assert "90.5 (holds) A school became an academy Priya Nair" in page
    assert "100 Schools forum in June Dorothy Adeyemi" in page
    with pytest.raises(DatabaseError):
        Budget.objects.filter(pk=first.pk).update(days=1)


def test_F3_a_second_click_sets_nothing_and_a_late_one_is_told(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    first = set_to(case, cast.dorothy, "100")
    assert set_to(case, cast.dorothy, "100") == first
    with pytest.raises(Refused, match="since: 100 days"):
        set_to(case, cast.priya, "80")
    client.force_login(cast.priya)
    late = client.post(CORE, {"seen": 0, "days": "80", "why": "Fewer schools"})
    assert "Somebody else has set this budget since: 100 days" in words(late.content.decode())
    assert "Fewer schools" in late.content.decode()
    assert Event.objects.filter(verb="days.budgeted").count() == 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"days": "", "why": "x"}, "Enter the days"),
        ({"days": "-1", "why": "x"}, "must be 0 or more"),
        ({"days": "0.3", "why": "x"}, "in quarters"),
        ({"days": "1"}, "Enter the why"),
    ],
)
def test_F3_what_cannot_be_is_said_beside_the_form(
    cast: Cast, case: Allocation, client: StrictClient, answers: dict[str, str], said: str
) -> None:
    client.force_login(cast.dorothy)
    page = client.post(CORE, {"seen": 0} | answers)
    assert said in words(page.content.decode())
    assert not Budget.objects.exists()


@pytest.mark.parametrize("who", ["sadia", "helen", "declan"])
def test_F3_whoever_sets_no_budgets_sees_none(
    cast: Cast, case: Allocation, client: StrictClient, who: str
) -> None:
    set_to(case, cast.dorothy, "100")
    with pytest.raises(Refused, match="Your role"):
        set_to(case, cast.everyone[who], "1")
    client.force_login(cast.everyone[who])
    assert client.get(CORE).status_code == 403
    if who != "helen":
        assert "Budgets of days" not in text_of(client, ALL)


def test_F3_an_unknown_source_is_not_found(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.dorothy)
    assert client.get("/visits/days/2026-27/budget/lottery/").status_code == 404
    assert client.get("/visits/days/2019-20/budget/core/").status_code == 404


def test_F3_the_pages_are_accessible(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    held(case, cast.sadia)
    set_to(case, cast.dorothy, "0.5")
    sign_in(page, cast.dorothy)
    for address in (ALL, CORE):
        page.goto(address)
        assert_accessible(page)
