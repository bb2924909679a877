"""The school profile in a browser, with figures in it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import OpenPage, assert_accessible
from tests.cast import Cast
from tests.desk.figures_of import publish
from tests.desk.inspected import inspected

SignIn = Callable[[Page, Any], None]
ADDRESS = "/schools/900001/evidence/"


def test_the_profile_is_accessible_with_figures(cast: Cast, page: Page, sign_in: SignIn) -> None:
    publish(cast.harbour_view)
    inspected(cast.harbour_view)
    sign_in(page, cast.helen)
    page.goto(ADDRESS)
    assert_accessible(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert_accessible(page)
    chart = page.get_by_role("img", name="Overall absence, % of sessions")
    expect(chart).to_have_accessible_description(
        "This school: 7.9 % in 2021-22, 5.7 % in 2024-25, no figure for 2022-23. England, "
        "primary schools: 6.2 % in 2022-23, 5.5 % in 2024-25. The scale goes from 5 % to 8 %."
    )


def test_U5_a_head_finds_attendance_in_two_taps_by_keyboard_without_javascript(
    cast: Cast, open_page: OpenPage, sign_in: SignIn
) -> None:
    publish(cast.harbour_view)
    page = open_page(width=320, javascript=False)
    sign_in(page, cast.helen)
    page.goto("/schools/900001/")
    page.get_by_role("link", name="Evidence", exact=True).press("Enter")
    page.get_by_role("link", name="Attendance", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Attendance", exact=True)).to_be_in_viewport()
    page.get_by_text("Where these figures are from").first.press("Enter")
    expect(page.get_by_text("absence in schools (performance tables), as at").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_measure_in_the_table_leads_to_its_years_and_unfolds_them(
    width: int, cast: Cast, open_page: OpenPage, sign_in: SignIn
) -> None:
    publish(cast.harbour_view)
    page = open_page(width=width)
    sign_in(page, cast.helen)
    page.goto(ADDRESS)
    years = page.get_by_role("table", name="Persistent absence, % of pupils").get_by_text("2022-23")
    expect(years).to_be_hidden()
    page.get_by_role("link", name="Persistent absence", exact=True).press("Enter")
    expect(years).to_be_visible()
    page.goto("/schools/900001/")
    page.goto(f"{ADDRESS}#absencepersistent")
    expect(years).to_be_visible()
    assert_accessible(page)


def test_without_javascript_it_leads_to_what_unfolds_them(
    cast: Cast, open_page: OpenPage, sign_in: SignIn
) -> None:
    publish(cast.harbour_view)
    page = open_page(width=320, javascript=False)
    sign_in(page, cast.helen)
    page.goto(ADDRESS)
    page.get_by_role("link", name="Persistent absence", exact=True).press("Enter")
    page.keyboard.press("Enter")
    years = page.get_by_role("table", name="Persistent absence, % of pupils").get_by_text("2022-23")
    expect(years).to_be_visible()
