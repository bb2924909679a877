"""The pages of an allocation that few people open: as accessible as the others."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation, Side
from tests.allocations import steps
from tests.allocations.test_high_risk_process import disputed, marked
from tests.browser import assert_accessible
from tests.cast import NOW, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, Any], None]


def test_the_pages_of_a_high_risk_mark(page: Page, live_server: Any, sign_in: SignIn) -> None:
    cast = make_cast()
    case = steps.agreed(cast, band="C")
    sign_in(page, cast.sadia)
    page.goto(f"/allocations/{case.pk}/high-risk/")
    assert_accessible(page)


def test_the_steps_of_a_high_risk_mark(page: Page, live_server: Any, sign_in: SignIn) -> None:
    cast = make_cast()
    mark = marked(cast)
    for person, step in ((cast.helen, "dispute"), (cast.sadia, "lift")):
        sign_in(page, person)
        page.goto(f"/allocations/{mark.allocation_id}/high-risk/{mark.pk}/{step}/")
        assert_accessible(page)


def test_the_decision_on_a_disputed_mark(page: Page, live_server: Any, sign_in: SignIn) -> None:
    cast = make_cast()
    mark = disputed(cast)
    sign_in(page, cast.priya)
    for step in ("uphold", "overturn"):
        page.goto(f"/allocations/{mark.allocation_id}/high-risk/{mark.pk}/{step}/")
        assert_accessible(page)


def test_the_pages_of_a_review(page: Page, live_server: Any, sign_in: SignIn) -> None:
    cast = make_cast()
    case = steps.agreed(cast)
    actions.ask_for_review(
        case=case, side=Side.SCHOOL, reasons="We lost our deputy.", by=cast.helen, at=NOW
    )
    sign_in(page, cast.priya)
    for address in ("review/refuse/", "open_review/"):
        page.goto(f"/allocations/{case.pk}/{address}")
        assert_accessible(page)
    steps.take(case, "open_review", cast.priya, reasons="A good reason.")
    page.goto(f"/allocations/{case.pk}/")
    assert_accessible(page)
    assert Allocation.objects.filter(round=2).exists()
