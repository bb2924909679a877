"""The clocks in a browser: at both widths, and without JavaScript (I8, I9)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from plimsoll.intervention.clocks.extending import extend
from plimsoll.intervention.clocks.meeting import meet
from plimsoll.intervention.models import Case
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import WHY, take

SignIn = Callable[[Page, Any], None]


def with_everything(cast: Cast) -> Case:
    """A plan whose day was moved, a statement that was sent, another that is owed."""
    case = take(steps.formal(cast), "category", cast.declan)
    extend(
        obligation=case.obligations.get(kind="action-plan"), due=date(2027, 1, 11),
        why="The head was ill for three weeks, and the deputy wrote to ask.", by=cast.priya, at=NOW,
    )  # fmt: skip
    return case


def test_I8_I9_the_clocks_and_their_forms_are_accessible(
    cast: Cast, page: Page, sign_in: SignIn
) -> None:
    case = with_everything(cast)
    plan = case.obligations.get(kind="action-plan")
    statement = case.obligations.get(kind="statement-of-action")
    other = steps.opened(cast, cast.quayside)
    for who, name, args in (
        ("priya", "case", [case.pk]),
        ("helen", "told", [case.pk]),
        ("priya", "owed", [statement.pk, "meet"]),
        ("priya", "owed", [statement.pk, "extend"]),
        ("priya", "owed", [plan.pk, "extend"]),
        ("declan", "step", [other.pk, "category"]),
    ):
        page.context.clear_cookies()
        sign_in(page, cast.everyone[who])
        page.goto(reverse(f"intervention:{name}", args=args))
        assert_accessible(page)
    meet(obligation=statement, on=TODAY, note="By e-mail", by=cast.priya, at=NOW)
    sign_in(page, cast.priya)
    for address in (
        reverse("intervention:owed", args=[statement.pk, "reopen"]),
        reverse("intervention:case", args=[case.pk]),
        "/",
    ):
        page.goto(address)
        assert_accessible(page)


def test_I8_I9_a_plan_gets_another_day_and_a_statement_is_sent_without_javascript(
    cast: Cast, page_without_javascript: Page, sign_in: SignIn
) -> None:
    page, case = page_without_javascript, take(steps.formal(cast), "category", cast.declan)
    sign_in(page, cast.priya)
    page.goto(reverse("intervention:case", args=[case.pk]))
    page.get_by_role("link", name="Set another day").click()
    for part, value in (("Day", "30"), ("Month", "3"), ("Year", "2027")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Why").fill(WHY)
    page.get_by_role("button", name="Set another day").click()
    assert page.get_by_text("Due 30 March 2027").first.is_visible()
    page.get_by_role("link", name="Record that it was sent").click()
    for part, value in (("Day", "6"), ("Month", "10"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Who sent it").fill("Priya, by e-mail to Ofsted")
    page.get_by_role("button", name="Record that it was sent").click()
    assert page.get_by_text("6 October 2026, recorded by Priya Nair").is_visible()
