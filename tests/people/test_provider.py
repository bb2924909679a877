"""Signing in with an identity provider: a real one, on loopback, with code and PKCE."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import requests
from django.conf import settings as product
from django.urls import reverse

from plimsoll.core.models import Event
from plimsoll.people.models import User

# The provider's own dependencies announce their next versions.
with warnings.catch_warnings(record=True):
    import oidc_provider_mock

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]


class Listening:
    """Stands before the provider and keeps what it was asked for tokens."""

    def __init__(self, app: Any) -> None:
        self.app, self.asked = app, list[dict[str, list[str]]]()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].endswith("/token"):
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = BytesIO(body)
            self.asked.append(parse_qs(body.decode()))
        return self.app(environ, start)


@pytest.fixture
def provider(settings: Any) -> Iterator[Listening]:
    people = [
        oidc_provider_mock.User(sub=name, claims={"email": f"{name}@example.org"} | more)
        for name, more in (
            ("ada.okafor", {"email_verified": True}),
            ("ben.holt", {"email_verified": False}),
            ("stranger", {"email_verified": True}),
        )
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server:
        listening = server.app = Listening(server.app)
        apps = [
            {
                "provider_id": "authority",
                "name": "the authority",
                "client_id": "plimsoll",
                "secret": "between us",
                "settings": {
                    "server_url": f"http://localhost:{server.server_port}",
                    "oauth_pkce_enabled": True,
                },
            }
        ]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
        yield listening


@pytest.fixture
def go(client: Any, provider: Listening) -> Callable[[str], Any]:
    """Sign in at the provider as somebody; returns what Plimsoll then answers."""

    def go_(sub: str) -> Any:
        there = client.post(reverse("openid_connect_login", args=["authority"])).url
        client.asked = {key: value[0] for key, value in parse_qs(urlsplit(there).query).items()}
        back = requests.post(there, data={"sub": sub}, allow_redirects=False, timeout=5)
        return client.get(back.headers["Location"].removeprefix("http://testserver"))

    return go_


def signed_in(client: Any) -> bool:
    return "_auth_user_id" in client.session


def test_known_and_confirmed_address_signs_in(client, person, go):
    ada = person("Ada Okafor")
    assert go("ada.okafor").status_code == 302
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert Event.objects.get(verb="person.signed-in").after == {"by": ["socialaccount"]}


def test_code_is_exchanged_with_proof_of_who_asked_for_it(client, person, go, provider):
    person("Ada Okafor")
    go("ada.okafor")
    (asked,) = provider.asked
    proof = hashlib.sha256(asked["code_verifier"][0].encode()).digest()
    assert asked["grant_type"] == ["authorization_code"]
    assert client.asked["response_type"] == "code"
    assert client.asked["code_challenge_method"] == "S256"
    assert client.asked["code_challenge"] == base64.urlsafe_b64encode(proof).decode().rstrip("=")


def test_unknown_address_gets_no_account(client, person, go):
    person("Ada Okafor")
    page = go("stranger").content.decode()
    assert "No account for this address" in page
    assert not signed_in(client)
    assert User.objects.count() == 1


def test_unconfirmed_address_does_not_open_the_account_it_names(client, person, go):
    person("Ben Holt")
    page = go("ben.holt").content.decode()
    assert "No account for this address" in page
    assert not signed_in(client)


def test_closed_account_stays_closed(client, person, go):
    ada = person("Ada Okafor")
    ada.is_active = False
    ada.save()
    go("ada.okafor")
    assert not signed_in(client)


def test_answer_that_nobody_asked_for_is_refused(client, person, provider):
    person("Ada Okafor")
    callback = reverse("openid_connect_callback", args=["authority"])
    page = client.get(callback, {"code": "stolen", "state": "invented"})
    assert "That did not work" in page.content.decode()
    assert not signed_in(client)


@pytest.mark.parametrize(("vouched", "status"), [(True, 200), (False, 302)])
def test_provider_may_vouch_for_the_second_factor(
    client, person, holds, go, settings, vouched, status
):
    settings.SECOND_FACTOR, settings.OIDC_SECOND_FACTOR = True, vouched
    holds(person("Ada Okafor"), "po")
    go("ada.okafor")
    assert client.get(reverse("schools:mine")).status_code == status


def test_sign_in_page_offers_the_provider(client, provider):
    page = client.get(reverse("account_login")).content.decode()
    assert "Sign in with the authority" in page


def test_no_provider_no_pages(client):
    assert client.get(reverse("openid_connect_login", args=["authority"])).status_code == 404


def test_security_policy_lets_the_form_lead_to_the_provider():
    """Set by the environment, so asked of a process of its own."""
    words = "from plimsoll.config import settings as s; import json; print(json.dumps(s.{}))"
    asked = "CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']"
    environment = os.environ | {
        "PLIMSOLL_OIDC_ISSUER": "https://login.example.org/tenant/v2.0",
        "PLIMSOLL_OIDC_ORIGINS": "https://elsewhere.example.org",
    }
    told = subprocess.run(
        [sys.executable, "-c", words.format(asked)],
        cwd=product.ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(told.stdout) == [
        "'self'",
        "https://login.example.org",
        "https://elsewhere.example.org",
    ]
