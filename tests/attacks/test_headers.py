"""What goes out with every page: nothing is kept, framed, guessed at or led astray."""

import pytest
from django.core import mail
from django.test import Client, override_settings

from plimsoll.people.actions import create_person
from tests.allocations import steps
from tests.cast import NOW, Cast
from tests.markup import StrictClient

PASSWORD = "a long walk by the river"


@pytest.mark.parametrize(
    "address",
    ["/", "/schools/", "/schools/900001/", "/schools/900001/history/", "/allocations/cycle/",
     "/allocations/cycle/2026-27/", "/allocations/cycle/2026-27/export/", "/set-up/audit/",
     "/schools/999999/", "/no/such/page/"],
)  # fmt: skip
def test_S7_no_page_of_somebody_signed_in_is_kept(
    address: str, cast: Cast, client: StrictClient
) -> None:
    steps.agreed(cast)
    client.force_login(cast.dorothy)
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
     "https:evil.example", "\x00//evil.example"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(elsewhere: str, db: None) -> None:
    person = create_person(
        email="rosa@example.org", name="Rosa Lind", password=PASSWORD, by=None, at=NOW
    )
    browser = Client()
    answer = browser.post(
        "/account/login/",
        {"login": person.email, "password": PASSWORD, "next": elsewhere},
    )
    assert answer.status_code == 302
    assert "evil.example" not in answer.get("Location", "")
    assert not answer.get("Location", "").startswith("javascript")


def test_signing_in_begins_a_new_session(db: None) -> None:
    person = create_person(
        email="rosa@example.org", name="Rosa Lind", password=PASSWORD, by=None, at=NOW
    )
    browser = Client()
    session = browser.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    browser.cookies["plimsoll"] = planted or ""
    browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert browser.session["_auth_user_id"] == str(person.pk)
    assert browser.session.session_key != planted


def test_another_host_name_is_refused(db: None) -> None:
    assert Client().get("/account/login/", headers={"host": "evil.example"}).status_code == 400


def test_a_link_in_an_e_mail_never_takes_its_host_from_the_request(db: None) -> None:
    create_person(email="rosa@example.org", name="Rosa Lind", password=PASSWORD, by=None, at=NOW)
    with override_settings(ALLOWED_HOSTS=["*"]):
        browser = Client()
        browser.post(
            "/account/password/reset/",
            {"email": "rosa@example.org"},
            headers={"host": "evil.example"},
        )
    (message,) = mail.outbox
    assert "http://127.0.0.1:8000/account/password/reset/key/" in message.body
    assert "evil.example" not in message.body


@override_settings(DEMO=False)
def test_nobody_plays_a_part_where_it_is_no_demonstration(cast: Cast) -> None:
    cast.helen.part = "Headteacher"
    cast.helen.save()
    browser = Client()
    assert browser.post(f"/account/demonstration/{cast.helen.pk}/").status_code == 404
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("address", ["/account/login/", "/allocations/cycle/open/"])
def test_a_form_from_another_site_is_refused(address: str, cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.priya)
    assert browser.post(address, {"year": "2026-27"}).status_code == 403
