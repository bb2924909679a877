"""The pages of powers and decisions in a browser, at both widths."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from plimsoll.intervention.powers import bar
from tests.browser import assert_accessible
from tests.cast import Cast
from tests.intervention import steps
from tests.intervention.steps import on
from tests.intervention.test_decisions import recorded
from tests.intervention.using import AFTER, HOW, in_force, proposed, ready


def test_I9_powers_and_decisions_are_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    case = steps.eligible(cast)
    board, budget = in_force(cast, case, "s65"), ready(cast, case, "s66")
    arrangements = proposed(cast, case, "s63")
    decision = recorded(cast, case)
    bar.bar_powers(case=case, on=AFTER, told_how=HOW, by=cast.priya, at=on(AFTER))
    sign_in(page, cast.declan)
    for name, args in (
        ("case", [case.pk]),
        ("powers", [case.pk]),
        ("power", [board.pk]),
        ("power", [arrangements.pk]),
        ("power-consult", [arrangements.pk]),
        ("power-secretary", [arrangements.pk]),
        ("power-copies", [board.pk]),
        ("power-step", [board.pk, "end"]),
        ("power-step", [budget.pk, "decide"]),
        ("power-propose", [case.pk, "s64"]),
        ("powers-bar", [case.pk]),
        ("decision-add", [case.pk]),
        ("decision-supersede", [decision.pk]),
        ("decision-told", [decision.pk]),
    ):
        page.goto(reverse(f"intervention:{name}", args=args))
        assert_accessible(page)
