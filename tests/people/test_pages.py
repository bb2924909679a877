"""The pages about people: who may open which, and what they say."""

import pytest
from django.urls import reverse

from plimsoll.people.models import Invitation, User
from plimsoll.schools.models import Assignment
from tests.people.conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(AT, tick=False)


def day(name: str, text: str) -> dict[str, str]:
    """A date as the three fields of a form."""
    year, month, number = text.split("-")
    return {f"{name}_0": number, f"{name}_1": month, f"{name}_2": year} | {
        f"{name}_day": number, f"{name}_month": month, f"{name}_year": year,
    }  # fmt: skip


@pytest.fixture
def head(person, holds, harbour):
    who = person("Ada Okafor")
    holds(who, "head", school=harbour)
    return who


@pytest.fixture
def sip(person, holds, harbour):
    who = person("Sam Reed")
    holds(who, "sip", school=harbour)
    return who


def test_administrator_sees_everybody_with_their_roles(client, admin, head):
    client.force_login(admin)
    page = client.get(reverse("schools:people-list")).content.decode()
    assert "Ada Okafor" in page
    assert "Headteacher or principal, Harbour Primary School" in page


def test_list_is_narrowed_by_name_and_role(client, admin, head, sip):
    client.force_login(admin)
    by_name = client.get(reverse("schools:people-list"), {"text": "reed"}).content.decode()
    assert ("Sam Reed" in by_name, "Ada Okafor" in by_name) == (True, False)
    by_role = client.get(reverse("schools:people-list"), {"role": "head"}).content.decode()
    assert ("Sam Reed" in by_role, "Ada Okafor" in by_role) == (False, True)


@pytest.mark.parametrize("count", [1, 12])
def test_list_costs_the_same_for_one_and_for_many(
    client, admin, person, holds, harbour, django_assert_num_queries, count
):
    for number in range(count):
        holds(person(f"Person {number}"), "leader", school=harbour)
    client.force_login(admin)
    client.get(reverse("schools:people-list"))
    with django_assert_num_queries(7):
        client.get(reverse("schools:people-list"))


@pytest.mark.parametrize("name", ["schools:people-list", "schools:invite"])
def test_head_does_not_see_the_people_of_the_service(client, head, name):
    client.force_login(head)
    assert client.get(reverse(name)).status_code == 403


def test_principal_officer_cannot_end_access(client, po, head):
    client.force_login(po)
    assert client.post(reverse("schools:end-access", args=[head.pk])).status_code == 403
    assert User.objects.get(pk=head.pk).is_active


def test_administrator_invites_and_withdraws(client, admin, harbour):
    client.force_login(admin)
    sent = client.post(
        reverse("schools:invite"),
        {"name": "Nia Voss", "email": "nia@example.org", "role": "sip", "school": "900001"},
        follow=True,
    )
    assert "The invitation goes to nia@example.org." in sent.content.decode()
    invitation = Invitation.objects.get()
    address = reverse("schools:invite-withdraw", args=[invitation.pk])
    assert "The link in the e-mail stops working." in client.get(address).content.decode()
    client.post(address)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at == AT


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"role": "sip"}, "name the school"),
        ({"role": "sip", "school": "999999"}, "No school in the register has this URN"),
        ({"role": ""}, "Choose the role"),
        ({"role": "doe", "school": "900001"}, "leave the school empty"),
        ({"role": "officer"}, "name the service"),
    ],
)
def test_invitation_that_makes_no_sense_is_explained(client, admin, harbour, given, sentence):
    client.force_login(admin)
    answer = client.post(
        reverse("schools:invite"), {"name": "Nia Voss", "email": "nia@example.org"} | given
    )
    assert sentence in answer.content.decode()
    assert not Invitation.objects.exists()


def test_administrator_appoints(client, admin, head, meadow):
    client.force_login(admin)
    client.post(
        reverse("schools:appoint", args=[head.pk]),
        {"role": "sip", "school": "900002", "kind": "held"} | day("starts", "2026-12-01"),
    )
    assert head.assignments.filter(role="sip", school=meadow).exists()


