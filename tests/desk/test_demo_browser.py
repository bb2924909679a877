"""The demonstration in a browser: every state of an allocation, and the way in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from plimsoll.allocations.models import Allocation
from plimsoll.desk.demo import make
from plimsoll.people.models import User
from tests.browser import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def demonstration(db: None, settings: Any) -> None:
    settings.DEMO = True
    make(at=timezone.now())


def test_one_click_leads_from_the_cast_to_what_waits(page: Page) -> None:
    page.goto("/account/login/")
    assert_accessible(page)
    page.get_by_role("button", name="Sign in as Helen Marsh").click()
    page.get_by_role("link", name="Harbour View Primary School").first.click()
    expect(page.locator("main")).to_contain_text("Harbour View Primary School")
    assert_accessible(page)


def test_S1_an_allocation_is_accessible_in_every_state(
    page: Page, sign_in: Callable[[Page, User], None]
) -> None:
    sign_in(page, User.objects.get(name="Dorothy Adeyemi"))
    one_a_state = {case.state: case for case in Allocation.objects.order_by("pk")}
    assert len(one_a_state) == 14
    for case in one_a_state.values():
        page.goto(f"/allocations/{case.pk}/")
        assert_accessible(page)


def test_S2_what_waits_for_a_head_is_accessible_to_that_head(
    page: Page, sign_in: Callable[[Page, User], None]
) -> None:
    for name in ("Gwen Pritchard", "Kofi Mensah", "Brian Tuck", "Ruth Ansell"):
        head = User.objects.get(name=name)
        case = Allocation.objects.get(school__assignments__person=head)
        sign_in(page, head)
        page.goto(f"/allocations/{case.pk}/")
        assert_accessible(page)
