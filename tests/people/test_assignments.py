"""U2: people change, and permission follows the role held at that school on that day."""

from datetime import date

import pytest

from plimsoll.core import access
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.schools import actions
from plimsoll.schools.models import Assignment
from tests.people.conftest import AT, TODAY

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    """The person as the next request sees them."""
    return User.objects.get(pk=user.pk)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(AT, tick=False)


def test_U2_sip_who_is_head_elsewhere_has_each_role_at_its_school(person, holds, harbour, meadow):
    ada = person("Ada Okafor")
    holds(ada, "sip", school=harbour)
    holds(ada, "head", school=meadow)
    assert access.holds(ada, "sip", harbour)
    assert not access.holds(ada, "head", harbour)
    assert access.holds(ada, "head", meadow)
    assert not access.may(ada, "delegate.appoint", harbour)
    assert access.may(ada, "delegate.appoint", meadow)


@pytest.mark.parametrize(("first", "second"), [("sip", "head"), ("head", "sip"), ("chair", "sip")])
def test_U2_nobody_is_sip_of_a_school_they_lead(person, holds, harbour, first, second):
    ada = person("Ada Okafor")
    holds(ada, first, school=harbour)
    with pytest.raises(Refused, match="At Harbour Primary School Ada Okafor has the role"):
        holds(ada, second, school=harbour)


def test_U2_two_heads_in_post_overlap_by_one_day(person, holds, harbour):
    holds(person("Ada Okafor"), "head", school=harbour, ends=date(2026, 12, 31))
    ben = person("Ben Holt")
    with pytest.raises(Refused, match="Ada Okafor is in post at Harbour Primary School"):
        holds(ben, "head", school=harbour, starts=date(2026, 12, 31))
    holds(ben, "head", school=harbour, starts=date(2027, 1, 1))


def test_U2_acting_head_beside_the_head_in_post(person, holds, harbour):
    holds(person("Ada Okafor"), "head", school=harbour)
    ben = person("Ben Holt")
    holds(ben, "head", school=harbour, kind="acting", ends=date(2026, 12, 18))
    assert access.may(ben, "delegate.appoint", harbour)


def test_U2_acting_head_has_nothing_after_the_last_day(person, holds, harbour, time_machine):
    ben = person("Ben Holt")
    holds(ben, "head", school=harbour, kind="acting", ends=TODAY)
    assert access.may(ben, "school.see", harbour)
    time_machine.move_to(date(2026, 11, 25))
    assert not access.may(fresh(ben), "school.see", harbour)


def test_U2_vacancy_is_a_school_that_nobody_holds(person, holds, harbour):
    from plimsoll.schools.holdings import holders

    held = holds(person("Ada Okafor"), "head", school=harbour)
    assert [row.person.name for row in holders(harbour, ["head"], TODAY)] == ["Ada Okafor"]
    actions.end(assignment=held, on=date(2026, 11, 23), by=None, at=AT)
    assert holders(harbour, ["head"], TODAY) == []


def test_U2_delegate_of_the_head_reaches_that_school_only(person, holds, harbour, meadow):
    head, deputy = person("Ada Okafor"), person("Dee Park")
    holds(head, "head", school=harbour)
    actions.delegate(school=harbour, person=deputy, starts=TODAY, ends=None, by=head, at=AT)
    assert access.may(deputy, "contact.see", harbour)
    assert not access.may(deputy, "contact.see", meadow)


def test_U2_delegate_cannot_delegate_further(person, holds, harbour):
    head, deputy, third = person("Ada Okafor"), person("Dee Park"), person("Theo Lim")
    holds(head, "head", school=harbour)
    actions.delegate(school=harbour, person=deputy, starts=TODAY, ends=None, by=head, at=AT)
    with pytest.raises(Refused, match="Only the head in post"):
        actions.delegate(school=harbour, person=third, starts=TODAY, ends=None, by=deputy, at=AT)


def test_U2_head_cannot_delegate_at_another_school(person, holds, harbour, meadow):
    head = person("Ada Okafor")
    holds(head, "head", school=harbour)
    with pytest.raises(Refused, match="Only the head in post"):
        actions.delegate(
            school=meadow, person=person("Dee Park"), starts=TODAY, ends=None, by=head, at=AT
        )


def test_U2_head_takes_a_delegation_back(person, holds, harbour):
    head, deputy = person("Ada Okafor"), person("Dee Park")
    holds(head, "head", school=harbour)
    acting = actions.delegate(
        school=harbour, person=deputy, starts=date(2026, 11, 1), ends=None, by=head, at=AT
    )
    actions.end(assignment=acting, on=date(2026, 11, 23), by=head, at=AT)
    assert not access.may(fresh(deputy), "contact.see", harbour)


def test_U2_cover_for_a_principal_officer_has_the_same_phases(
    person, holds, admin, harbour, meadow
):
    away = holds(person("Pia Nord"), "po", phases=["primary"])
    stand_in = person("Sol Reyes")
    actions.cover(
        absent=away, person=stand_in, starts=TODAY, ends=date(2026, 12, 4), by=admin, at=AT
    )
    held = access.holdings(stand_in)["po"]
    assert held.groups == frozenset({"primary"})
    assert not held.everywhere


