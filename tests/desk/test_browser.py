"""Every page of the desk in a browser, at both widths, and its journeys by hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from plimsoll.core import outbox
from plimsoll.core.models import Message
from plimsoll.evidence.models import ImportRun, Reject
from plimsoll.schools import closures, contacts
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, SINCE, TODAY, Cast, make_cast
from tests.desk.inspected import inspected

SignIn = Callable[[Page, object], None]

PAGES = {
    "helen": (
        "/", "/schools/", "/schools/900001/", "/schools/900001/evidence/",
        "/schools/900001/allocations/", "/schools/900001/documents/",
        "/schools/900001/contacts/", "/schools/900001/history/", "/set-up/", "/set-up/calendar/",
        "/set-up/calendar/terms/add/", "/help/", "/help/allocation/",
    ),
    "priya": ("/", "/schools/?text=harbour&band=C", "/schools/900001/", "/data/imports/1/"),
    "dan": ("/", "/data/", "/data/upload/", "/data/imports/1/", "/schools/900001/contacts/add/"),
    "dorothy": ("/set-up/policy/", "/set-up/audit/", "/set-up/who-can-do-what/"),
    "ada": ("/", "/set-up/health/", "/set-up/audit/", "/set-up/calendar/"),
    "nobody": ("/", "/help/accessibility/", "/help/privacy/", "/help/cookies/"),
}  # fmt: skip


@pytest.fixture
def full(transactional_db: None) -> Cast:
    """A cast with something on every page."""
    cast = make_cast()
    steps.agreed(cast, band="C")
    inspected(cast.harbour_view)
    contacts.add(school=cast.harbour_view, kind="clerk", name="Cora Bell",
                 email="a.very.long.address.of.a.clerk@harbour-view-primary.example.org",
                 starts=SINCE, by=cast.dan, at=NOW)  # fmt: skip
    closures.add_term(school=None, year="2026-27", name="Autumn term", starts=SINCE, ends=TODAY,
                      by=cast.ada, at=NOW)  # fmt: skip
    closures.add_closure(school=cast.harbour_view, kind="inset", starts=SINCE, ends=SINCE,
                         by=cast.helen, at=NOW)  # fmt: skip
    run = ImportRun.objects.create(
        pk=1, source="gias", file="edubasealldata_with_a_long_name_20261001.csv", sha256="ab" * 32,
        at=NOW, by_name="Dan Fox", rows=10, rejected=1, las=["990"],
    )  # fmt: skip
    Reject.objects.create(run=run, line=7, column="URN", value="x", reason="No such URN.")
    outbox.post(key="a", to="x@example.org", subject="Hello", body="Hello", at=NOW)
    Message.objects.filter(key="a").update(claimed_at=NOW, failure="The server refused.")
    return cast


@pytest.mark.parametrize("who", sorted(PAGES))
def test_every_page_is_accessible(who: str, full: Cast, page: Page, sign_in: SignIn) -> None:
    sign_in(page, full.everyone[who])
    for address in PAGES[who]:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        assert_accessible(page)


def test_a_school_is_found_and_its_story_read_by_keyboard(
    full: Cast, page_without_javascript: Page, sign_in: SignIn
) -> None:
    page = page_without_javascript
    sign_in(page, full.priya)
    page.goto("/schools/")
    page.get_by_label("Name, URN").fill("harbuor veiw")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Harbour View Primary School")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour View Primary School")
    expect(page.get_by_text("Band C, agreed by both")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_text("Agree and sign")).to_be_visible()


def test_an_error_of_a_form_leads_to_its_field(full: Cast, page: Page, sign_in: SignIn) -> None:
    sign_in(page, full.dan)
    page.goto("/schools/900001/contacts/add/")
    page.get_by_role("button", name="Add the contact").click()
    page.get_by_role("link", name="Enter the name").click()
    expect(page.get_by_label("Name")).to_be_focused()
    assert_accessible(page)
