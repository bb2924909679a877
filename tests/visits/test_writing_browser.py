"""Q1, F4: writing in a browser: two at once, a closed browser, a lost connection, by keyboard."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from plimsoll.people.models import User
from plimsoll.visits.agreed.agreeing import Wanted
from plimsoll.visits.models import Action, Report
from plimsoll.visits.reports.writing.passages import save
from plimsoll.visits.reports.writing.typed import Said, Typed
from tests.allocations import steps as allocations
from tests.browser import NARROW, OpenPage, assert_accessible
from tests.cast import NOW, TODAY, Cast, give, make_person
from tests.visits import steps

SignIn = Callable[[Page, User], None]
pytestmark = pytest.mark.django_db(transaction=True)

SAVED = "Draft saved"


@pytest.fixture
def report(cast: Cast) -> Report:
    """Of a termly contact, not begun."""
    return steps.held(allocations.agreed(cast, band="B"), cast.sadia, kind="contact").report


@pytest.fixture
def cover(cast: Cast) -> User:
    person = make_person("Carl Lake")
    give(person, "sip", cast.harbour_view, kind="cover", in_place_of=cast.sadia)
    return person


@pytest.fixture
def as_(open_page: OpenPage, sign_in: SignIn) -> Callable[..., Page]:
    def open_as(user: User, report: Report, **options: object) -> Page:
        page = open_page(**options)
        sign_in(page, user)
        page.goto(page_of(report))
        return page

    return open_as


def page_of(report: Report, name: str = "report") -> str:
    return reverse(f"visits:{name}", args=[report.visit_id])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def texts(report: Report) -> dict[str, str]:
    return dict(report.passages.exclude(text="").values_list("section", "text"))


def test_Q1_two_people_in_different_sections_lose_nothing(
    cast: Cast, report: Report, cover: User, as_: Callable[..., Page]
) -> None:
    sadia, carl = as_(cast.sadia, report), as_(cover, report)
    sadia.get_by_label("Purpose and focus").fill("To see reading.")
    carl.get_by_label("Evidence seen").fill("Two lessons.")
    press(sadia, "Save")
    expect(sadia.get_by_role("alert")).to_contain_text("Saved")
    press(carl, "Save")
    expect(carl.get_by_role("alert")).to_contain_text("Saved")
    expect(carl.get_by_label("Purpose and focus")).to_have_value("To see reading.")
    assert texts(report) == {"purpose": "To see reading.", "evidence": "Two lessons."}


def test_Q1_two_people_in_the_same_section_lose_nothing(
    cast: Cast, report: Report, cover: User, as_: Callable[..., Page]
) -> None:
    sadia, carl = as_(cast.sadia, report), as_(cover, report)
    sadia.get_by_label("Purpose and focus").fill("To see reading.")
    carl.get_by_label("Purpose and focus").fill("To see writing.")
    carl.get_by_label("Evidence seen").fill("Two lessons.")
    press(sadia, "Save")
    expect(sadia.get_by_role("alert")).to_contain_text("Saved")
    press(carl, "Save")
    expect(carl.get_by_label("Yours (not saved)")).to_have_value("To see writing.")
    expect(carl.get_by_label("What is saved now")).to_have_value("To see reading.")
    assert_accessible(carl)
    press(carl, "Keep the merged text")
    expect(carl.get_by_role("alert")).to_contain_text("Saved")
    assert texts(report) == {
        "purpose": "To see reading.\n\nTo see writing.", "evidence": "Two lessons.",
    }  # fmt: skip


def test_Q1_after_the_browser_was_closed_the_text_is_back(
    cast: Cast, report: Report, as_: Callable[..., Page]
) -> None:
    first = as_(cast.sadia, report)
    first.get_by_label("Purpose and focus").fill("To see reading.")
    expect(first.locator(".pl-draft")).to_contain_text(SAVED)
    first.context.close()
    again = as_(cast.sadia, report, width=NARROW)
    expect(again.get_by_label("Purpose and focus")).to_have_value("To see reading.")
    expect(again.locator("main")).to_contain_text("This is your draft")
    assert texts(report) == {}, "nobody else sees it before it is saved"


def test_Q1_what_is_typed_without_a_connection_is_saved_once_it_is_back(
    cast: Cast, report: Report, browser: Browser, live_server: Any, sign_in: SignIn
) -> None:
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    sign_in(page, cast.sadia)
    page.goto(page_of(report))
    context.set_offline(True)
    page.get_by_label("Purpose and focus").fill("Typed in a tunnel.")
    status = page.locator(".pl-draft")
    expect(status).to_contain_text("Not saved yet: no connection. Kept on this device")
    context.set_offline(False)
    expect(status).to_contain_text(SAVED)
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Saved")
    context.close()
    assert texts(report) == {"purpose": "Typed in a tunnel."}


def test_Q1_what_a_device_kept_overwrites_nobody_elses_words(
    cast: Cast, report: Report, cover: User, browser: Browser, live_server: Any, sign_in: SignIn
) -> None:
    """The copy knows what it was typed on: only the part that was typed in is this writer's."""
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    sign_in(page, cover)
    page.goto(page_of(report))
    context.set_offline(True)
    page.get_by_label("Purpose and focus").fill("Typed in a tunnel.")
    expect(page.locator(".pl-draft")).to_contain_text("Kept on this device")
    page.close()
    told = Typed(sections={"evidence": Said(text="Two lessons.")})
    save(report=report, typed=told, by=cast.sadia, at=NOW)
    context.set_offline(False)
    page = context.new_page()
    page.goto(page_of(report))
    press(page, "Use what is on this device")
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Saved")
    context.close()
    assert texts(report) == {"purpose": "Typed in a tunnel.", "evidence": "Two lessons."}