def test_U2_principal_officer_covers_for_another(person, holds, admin):
    away, other = holds(person("Pia Nord"), "po", phases=["primary"]), person("Sol Reyes")
    holds(other, "po", phases=["secondary"])
    actions.cover(absent=away, person=other, starts=TODAY, ends=date(2026, 12, 4), by=admin, at=AT)
    assert access.holdings(other)["po"].groups == frozenset({"primary", "secondary"})


def test_handover_ends_one_and_begins_the_other_and_tells_head_and_sip(person, holds, po, harbour):
    before, after = person("Sam Reed"), person("Nia Voss")
    holds(person("Ada Okafor"), "head", school=harbour)
    held = holds(before, "sip", school=harbour)
    following = actions.hand_over(
        assignment=held, to=after, on=date(2027, 1, 4), note="New deputy in January.", by=po, at=AT
    )
    held.refresh_from_db()
    assert held.ends == date(2027, 1, 3)
    assert (following.starts, following.handover) == (date(2027, 1, 4), "New deputy in January.")
    told = Message.objects.filter(key__startswith="handover:")
    assert {message.to for message in told} == {"nia.voss@example.org", "ada.okafor@example.org"}
    assert not [message for message in told if "deputy" in message.body]


def test_declared_interest_is_not_in_the_trail_that_heads_read(person, holds, harbour):
    from plimsoll.core.audit import readable

    sip, head = person("Sam Reed"), person("Ada Okafor")
    held = holds(sip, "sip", school=harbour)
    holds(head, "head", school=harbour)
    actions.declare_interest(assignment=held, interest="My niece is a pupil.", by=sip, at=AT)
    assert Event.objects.filter(verb="assignment.declared").count() == 1
    assert not readable(head).filter(verb="assignment.declared").exists()


def test_only_the_sip_declares(person, holds, harbour, po):
    held = holds(person("Sam Reed"), "sip", school=harbour)
    with pytest.raises(Refused, match="Only the person who works with the school"):
        actions.declare_interest(assignment=held, interest="", by=po, at=AT)


@pytest.mark.parametrize("role", ["admin", "data", "po", "doe", "dcs", "officer"])
def test_principal_officer_gives_no_post_of_the_service(person, po, role):
    service = "send" if role == "officer" else ""
    with pytest.raises(Refused, match="Only an administrator can appoint"):
        actions.appoint(
            person=person("Ada Okafor"), role=role, service=service, starts=TODAY, by=po, at=AT
        )


@pytest.mark.parametrize("role", ["sip", "head", "chair", "leader"])
def test_principal_officer_gives_posts_at_schools(person, po, harbour, role):
    actions.appoint(
        person=person("Ada Okafor"), role=role, school=harbour, starts=TODAY, by=po, at=AT
    )


def test_nobody_appoints_themselves(admin):
    with pytest.raises(Refused, match="Nobody appoints themselves"):
        actions.appoint(person=admin, role="doe", starts=TODAY, by=admin, at=AT)


@pytest.mark.parametrize("role", ["sip", "head", "chair", "leader", "party"])
def test_role_at_a_school_without_a_school_is_refused(person, holds, role):
    """Without one it would reach every school."""
    with pytest.raises(Refused, match="name the school"):
        holds(person("Ada Okafor"), role)


def test_last_administrator_stays(person, holds, admin):
    held = admin.assignments.get()
    with pytest.raises(Refused, match="last administrator"):
        actions.end(assignment=held, on=TODAY, by=None, at=AT)
    second = person("Omar Finch")
    with pytest.raises(Refused, match="last administrator"):
        actions.end_access(person=admin, on=TODAY, by=second, at=AT)
    holds(second, "admin")
    actions.end(assignment=held, on=TODAY, by=None, at=AT)


def test_end_of_access_ends_roles_and_account(person, holds, admin, harbour):
    sam = person("Sam Reed")
    held = holds(sam, "sip", school=harbour)
    coming = holds(person("Nia Voss"), "sip", school=harbour, starts=date(2027, 1, 4))
    actions.end_access(person=sam, on=TODAY, by=admin, at=AT)
    held.refresh_from_db()
    assert held.ends == TODAY
    assert not fresh(sam).is_active
    assert access.holdings(fresh(sam)) == {}
    assert Assignment.objects.get(pk=coming.pk).ends is None


def test_every_change_of_a_role_is_on_record(person, holds, harbour, po):
    held = holds(person("Ada Okafor"), "head", school=harbour)
    actions.end(assignment=held, on=TODAY, by=po, at=AT)
    events = Event.objects.filter(subject="schools.assignment", subject_id=held.pk).order_by("pk")
    assert [(event.verb, event.actor_name, event.urn) for event in events] == [
        ("assignment.began", "Plimsoll", 900001),
        ("assignment.ended", "Peter Osei", 900001),
    ]
    assert {event.permission for event in events} == {"assignment.see"}
