"""I8: the governing body's plan in a browser: both widths, by keyboard, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from plimsoll.intervention.models import GoverningBodyPlan
from plimsoll.people.models import User
from tests.browser import NARROW, OpenPage, assert_accessible
from tests.cast import TODAY, Cast
from tests.intervention import planning
from tests.intervention.steps import DAY

SignIn = Callable[[Page, User], None]
pytestmark = pytest.mark.django_db(transaction=True)


def of(pk: int, name: str = "plan", *more: str) -> str:
    return reverse(f"intervention:{name}", args=[pk, *more])


def test_I8_the_pages_of_a_plan_are_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    plan = planning.sent(cast, day=TODAY + 22 * DAY)
    pk, case = plan.obligation_id, plan.obligation.case_id
    judging = [
        (cast.priya, of(pk)),
        (cast.priya, of(pk, "plan-judge", "accept")),
        (cast.priya, of(pk, "plan-judge", "send_back")),
        (cast.priya, reverse("intervention:case", args=[case])),
    ]
    _each(page, sign_in, judging)
    points = "Say who reads the minutes."
    planning.go(plan, "send_back", cast.priya, day=TODAY + 23 * DAY, points=points)
    writing = [
        *((cast.helen, of(pk, name)) for name in ("plan", "plan-write", "plan-check", "plan-file")),
        (cast.helen, reverse("intervention:told", args=[case])),
        (cast.sadia, of(pk, "plan-receive")),
    ]
    _each(page, sign_in, writing)


def _each(page: Page, sign_in: SignIn, addresses: list[tuple[User, str]]) -> None:
    for person, address in addresses:
        page.context.clear_cookies()
        sign_in(page, person)
        page.goto(address)
        assert_accessible(page)


def test_I8_a_plan_is_written_and_sent_on_a_phone_without_javascript(
    cast: Cast, open_page: OpenPage, sign_in: SignIn
) -> None:
    obligation = planning.owed(cast)
    page = open_page(width=NARROW, javascript=False)
    sign_in(page, cast.chloe)
    page.goto(of(obligation.pk))
    page.get_by_role("button", name="Write the plan").click()
    for number in (0, 1):
        page.get_by_label("What will be done").nth(number).fill("Ask the diocese.")
        page.get_by_label("Who does it").nth(number).fill("The chair")
        page.get_by_label("Day").nth(number).fill("30")
        page.get_by_label("Month").nth(number).fill("11")
        page.get_by_label("Year").nth(number).fill("2026")
        page.get_by_label("How it will be known").nth(number).fill("The minutes.")
    page.get_by_role("button", name="Save and check before sending").click()
    expect(page.locator("main")).to_contain_text("Put this right first")
    page.get_by_role("link", name="Answer “How the governing body").click()
    page.get_by_label("How the governing body will see").fill("Each month.")
    page.get_by_role("button", name="Save and check before sending").click()
    page.get_by_role("button", name="Send the plan").click()
    expect(page.locator("main")).to_contain_text("Received, not judged yet")
    assert GoverningBodyPlan.objects.get().versions.count() == 1


def test_I8_a_plan_is_written_by_keyboard_and_kept_as_it_is_typed(
    cast: Cast, open_page: OpenPage, sign_in: SignIn
) -> None:
    obligation = planning.owed(cast)
    page = open_page()
    sign_in(page, cast.helen)
    page.goto(of(obligation.pk, "plan-write"))
    page.get_by_label("What will be done").first.focus()
    page.keyboard.type("Ask the diocese.")
    page.keyboard.press("Tab")
    page.keyboard.type("The chair")
    expect(page.locator(".pl-draft")).to_contain_text("Draft saved")
    page.context.close()
    again = open_page(width=NARROW)
    sign_in(again, cast.helen)
    again.goto(of(obligation.pk, "plan-write"))
    expect(again.get_by_label("What will be done").first).to_have_value("Ask the diocese.")
    expect(again.get_by_label("Who does it").first).to_have_value("The chair")
    button = again.get_by_role("button", name="Save", exact=True)
    button.focus()
    again.keyboard.press("Enter")
    expect(again.get_by_role("alert")).to_contain_text("Saved")
    assert GoverningBodyPlan.objects.get().actions.get().who == "The chair"


def test_I8_two_who_wrote_in_the_same_part_see_both_texts(
    cast: Cast, open_page: OpenPage, sign_in: SignIn
) -> None:
    plan = planning.written(cast)
    pages = []
    for person, words in ((cast.helen, "Ask the authority."), (cast.chloe, "Ask the diocese.")):
        page = open_page()
        sign_in(page, person)
        page.goto(of(plan.obligation_id, "plan-write"))
        page.get_by_label("What will be done").first.fill(words)
        pages.append(page)
    for page in pages:
        page.get_by_role("button", name="Save", exact=True).click()
    late = pages[1]
    expect(late.get_by_label("Yours (not saved)")).to_have_value("Ask the diocese.")
    expect(late.get_by_label("What is saved now")).to_have_value("Ask the authority.")
    assert_accessible(late)
    late.get_by_role("button", name="Keep the merged text").click()
    expect(late.get_by_role("alert")).to_contain_text("Saved")
    text = plan.actions.get(matter=0).what
    assert text == "Ask the authority.\n\nAsk the diocese."