def test_Q1_from_the_visit_to_sent_are_three_pages(
    cast: Cast, report: Report, open_page: OpenPage, sign_in: SignIn
) -> None:
    page = open_page(width=NARROW, javascript=False)
    sign_in(page, cast.sadia)
    page.goto(reverse("desk:visit", args=[report.visit_id]))
    press(page, "Write the report")
    for label in ("Purpose and focus", "Evidence seen", "Next steps and the next visit"):
        page.get_by_label(label, exact=True).fill("Reading is taught with care.")
    page.get_by_label("What is to be done").fill("Check phonics")
    for part, typed in (("Day", "30"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(typed)
    press(page, "Save and check before sending")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before sending")
    press(page, "Send to be checked")
    expect(page.get_by_role("alert")).to_contain_text("The report is sent to be checked")
    report.refresh_from_db()
    assert report.state == "checking"
    assert Action.objects.get().by_when == date(2026, 11, 30)


def test_Q1_the_page_is_written_by_keyboard_without_scripts(
    cast: Cast, report: Report, as_: Callable[..., Page]
) -> None:
    page = as_(cast.sadia, report, javascript=False)
    page.get_by_label("Purpose and focus").focus()
    page.keyboard.type("To see reading.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # unfolds the tags
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("What is to be done").fill("Check phonics")
    press(page, "Save and add another action")
    expect(page.get_by_role("group", name="Action 1")).to_be_visible()
    passage = report.passages.get()
    assert (passage.text, passage.priorities) == ("To see reading.", ["wellbeing"])


def much(cast: Cast) -> Report:
    """A full report with everything: carried actions, own ones, warnings."""
    case = allocations.agreed(cast, band="B")
    first = steps.written(case, cast.sadia)
    new = tuple(
        Wanted(what=what, by_when=date(2026, 10, 9), who="The deputy head", measure="All seen")
        for what in ("Check phonics in every class", "Publish the reading policy")
    )
    save(report=first, typed=Typed(new=new), by=cast.sadia, at=NOW)
    steps.take(steps.take(first, "send", cast.sadia), "release", cast.priya)
    report = steps.written(case, cast.sadia, on=TODAY + timedelta(days=28))
    told = Said(text="We met. The pupil Jordan Bell has a diagnosis.", version=1)
    typed = Typed(sections={"purpose": told}, new=(Wanted(what="Plan for the summer"),))
    save(report=report, typed=typed, by=cast.sadia, at=NOW)
    return report


def test_Q1_F4_the_pages_of_writing_are_accessible(cast: Cast, page: Page, sign_in: SignIn) -> None:
    report = much(cast)
    sign_in(page, cast.sadia)
    for name in ("report", "report-review"):
        page.goto(page_of(report, name))
        for fold in page.locator("details").all():
            fold.evaluate("each => { each.open = true; }")
        assert_accessible(page)
