"""Whole journeys in a browser: by keyboard, on a telephone, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation, Side
from plimsoll.people.models import User
from tests.allocations import steps
from tests.allocations.steps import WHY
from tests.allocations.test_case_pages import more_of_everything, page_of
from tests.browser import NARROW, OpenPage, assert_accessible
from tests.cast import NOW, Cast

SignIn = Callable[[Page, User], None]
pytestmark = pytest.mark.django_db(transaction=True)

# More stops than any page has.
PATIENCE = 250
AT = "(() => { const e = document.activeElement; return [e.name || '', e.innerText || '']; })()"


def tab_to(page: Page, *, name: str = "", text: str = "") -> None:
    """Press Tab until the keyboard stands on the control of this name, or with this text."""
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        control, words = page.evaluate(AT)
        if (name and control == name) or (text and words.strip() == text):
            return
    raise AssertionError(f"The keyboard never reached {name or text} on {page.url}")


def press(page: Page, text: str) -> None:
    """Reach a link or a button by keyboard and press it."""
    tab_to(page, text=text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, name: str, down: int = 0) -> None:
    """Reach a group of radios, and choose one of them."""
    tab_to(page, name=name)
    page.keyboard.press("Space")
    for _ in range(down):
        page.keyboard.press("ArrowDown")


def write(page: Page, name: str, words: str) -> None:
    tab_to(page, name=name)
    page.keyboard.type(words)


@pytest.fixture
def as_(open_page: OpenPage, sign_in: SignIn) -> Callable[[User, Allocation], Page]:
    """A telephone without JavaScript, signed in, at the case."""

    def open_as(user: User, case: Allocation) -> Page:
        page = open_page(width=NARROW, javascript=False)
        sign_in(page, user)
        page.goto(page_of(case))
        return page

    return open_as


def test_S2_from_start_to_agreed_by_keyboard_on_a_telephone_without_javascript(
    cast: Cast, as_: Callable[[User, Allocation], Page]
) -> None:
    case = steps.opened(cast)
    partner = as_(cast.sadia, case)
    press(partner, "Start the allocation")
    press(partner, "Start the allocation")
    press(partner, "Give your views")
    choose(partner, "choice-reading", down=1)
    write(partner, "text-reading", "Phonics is taught with care.")
    choose(partner, "choice-safeguarding")
    press(partner, "Save and submit")
    press(partner, "Propose for moderation")
    choose(partner, "band", down=1)
    write(partner, "reasons", "A settled school that knows itself.")
    press(partner, "Propose for moderation")
    expect(partner.locator("main")).to_contain_text("Waiting for moderation")

    officer = as_(cast.priya, case)
    press(officer, "Release to the school")
    press(officer, "Release to the school")

    head = as_(cast.helen, case)
    expect(head.locator("main")).to_contain_text("A settled school that knows itself.")
    expect(head.locator("main")).to_contain_text("Phonics is taught with care.")
    press(head, "Agree and sign")
    expect(head.locator("main")).to_contain_text("You sign band B")
    press(head, "Agree and sign")
    expect(head.locator("main")).to_contain_text("Agreed by both")
    expect(head.get_by_role("link", name="PDF")).to_be_visible()


def test_S5_through_both_referrals_by_keyboard_on_a_telephone_without_javascript(
    cast: Cast, as_: Callable[[User, Allocation], Page]
) -> None:
    case = steps.with_school(cast, band="C")
    head = as_(cast.helen, case)
    press(head, "Disagree and refer")
    write(head, "reasons", "Our attendance is above average.")
    press(head, "Disagree and refer")

    officer = as_(cast.priya, case)
    press(officer, "Decide the disagreement")
    expect(officer.locator("main")).to_contain_text("Our attendance is above average.")
    expect(officer.locator("main")).to_contain_text(WHY)
    choose(officer, "band", down=2)
    write(officer, "reasons", "Both have a point; the trend is what counts.")
    press(officer, "Decide the disagreement")

    head.reload()
    press(head, "Take it further")
    write(head, "reasons", "The trend has turned since.")
    press(head, "Take it further")

    director = as_(cast.dorothy, case)
    press(director, "Decide finally")
    choose(director, "band", down=1)
    write(director, "reasons", "The trend has turned.")
    press(director, "Decide finally")
    expect(director.locator("main")).to_contain_text("Settled by decision")
    head.reload()
    expect(head.locator("main")).to_contain_text("Band B, in force")


def test_pages_of_a_case_are_accessible(page: Page, cast: Cast, sign_in: SignIn) -> None:
    case = more_of_everything(cast, steps.with_school(cast, band="C"), 1)
    raised = case.challenges.get()
    sign_in(page, cast.helen)
    for address in (
        page_of(case),
        page_of(case, "views"),
        page_of(case, "step", "agree"),
        page_of(case, "step", "counter"),
        page_of(case, "step", "record_by_school"),
        page_of(case, "evidence-add"),
        page_of(case, "evidence-withdraw", case.added.get().pk),
        page_of(case, "challenge") + "?figure=pupils",
        f"/allocations/held/{case.school_id}/",
    ):
        page.goto(address)
        assert_accessible(page)
    page.goto(page_of(case, "step", "counter"))
    page.get_by_role("button", name="Propose another band").click()
    assert page.title().startswith("Error: ")
    assert_accessible(page)
    sign_in(page, cast.sadia)
    for address in (page_of(case, "challenge-answer", raised.pk), page_of(case, "remind")):
        page.goto(address)
        assert_accessible(page)


def test_disagreement_and_its_outcome_are_accessible(
    page: Page, cast: Cast, sign_in: SignIn
) -> None:
    case = steps.referred(cast)
    actions.state_position(case=case, side=Side.SCHOOL, text="So it is.", by=cast.helen, at=NOW)
    sign_in(page, cast.priya)
    for address in (page_of(case), page_of(case, "step", "decide")):
        page.goto(address)
        assert_accessible(page)
    sign_in(page, cast.helen)
    page.goto(page_of(case, "position"))
    assert_accessible(page)
    case = steps.take(case, "decide", cast.priya, band="C", reasons=WHY)
    case = steps.take(case, "accept_decision", cast.helen)
    for address in (page_of(case), page_of(case, "views"), page_of(case, "review")):
        page.goto(address)
        assert_accessible(page)


def test_what_is_typed_is_kept_as_a_draft(page: Page, cast: Cast, sign_in: SignIn) -> None:
    case = steps.with_school(cast)
    sign_in(page, cast.helen)
    page.goto(page_of(case, "step", "refer"))
    page.get_by_label("Your reasons").fill("Half a sent")
    expect(page.get_by_role("status").first).to_contain_text("Draft saved")
    page.goto(page_of(case, "step", "refer"))
    expect(page.get_by_label("Your reasons")).to_have_value("Half a sent")
