"""Signing in and the pages about people, in a browser: passkeys, keyboard, axe, 320 px."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from plimsoll.core.models import Message
from plimsoll.schools import invitations
from plimsoll.schools.invitations import Offered
from tests.browser import assert_accessible
from tests.people.conftest import AT, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def key(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page on a computer that keeps passkeys and knows its owner's finger.

    At “localhost”, as a passkey is for a name and never for a number.
    """
    context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()
    assert complaints == []


def test_passkey_is_added_and_signs_in_by_itself(key, admin, settings):
    settings.SECOND_FACTOR = True
    key.goto("/account/login/")
    key.get_by_label("E-mail address").fill(admin.email)
    key.get_by_label("Password", exact=True).fill(PASSWORD)
    key.get_by_role("button", name="Sign in", exact=True).click()
    # An administrator gets no further without a second factor.
    expect(key.get_by_role("heading", level=1)).to_have_text("Second step of sign-in")
    key.get_by_role("button", name="Add a passkey").click()
    key.get_by_label("Password", exact=True).fill(PASSWORD)
    key.get_by_role("button", name="Go on").click()
    key.get_by_label("A name for this passkey").fill("Work laptop")
    key.get_by_role("button", name="Add a passkey").click()
    expect(key.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert_accessible(key)
    key.get_by_role("button", name="Sign out").first.click()
    key.goto("/account/login/?next=/account/")
    key.get_by_role("button", name="Use a passkey").click()
    expect(key.get_by_role("heading", level=1)).to_have_text("Your account")


def test_invitation_is_accepted_without_javascript(page_without_javascript, admin, harbour):
    offer = Offered("head", harbour)
    invitations.invite(
        email="ada@example.org", name="Ada Okafor", offer=offer, by=admin, at=timezone.now()
    )
    link = re.search(r"/invitation/\S+", Message.objects.get().body)[0]
    page = page_without_javascript
    page.goto(link)
    page.get_by_role("button", name="Make my account").click()
    page.goto("/account/")
    expect(page.get_by_role("link", name="Harbour Primary School")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "/account/login/",
        "/account/login/code/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/logout/",
        "/account/inactive/",
        "/account/3rdparty/login/cancelled/",
        "/account/3rdparty/login/error/",
        "/invitation/incomplete/",
    ],
)
def test_pages_before_signing_in_are_accessible(page, settings, person, address):
    settings.DEMO = True
    person("Ben Holt", part="Headteacher of Harbour Primary School")
    page.goto(address)
    assert_accessible(page)


def test_pages_about_people_are_accessible(page, sign_in, admin, person, holds, harbour):
    sam = person("Sam Reed")
    held = holds(sam, "sip", school=harbour)
    invitations.invite(
        email="ada@example.org", name="Ada Okafor", offer=Offered("head", harbour), by=admin, at=AT
    )
    sign_in(page, admin)
    for address in (
        "/people/",
        "/people/invite/",
        f"/people/{sam.pk}/",
        f"/people/{sam.pk}/appoint/",
        f"/people/{sam.pk}/end-access/",
        f"/assignments/{held.pk}/end/",
        f"/assignments/{held.pk}/hand-over/",
        f"/assignments/{held.pk}/cover/",
        "/schools/900001/people/",
        "/account/",
        "/account/2fa/",
        "/account/sessions/",
        "/account/password/change/",
    ):
        page.goto(address)
        assert_accessible(page)


def test_pages_of_the_second_step_are_accessible(page, admin):
    page.goto("/account/login/?next=/account/2fa/totp/activate/")
    page.get_by_label("E-mail address").fill(admin.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert_accessible(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    assert_accessible(page)
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("There is something to put right")).to_be_visible()
    assert_accessible(page)
    page.goto("/account/2fa/webauthn/add/")
    assert_accessible(page)


def test_refused_sign_in_is_accessible(page, admin):
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Enter the e-mail address")).to_be_visible()
    assert_accessible(page)
