"""The pages of cases and notices in the states between first and last, at both widths.

Each address is opened once by `tests/test_every_page.py`; here are the states that change
what a page shows: steps open and blocked, notices from drafted to ended, each legal route.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from plimsoll.intervention.models import Notice
from plimsoll.people.models import User
from tests.browser import assert_accessible
from tests.cast import TODAY, Cast
from tests.intervention import steps, using
from tests.intervention.steps import DAY, approved, discussed, found, take
from tests.intervention.test_notices import begun, go, lawyer, sent, written

Opened = tuple[User, str, Iterable[object]]


def a_case_at_its_beginning(cast: Cast) -> list[Opened]:
    case = steps.opened(cast)
    return [
        (cast.priya, "case", [case.pk]),
        (cast.priya, "step", [case.pk, "concerns"]),
        (cast.priya, "notice-add", [case.pk, "concerns"]),
        (cast.helen, "school", [case.school_id]),
    ]


def an_urgent_notice_before_the_discussion(cast: Cast) -> list[Opened]:
    case = steps.told(cast, "safety")
    for fact in ("urgent-reasons", "legal-advice", "evidence-of-concern"):
        found(case, fact, cast.declan)
    approved(case, "pre-formal")
    take(case, "pre-formal-urgent", cast.declan)
    return [
        (cast.declan, "case", [case.pk]),
        (cast.chloe, "told", [case.pk]),
        (cast.priya, "finding-withdraw", [case.pk, case.findings.order_by("pk")[2].pk]),
    ]


def a_step_that_is_open(cast: Cast) -> list[Opened]:
    case = steps.ready_for_formal(cast)
    return [
        (cast.declan, "step", [case.pk, "formal"]),
        (cast.priya, "risk", [case.pk]),
        (cast.priya, "review", [case.pk]),
        (cast.declan, "block", [case.pk]),
        (cast.declan, "notice", [case.notices.get(kind="formal").pk]),
    ]


def a_power_in_force(cast: Cast) -> list[Opened]:
    case = steps.eligible(cast)
    using.in_force(cast, case, "s65")
    found(case, "legal-advice", cast.declan, day=using.AFTER)
    take(case, "powers", cast.declan, day=using.AFTER)
    return [(cast.declan, "case", [case.pk]), (cast.helen, "told", [case.pk])]


def a_case_that_is_closed(cast: Cast) -> list[Opened]:
    case = steps.warned(cast)
    found(case, "improvement", cast.priya)
    approved(case, "pre-formal-removed")
    take(case, "removed", cast.declan)
    return [
        (cast.priya, "case", [case.pk]),
        (cast.helen, "told", [case.pk]),
        (cast.helen, "school", [case.school_id]),
        (cast.priya, "notice", [case.notices.get(kind="pre-formal").pk]),
        (cast.priya, "notice", [case.notices.get(kind="pre-formal-removed").pk]),
    ]


def a_notice_on_its_way(cast: Cast) -> list[Opened]:
    reviewer = lawyer()
    notice = sent(cast, reviewer)
    returned = begun(notice.case, "formal-60a", "s60a-pay", by=cast.priya)
    returned = written(returned, cast.priya, reviewer=reviewer)
    returned = go(returned, "send_to_review", cast.priya)
    returned = go(returned, "review_back", reviewer, points="Name the order that was breached.")
    dropped = begun(notice.case, "pre-formal-removed", by=cast.priya)
    dropped = go(dropped, "drop", cast.priya, reasons="Not yet.")
    return [
        (reviewer, "notice-step", [notice.pk, "review_back"]),
        (cast.priya, "notice", [notice.pk]),
        (cast.priya, "notice", [returned.pk]),
        (cast.priya, "notice-write", [returned.pk]),
        (cast.declan, "notice-step", [notice.pk, "reopen"]),
        (cast.priya, "notice", [dropped.pk]),
    ]


def a_notice_that_waits_for_its_signatory(cast: Cast) -> list[Opened]:
    notice = begun(steps.talked(cast), "pre-formal", "leadership", by=cast.priya)
    notice = go(written(notice, cast.priya), "send", cast.priya)
    return [
        (cast.declan, "notice", [notice.pk]),
        (cast.declan, "notice-step", [notice.pk, "approve"]),
        (cast.priya, "notice-step", [notice.pk, "approve"]),
        (cast.declan, "notice-step", [notice.pk, "send_back"]),
    ]


def an_academy_and_a_unit(cast: Cast) -> list[Opened]:
    academy = steps.talked(cast, school=cast.dock_road)
    found(academy, "evidence-of-concern", cast.paul)
    approved(academy, "academy-letter")
    take(academy, "letter", cast.declan)
    unit = steps.told(cast, school=cast.tidewater)
    discussed(unit, cast.dorothy, day=TODAY + DAY, result="refused")
    return [
        (cast.paul, "case", [academy.pk]),
        (cast.henry, "told", [academy.pk]),
        (cast.paul, "notice", [Notice.objects.get(kind="academy-letter").pk]),
        (cast.dorothy, "case", [unit.pk]),
        (cast.dorothy, "step", [unit.pk, "discussion"]),
    ]


@pytest.mark.parametrize(
    "state",
    [
        a_case_at_its_beginning, an_urgent_notice_before_the_discussion, a_step_that_is_open,
        a_power_in_force, a_case_that_is_closed, a_notice_on_its_way,
        a_notice_that_waits_for_its_signatory, an_academy_and_a_unit,
    ],
)  # fmt: skip
def test_I2_the_pages_are_accessible_in_every_state(
    cast: Cast,
    page: Page,
    sign_in: Callable[[Page, Any], None],
    state: Callable[[Cast], list[Opened]],
) -> None:
    wrong = []
    for person, name, args in state(cast):
        address = reverse(f"intervention:{name}", args=list(args))
        page.context.clear_cookies()
        sign_in(page, person)
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, (address, person, answer.status)
        try:
            assert_accessible(page)
        except AssertionError as found_wrong:
            wrong.append(f"{address} as {person}: {found_wrong}")
    assert not wrong, "\n".join(wrong)
