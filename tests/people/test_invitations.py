"""An invitation: sent, looked at, used once, run out, withdrawn, sent again."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from plimsoll.core import access
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused
from plimsoll.people.models import Invitation, User
from plimsoll.schools import actions, invitations
from plimsoll.schools.invitations import Offered
from plimsoll.schools.models import Assignment
from tests.people.conftest import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(AT, tick=False)


def send(by, school, email="Ada.Okafor@Example.org"):
    """Invite Ada as head of the school."""
    return invitations.invite(
        email=email, name="Ada Okafor", offer=Offered("head", school), by=by, at=AT
    )


def link() -> str:
    """The address in the newest e-mail, without its host."""
    body = Message.objects.latest("pk").body
    return re.search(r"http://[^/]+(/invitation/\S+)", body)[1]


def test_accepted_without_a_password(client, admin, harbour):
    send(admin, harbour)
    answer = client.post(link(), {"password": ""})
    ada = User.objects.get(email="ada.okafor@example.org")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert not ada.has_usable_password()
    assert access.holds(ada, "head", harbour)
    assert not access.may(ada, "people.see")


def test_accepted_with_a_password(client, admin, harbour):
    send(admin, harbour)
    client.post(link(), {"password": "a long walk by the river"})
    client.logout()
    client.post(
        reverse("account_login"),
        {"login": "ada.okafor@example.org", "password": "a long walk by the river"},
    )
    assert "_auth_user_id" in client.session


def test_weak_password_is_refused_and_nothing_is_made(client, admin, harbour):
    send(admin, harbour)
    answer = client.post(link(), {"password": "short"})
    assert "too short" in answer.content.decode()
    assert not User.objects.filter(email="ada.okafor@example.org").exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_the_link_uses_nothing_up(client, admin, harbour, method):
    invitation = send(admin, harbour)
    for _ in range(3):
        assert getattr(client, method)(link()).status_code == 200
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_page_says_who_and_what(client, admin, harbour):
    send(admin, harbour)
    page = client.get(link()).content.decode()
    assert "Welcome, Ada Okafor" in page
    assert "Headteacher or principal at Harbour Primary School" in page


def test_works_once(client, admin, harbour):
    send(admin, harbour)
    address = link()
    client.post(address, {"password": ""})
    for again in (client.get(address), client.post(address, {"password": ""})):
        assert again.status_code == 410
        assert "This invitation has been used." in again.content.decode()
    assert Assignment.objects.filter(school=harbour).count() == 1


def test_runs_out_after_a_fortnight(client, admin, harbour, time_machine):
    send(admin, harbour)
    time_machine.move_to(AT + timedelta(days=14), tick=False)
    answer = client.post(link(), {"password": ""})
    assert answer.status_code == 410
    assert "could be used until 8 December 2026" in answer.content.decode()


def test_withdrawn(client, admin, harbour):
    invitation = send(admin, harbour)
    invitations.withdraw(invitation=invitation, by=admin, at=AT)
    answer = client.post(link(), {"password": ""})
    assert "This invitation was withdrawn." in answer.content.decode()
    with pytest.raises(Refused, match="closed"):
        invitations.withdraw(invitation=invitation, by=admin, at=AT)


def test_sent_again_makes_a_new_link_and_ends_the_old(client, admin, harbour):
    invitation = send(admin, harbour)
    old = link()
    invitations.send_again(invitation=invitation, by=admin, at=AT + timedelta(days=13))
    new = link()
    assert client.get(old).status_code == 410
    assert client.get(new).status_code == 200
    assert Message.objects.filter(key__startswith="invitation:").count() == 2


def test_only_a_hash_of_the_secret_is_kept(admin, harbour):
    invitation = send(admin, harbour)
    secret = link().removeprefix("/invitation/").rstrip("/")
    assert secret not in [str(value) for value in Invitation.objects.values_list().get()]
    assert Invitation.hash_of(secret) == invitation.token_hash
    assert secret not in str(list(Event.objects.values()))


def test_one_open_invitation_an_address(admin, harbour):
    send(admin, harbour)
    with pytest.raises(Refused, match="has an open invitation"):
        send(admin, harbour, email="ada.okafor@example.org")


def test_who_has_an_account_is_appointed_and_not_invited(admin, person, harbour):
    person("Ada Okafor")
    with pytest.raises(Refused, match="has an account already"):
        send(admin, harbour)


def test_principal_officer_cannot_invite_an_administrator(po):
    with pytest.raises(Refused, match="Only an administrator can appoint"):
        invitations.invite(email="x@example.org", name="X", offer=Offered("admin"), by=po, at=AT)


def test_invitation_ends_with_the_right_to_give_the_role(client, po, admin, person, harbour):
    send(po, harbour)
    actions.end(assignment=po.assignments.get(), on=TODAY - timedelta(days=1), by=admin, at=AT)
    answer = client.post(link(), {"password": ""})
    assert "Whoever invited you can no longer give this role." in answer.content.decode()
    assert not User.objects.filter(email="ada.okafor@example.org").exists()


def test_post_filled_meanwhile_is_a_sentence_and_makes_nothing(
    client, admin, person, holds, harbour
):
    send(admin, harbour)
    holds(person("Ben Holt"), "head", school=harbour)
    answer = client.post(link(), {"password": ""})
    assert "Ben Holt is in post at Harbour Primary School" in answer.content.decode()
    assert not User.objects.filter(email="ada.okafor@example.org").exists()


def test_U2_head_delegates_to_somebody_without_an_account(client, person, holds, harbour):
    head = person("Ada Okafor")
    holds(head, "head", school=harbour)
    invitations.delegate_to(
        school=harbour,
        email="dee.park@example.org",
        name="Dee Park",
        starts=TODAY,
        ends=TODAY + timedelta(days=30),
        by=head,
        at=AT,
    )
    client.post(link(), {"password": ""})
    held = Assignment.objects.get(person__email="dee.park@example.org")
    assert (held.kind, held.in_place_of, held.ends) == (
        "delegate",
        head,
        TODAY + timedelta(days=30),
    )


def test_whole_life_is_on_record(client, admin, harbour):
    invitation = send(admin, harbour)
    invitations.send_again(invitation=invitation, by=admin, at=AT)
    client.post(link(), {"password": ""})
    told = Event.objects.filter(subject="people.invitation").order_by("pk")
    assert [(event.verb, event.actor_name) for event in told] == [
        ("invitation.sent", "Ines Marlow"),
        ("invitation.sent-again", "Ines Marlow"),
        ("invitation.accepted", "Ada Okafor"),
    ]
