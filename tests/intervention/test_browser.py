"""The pages of a case in a browser, at both widths."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from tests.browser import assert_accessible
from tests.cast import TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import DAY, discussed, found


def test_I2_the_case_and_what_the_school_was_told_are_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    case = steps.formal(cast, "safety", "leadership")
    found(case, "improvement", cast.priya)
    discussed(case, cast.dorothy, day=TODAY + DAY)
    for who, name, args in (
        ("declan", "case", [case.pk]),
        ("sadia", "case", [case.pk]),
        ("helen", "told", [case.pk]),
        ("declan", "discussion", [case.pk]),
        ("declan", "step", [case.pk, "superseded"]),
        ("declan", "finding-add", [case.pk, "statutory-ground"]),
        ("priya", "school", [cast.harbour_view.pk]),
        ("priya", "open", [cast.quayside.pk]),
    ):
        page.context.clear_cookies()
        sign_in(page, cast.everyone[who])
        page.goto(reverse(f"intervention:{name}", args=args))
        assert_accessible(page)
