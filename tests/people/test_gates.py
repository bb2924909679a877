"""Every page of signing in has its gate; sessions end; the service proves itself twice."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from plimsoll.people import gates
from plimsoll.people.actions import end_sessions
from tests.people.conftest import AT, PASSWORD

pytestmark = pytest.mark.django_db
MINE = "schools:mine"


def walk(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns)
        else:
            yield pattern


def test_every_address_of_an_account_declares_its_permission():
    account = next(p for p in get_resolver().url_patterns if str(p.pattern) == "account/")
    without = [p.name for p in walk([account]) if not hasattr(p.callback, "permission")]
    assert without == []


def test_a_page_of_allauth_without_a_gate_stops_the_start(monkeypatch):
    monkeypatch.delitem(gates.GATES, "mfa_index")
    with pytest.raises(KeyError, match="mfa_index"):
        list(gates.gated())


@pytest.mark.parametrize(
    "name", ["mfa_index", "usersessions_list", "account_change_password", "schools:mine"]
)
def test_own_pages_lead_to_sign_in(client, name):
    assert client.get(reverse(name)).url.startswith(reverse("account_login"))


# --- sessions -----------------------------------------------------------------------------


@pytest.fixture
def ada(person):
    return person("Ada Okafor", password=PASSWORD)


@pytest.mark.parametrize(("minutes", "stays"), [(59, True), (60, False)])
def test_session_ends_when_idle(client, ada, time_machine, minutes, stays):
    time_machine.move_to(AT, tick=False)
    client.force_login(ada)
    client.get(reverse(MINE))
    time_machine.move_to(AT + timedelta(minutes=minutes), tick=False)
    response = client.get(reverse(MINE))
    assert (response.status_code == 200) is stays


def test_session_ends_after_its_hours_however_busy(client, ada, time_machine):
    time_machine.move_to(AT, tick=False)
    client.force_login(ada)
    for half_hours in range(24):
        time_machine.move_to(AT + timedelta(minutes=30 * half_hours), tick=False)
        assert client.get(reverse(MINE)).status_code == 200
    time_machine.move_to(AT + timedelta(hours=12), tick=False)
    over = client.get(reverse(MINE), follow=True)
    assert "You were signed out because you signed in 12 hours ago." in over.content.decode()


def test_busy_pages_do_not_write_to_the_session_each_time(
    client, ada, time_machine, django_assert_num_queries
):
    time_machine.move_to(AT, tick=False)
    client.force_login(ada)
    client.get(reverse(MINE))
    before = Session.objects.get(pk=client.session.session_key).session_data
    time_machine.move_to(AT + timedelta(seconds=59), tick=False)
    client.get(reverse(MINE))
    assert Session.objects.get(pk=client.session.session_key).session_data == before


def test_new_password_ends_the_other_sessions(client, ada):
    other = Client()
    for each in (client, other):
        each.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    new = "a short swim in the sea"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert client.get(reverse(MINE)).status_code == 200
    assert other.get(reverse(MINE)).status_code == 302


def test_a_person_ends_the_other_sessions(client, ada):
    other = Client()
    for each in (client, other):
        each.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    assert UserSession.objects.filter(user=ada).count() == 2
    client.post(reverse("usersessions_list"))
    assert client.get(reverse(MINE)).status_code == 200
    assert other.get(reverse(MINE)).status_code == 302


def test_an_administrator_ends_all_sessions_of_a_person(client, ada, admin):
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    assert end_sessions(person=ada, by=admin, at=AT) == 1
    assert client.get(reverse(MINE)).status_code == 302


def test_cookie_is_for_the_server_only(client, ada):
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    cookie = client.cookies["plimsoll"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


# --- the second factor --------------------------------------------------------------------


@pytest.fixture
def second_factor(settings):
    settings.SECOND_FACTOR = True


AT_A_SCHOOL = {"sip", "head", "chair", "leader", "party"}


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("admin", True),
        ("data", True),
        ("sip", True),
        ("po", True),
        ("doe", True),
        ("dcs", True),
        ("officer", True),
        ("head", False),
        ("chair", False),
        ("leader", False),
        ("party", False),
    ],
)
def test_who_works_for_the_service_sets_up_a_second_factor_first(
    client, ada, holds, harbour, second_factor, role, asked
):
    place = {"school": harbour} if role in AT_A_SCHOOL else {}
    holds(ada, role, **place, **({"service": "send"} if role == "officer" else {}))
    client.force_login(ada)
    response = client.get(reverse(MINE))
    assert (response.status_code, getattr(response, "url", "")) == (
        (302, reverse("mfa_index")) if asked else (200, "")
    )


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"]
)
def test_setting_one_up_is_possible_without_one(client, person, holds, second_factor, name):
    ben = person("Ben Holt")
    holds(ben, "po")
    client.force_login(ben)
    response = client.get(reverse(name))
    assert getattr(response, "url", "") != reverse("mfa_index")


def test_sign_out_is_possible_without_one(client, admin, second_factor):
    client.force_login(admin)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("kind", "enough"), [("totp", True), ("webauthn", True), ("recovery_codes", False)]
)
def test_what_counts_as_a_second_factor(client, admin, second_factor, kind, enough):
    Authenticator.objects.create(user=admin, type=kind, data={})
    client.force_login(admin)
    assert (client.get(reverse(MINE)).status_code == 200) is enough


@pytest.mark.parametrize(
    ("demo", "part", "asked"), [(True, "A SIP", False), (True, "", True), (False, "A SIP", True)]
)
def test_cast_of_the_demonstration_needs_none_in_the_demonstration_only(
    client, person, holds, second_factor, settings, demo, part, asked
):
    settings.DEMO = demo
    ben = person("Ben Holt", part=part)
    holds(ben, "po")
    client.force_login(ben)
    assert (client.get(reverse(MINE)).status_code == 302) is asked


# --- the cast -----------------------------------------------------------------------------


def test_cast_is_listed_and_stepped_into_in_the_demonstration(client, person, settings):
    settings.DEMO = True
    ben = person("Ben Holt", part="Headteacher of Harbour Primary School")
    real = person("Rea Stone")
    page = client.get(reverse("account_login")).content.decode()
    assert "Sign in as Ben Holt" in page
    assert "Headteacher of Harbour Primary School" in page
    assert "Rea Stone" not in page
    assert client.post(reverse("play", args=[real.pk])).status_code == 404
    assert client.get(reverse("play", args=[ben.pk])).status_code == 405
    client.post(reverse("play", args=[ben.pk]))
    assert client.session["_auth_user_id"] == str(ben.pk)


def test_nobody_steps_into_a_part_outside_the_demonstration(client, person, settings):
    settings.DEMO = False
    ben = person("Ben Holt", part="Headteacher")
    assert "Sign in as" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("play", args=[ben.pk])).status_code == 404
