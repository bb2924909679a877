"""Signing in: by password, by code, and not at all."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from django.core import mail
from django.test import Client
from django.urls import reverse

from plimsoll.core.models import Event
from tests.people.conftest import PASSWORD
from tests.people.totp import code_of

pytestmark = pytest.mark.django_db

WRONG = "The email address and/or password you specified are not correct."


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


@pytest.fixture
def ada(person):
    return person("Ada Okafor", password=PASSWORD)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_password(client, ada):
    response = sign_in(client, "Ada.Okafor@Example.org")
    assert response.status_code == 302
    assert signed_in(client)


def test_sign_in_is_on_record_with_the_way_and_nothing_typed(client, ada):
    sign_in(client, ada.email)
    event = Event.objects.get(verb="person.signed-in")
    assert (event.subject_id, event.permission, event.after) == (
        ada.pk,
        "people.see",
        {"by": ["password"]},
    )


def test_failed_sign_in_is_on_record_without_what_was_typed(client, ada):
    sign_in(client, ada.email, "my secret guess")
    event = Event.objects.get(verb="person.sign-in-failed")
    assert (event.subject_id, event.actor, event.before, event.after) == (ada.pk, None, None, None)


def test_unknown_address_and_wrong_password_get_the_same_answer(client, ada):
    known = sign_in(client, ada.email, "not the password")
    unknown = sign_in(client, "nobody@example.org", "not the password")
    assert WRONG in known.content.decode()
    assert WRONG in unknown.content.decode()
    assert not Event.objects.filter(verb="person.sign-in-failed").exclude(subject_id=ada.pk)


def test_lock_out_after_five_wrong_passwords_and_its_end(client, ada, time_machine):
    time_machine.move_to("2026-11-24 09:00:00+00:00", tick=False)
    for _ in range(5):
        sign_in(client, ada.email, "not the password")
    refused = sign_in(client, ada.email)
    assert "Too many failed login attempts. Try again later." in refused.content.decode()
    assert not signed_in(client)
    time_machine.move_to("2026-11-24 09:15:01+00:00", tick=False)
    sign_in(client, ada.email)
    assert signed_in(client)


def test_lock_out_does_not_tell_whether_the_address_has_an_account(client, ada):
    for _ in range(5):
        sign_in(client, "nobody@example.org", "not the password")
    refused = sign_in(client, "nobody@example.org", "not the password")
    assert "Too many failed login attempts. Try again later." in refused.content.decode()


def test_closed_account_cannot_sign_in(client, ada):
    ada.is_active = False
    ada.save()
    sign_in(client, ada.email)
    assert not signed_in(client)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_connections"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_an_open_service_do_not_exist(client, name, method):
    assert getattr(client, method)(reverse(name)).status_code == 404


def test_code_by_email_without_a_password(client, person):
    ben = person("Ben Holt")
    asked = client.post(reverse("account_request_login_code"), {"email": ben.email})
    assert asked.url == reverse("account_confirm_login_code")
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)[0]
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert signed_in(client)


def test_code_for_an_unknown_address_looks_the_same_and_sends_nothing(client):
    asked = client.post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    assert asked.url == reverse("account_confirm_login_code")
    page = client.get(asked.url).content.decode()
    assert "If nobody@example.org has an account, a code is on its way there." in page
    assert mail.outbox == []


def test_wrong_code_does_not_sign_in(client, ada):
    client.post(reverse("account_request_login_code"), {"email": ada.email})
    client.post(reverse("account_confirm_login_code"), {"code": "AAAAAA"})
    assert not signed_in(client)


def test_new_password_by_link_for_known_and_unknown_alike(client, ada):
    for email in (ada.email, "nobody@example.org"):
        answer = client.post(reverse("account_reset_password"), {"email": email})
        assert answer.url == reverse("account_reset_password_done")
    assert [message.to for message in mail.outbox] == [[ada.email]]


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short one", "too short"),
        ("ada.okafor@example", "too similar"),
        ("123456789012", "entirely numeric"),
    ],
)
def test_weak_password_is_refused(client, ada, password, sentence):
    client.force_login(ada)
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert sentence in answer.content.decode()


def test_second_step_by_authenticator_app(client, ada):
    secret = set_up_app(client, ada)
    client.logout()
    sign_in(client, ada.email)
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret, -1)})
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert signed_in(client)


def test_recovery_code_works_once(client, ada):
    set_up_app(client, ada)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    client.logout()
    sign_in(client, ada.email)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert signed_in(client)
    client.logout()
    sign_in(client, ada.email)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not signed_in(client)


def test_secret_of_the_app_is_not_kept_in_clear(client, ada):
    secret = set_up_app(client, ada)
    kept = ada.authenticator_set.get(type="totp").data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


def set_up_app(client: Client, person) -> str:
    """Set up an authenticator app as a person does; returns its secret."""
    sign_in(client, person.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    # The code just used is good for one sign-in only.
    from django.core.cache import cache

    cache.clear()
    return secret
