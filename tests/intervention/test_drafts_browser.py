"""What is typed into the long forms of cases and notices is kept until it is sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from plimsoll.core.models import Draft
from plimsoll.intervention.models import Case, Notice
from tests.cast import Cast
from tests.intervention import steps
from tests.intervention.drafts import begun, lawyer, sent

SignIn = Callable[[Page, Any], None]
HALF = "Half a sentence about the"


def at(name: str, *args: object) -> str:
    return reverse(f"intervention:{name}", args=args)


def opening(cast: Cast) -> tuple[Any, str, str]:
    return cast.priya, at("open", cast.quayside.pk), "Concerns"


def finding(cast: Cast) -> tuple[Any, str, str]:
    return cast.priya, at("finding-add", steps.told(cast).pk, "no-improvement"), "What shows it"


def discussion(cast: Cast) -> tuple[Any, str, str]:
    return cast.dorothy, at("discussion", steps.told(cast).pk), "What was said, or why"


def risk(cast: Cast) -> tuple[Any, str, str]:
    return cast.priya, at("risk", steps.told(cast).pk), "Risk"


def reasons(cast: Cast) -> tuple[Any, str, str]:
    case = steps.told(cast)
    steps.discussed(case, cast.dorothy)
    return cast.dorothy, at("step", case.pk, "discussion"), "Reasons"


def draft(cast: Cast) -> tuple[Any, str, str]:
    notice = begun(steps.talked(cast), "pre-formal", "leadership", by=cast.priya)
    return cast.priya, at("notice-write", notice.pk), "The matters on which the concerns rest"


def advice(cast: Cast) -> tuple[Any, str, str]:
    reviewer = lawyer()
    notice = sent(cast, reviewer)
    return reviewer, at("notice-step", notice.pk, "find_sound"), "What you have looked at"


def service(cast: Cast) -> tuple[Any, str, str]:
    notice = Notice.objects.get(case=steps.warned(cast), kind="pre-formal")
    row = notice.deliveries.order_by("pk")[0]
    return cast.declan, at("recipient-record", row.pk), "What shows that it was received"


@pytest.mark.parametrize(
    "form", [opening, finding, discussion, risk, reasons, draft, advice, service]
)
def test_what_is_typed_about_a_case_is_there_when_the_page_is_opened_again(
    cast: Cast, page: Page, sign_in: SignIn, form: Callable[[Cast], tuple[Any, str, str]]
) -> None:
    who, address, label = form(cast)
    sign_in(page, who)
    page.goto(address)
    field = page.get_by_role("textbox", name=label)
    field.fill(HALF)
    expect(page.get_by_role("status").first).to_contain_text("Draft saved")
    page.goto(address)
    expect(field).to_have_value(HALF)
    expect(page.locator("main")).to_contain_text("This is your draft of")


def test_a_draft_has_done_its_work_when_the_form_is_sent(
    cast: Cast, page: Page, sign_in: SignIn
) -> None:
    case: Case = steps.told(cast)
    sign_in(page, cast.priya)
    page.goto(at("risk", case.pk))
    page.get_by_role("textbox", name="Risk").fill("Pupils may be unsafe.")
    expect(page.get_by_role("status").first).to_contain_text("Draft saved")
    page.get_by_role("button", name="Save it").click()
    expect(page.locator("main")).to_contain_text("The risk is stated.")
    assert not Draft.objects.exists()
    page.goto(at("risk", case.pk))
    expect(page.locator("main")).not_to_contain_text("This is your draft of")