def test_principal_officer_hands_a_school_over(client, po, sip, person, harbour):
    person("Nia Voss")
    client.force_login(po)
    held = sip.assignments.get()
    client.post(
        reverse("schools:hand-over", args=[held.pk]),
        {"to": "nia.voss@example.org", "note": "New deputy."} | day("on", "2027-01-04"),
    )
    following = Assignment.objects.get(person__email="nia.voss@example.org")
    assert (following.role, following.school, following.handover) == ("sip", harbour, "New deputy.")


def test_handover_to_an_unknown_address_is_explained(client, po, sip):
    client.force_login(po)
    answer = client.post(
        reverse("schools:hand-over", args=[sip.assignments.get().pk]),
        {"to": "nobody@example.org", "note": "x"} | day("on", "2027-01-04"),
    )
    assert "Nobody with an account has this address" in answer.content.decode()


def test_people_of_a_school_with_its_vacancy(client, head, sip, harbour):
    client.force_login(head)
    page = client.get(reverse("schools:people", args=[900001])).content.decode()
    assert "Sam Reed" in page
    assert "Vacant: nobody holds this role." in page


def test_head_sees_no_other_school(client, head, meadow):
    client.force_login(head)
    assert client.get(reverse("schools:people", args=[900002])).status_code == 404


def test_undeclared_interest_warns_the_sip_and_the_principal_officer_only(client, head, sip, po):
    warning = "Not yet declared"
    seen = {}
    for who in (head, sip, po):
        client.force_login(who)
        page = client.get(reverse("schools:people", args=[900001])).content.decode()
        seen[who.name] = warning in page
    assert seen == {"Ada Okafor": False, "Sam Reed": True, "Peter Osei": True}


def test_declared_interest_is_shown_to_the_principal_officer_and_not_to_the_head(
    client, head, sip, po
):
    client.force_login(sip)
    held = sip.assignments.get()
    client.post(reverse("schools:declare", args=[held.pk]), {"interest": "My niece is a pupil."})
    seen = {}
    for who in (head, po):
        client.force_login(who)
        page = client.get(reverse("schools:people", args=[900001])).content.decode()
        seen[who.name] = "My niece is a pupil." in page
    assert seen == {"Ada Okafor": False, "Peter Osei": True}


def test_sip_declares_only_for_own_schools(client, sip, person, holds, meadow):
    other = holds(person("Nia Voss"), "sip", school=meadow)
    client.force_login(sip)
    assert client.post(reverse("schools:declare", args=[other.pk])).status_code == 404


def test_U2_head_lets_a_deputy_act_and_ends_it(client, head, person, harbour):
    deputy = person("Dee Park")
    client.force_login(head)
    client.post(
        reverse("schools:delegate", args=[900001]),
        {"name": "Dee Park", "email": "dee.park@example.org"} | day("starts", "2026-11-24"),
    )
    held = deputy.assignments.get()
    assert (held.kind, held.school) == ("delegate", harbour)
    client.post(reverse("schools:end", args=[held.pk]), day("on", "2026-11-24"))
    held.refresh_from_db()
    assert held.ends.isoformat() == "2026-11-24"


def test_head_ends_nobody_elses_role(client, head, sip):
    client.force_login(head)
    assert client.post(reverse("schools:end", args=[sip.assignments.get().pk])).status_code == 404


def test_last_administrator_cannot_be_ended(client, admin, person, holds):
    client.force_login(admin)
    held = admin.assignments.get()
    answer = client.post(reverse("schools:end", args=[held.pk]), day("on", "2026-11-24"))
    assert "This is the last administrator" in answer.content.decode()


def test_own_account_shows_roles_and_takes_a_new_name(client, head):
    client.force_login(head)
    assert "Harbour Primary School" in client.get(reverse("schools:mine")).content.decode()
    client.post(reverse("schools:mine"), {"name": "Ada Okafor-Lee"})
    assert User.objects.get(pk=head.pk).name == "Ada Okafor-Lee"
