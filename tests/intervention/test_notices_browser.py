"""The pages of a notice in a browser, at both widths."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from plimsoll.intervention.models import Notice
from tests.browser import assert_accessible
from tests.cast import Cast
from tests.intervention.drafts import begun, lawyer, sent


def test_I4_the_pages_of_a_notice_are_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    reviewer = lawyer()
    formal = sent(cast, reviewer)
    pre = Notice.objects.get(case=formal.case, kind="pre-formal")
    draft = begun(formal.case, "formal-60a", "s60a-pay", by=cast.priya)
    row = pre.deliveries.order_by("pk").first()
    assert row is not None
    for person, name, args in (
        (cast.priya, "notice-add", [formal.case_id, "pre-formal-removed"]),
        (cast.priya, "notice-write", [draft.pk]),
        (cast.declan, "notice", [pre.pk]),
        (reviewer, "notice", [formal.pk]),
        (reviewer, "notice-step", [formal.pk, "find_sound"]),
        (cast.declan, "recipient-correct", [formal.pk]),
        (cast.priya, "recipient-record", [row.pk]),
    ):
        page.context.clear_cookies()
        sign_in(page, person)
        page.goto(reverse(f"intervention:{name}", args=args))
        assert_accessible(page)
