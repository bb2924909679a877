"""Who takes up, hands over and gives up which role, and where.

Permission follows the role held at that school (U2), so these are the writes by which
anybody comes to see or do anything. `by` is None for the command line and the import of
assignments; what a person does here is checked against the permission table.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from plimsoll.core import access, audit
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.framework import editions
from plimsoll.people import actions as people
from plimsoll.people.models import User
from plimsoll.schools import roles
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.schools.telling import tell

SEE: Final = "assignment.see"
HELD, ACTING = Assignment.Kind.HELD, Assignment.Kind.ACTING
COVER, DELEGATE = Assignment.Kind.COVER, Assignment.Kind.DELEGATE
DAY: Final = timedelta(days=1)


@transaction.atomic
def appoint(
    *,
    person: User,
    role: str,
    starts: date,
    by: User | None,
    at: datetime,
    school: School | None = None,
    phases: Sequence[str] = (),
    service: str = "",
    kind: str = HELD,
    in_place_of: User | None = None,
    ends: date | None = None,
    first_headship: bool = False,
    handover: str = "",
) -> Assignment:
    """Give a person a role. Raises Refused with the reason why that cannot be."""
    if by:
        check_may_appoint(by, person, role, school, kind, localtime(at).date())
    check_shape(role, school, phases, service)
    if kind == DELEGATE and in_place_of and school:
        ends = _no_longer_than(in_place_of, school, starts, ends)
    if ends and ends < starts:
        raise Refused("The last day must be the first day or later.")
    if school:
        # Two appointments to one school wait for each other, so neither overlooks the other.
        School.objects.select_for_update().get(pk=school.pk)
    _check_held_once(person, role, school, kind, in_place_of, starts, ends)
    if school:
        _check_at_school(person, role, school, kind, starts, ends)
    assignment = Assignment.objects.create(
        person=person,
        role=role,
        kind=kind,
        school=school,
        phases=list(phases),
        service=service,
        in_place_of=in_place_of,
        starts=starts,
        ends=ends,
        first_headship=first_headship and role == "head",
        handover=handover,
    )
    access.forget(person)
    _record("assignment.began", assignment, by=by, at=at)
    return assignment


@transaction.atomic
def end(*, assignment: Assignment, on: date, by: User | None, at: datetime) -> Assignment:
    """The role ends after this day."""
    if by:
        _check_may_end(by, assignment)
    if on < assignment.starts:
        raise Refused(
            f"The role begins on {long_date(assignment.starts)}, so it cannot end before that day."
        )
    if assignment.ends and assignment.ends < on:
        raise Refused(f"The role ended on {long_date(assignment.ends)} already.")
    if assignment.role == "admin":
        _check_an_administrator_remains(Q(pk=assignment.pk), on)
    _set_end(assignment, on, by=by, at=at)
    return assignment


def _set_end(assignment: Assignment, on: date, *, by: User | None, at: datetime) -> None:
    """The last day, for the role and for whoever was let act for its holder."""
    before = assignment.ends
    # A delegate of a later day would otherwise still begin.
    assignment.starts, assignment.ends = min(assignment.starts, on), on
    assignment.save(update_fields=["starts", "ends"])
    access.forget(assignment.person)
    _record("assignment.ended", assignment, by=by, at=at, before={"ends": _iso(before)})
    for delegated in _delegates_of(assignment).filter(Q(ends=None) | Q(ends__gt=on)):
        _set_end(delegated, on, by=by, at=at)


def _delegates_of(assignment: Assignment) -> QuerySet[Assignment]:
    """Nobody acts for a head who is one no longer (U2)."""
    if assignment.role != "head" or assignment.kind == DELEGATE:
        return Assignment.objects.none()
    return Assignment.objects.filter(
        in_place_of=assignment.person, school=assignment.school, kind=DELEGATE
    )


@transaction.atomic
def hand_over(
    *,
    assignment: Assignment,
    to: User,
    on: date,
    note: str,
    by: User | None,
    at: datetime,
) -> Assignment:
    """A SIP's school passes to another from this day, with what the next one should know."""
    if assignment.role != "sip" or assignment.school is None:
        raise Refused("Only a school that somebody works with can be handed over.")
    if to == assignment.person:
        raise Refused(f"{to.name} works with {assignment.school.name} already.")
    if on <= assignment.starts:
        raise Refused(f"Choose a day after {long_date(assignment.starts)}, when this one began.")
    end(assignment=assignment, on=on - DAY, by=by, at=at)
    following = appoint(
        person=to,
        role="sip",
        school=assignment.school,
        starts=on,
        ends=None,
        handover=note,
        by=by,
        at=at,
    )
    _tell_of_handover(following, at=at)
    return following


def cover(
    *, absent: Assignment, person: User, starts: date, ends: date, by: User | None, at: datetime
) -> Assignment:
    """Another person does the same work while somebody of the service is away."""
    if absent.role not in access.SERVICE:
        raise Refused("For a school's own post, appoint somebody acting instead.")
    return appoint(
        person=person,
        role=absent.role,
        school=absent.school,
        phases=absent.phases,
        service=absent.service,
        kind=COVER,
        in_place_of=absent.person,
        starts=starts,
        ends=ends,
        by=by,
        at=at,
    )


def delegate(
    *, school: School, person: User, starts: date, ends: date | None, by: User, at: datetime
) -> Assignment:
    """The head lets another person act for the head, at the head's own school."""
    return appoint(
        person=person,
        role="head",
        school=school,
        kind=DELEGATE,
        in_place_of=by,
        starts=starts,
        ends=ends,
        by=by,
        at=at,
    )


@transaction.atomic
def declare_interest(
    *, assignment: Assignment, interest: str, by: User, at: datetime
) -> Assignment:
    """What stands between a SIP and the school, in the SIP's words; empty for nothing."""
    if assignment.person != by or not access.may(by, "assignment.declare", assignment):
        raise Refused("Only the person who works with the school can declare an interest.")
    assignment.interest = interest.strip()
    assignment.declared_at = at
    assignment.save(update_fields=["interest", "declared_at"])
    # What is declared is for those who assign, and stays out of the trail that heads read.
    audit.record(
        verb="assignment.declared",
        subject=assignment,
        by=by,
        at=at,
        permission="assignment.change",
        after={"interest": assignment.interest or "nothing to declare"},
    )
    return assignment


@transaction.atomic
def end_access(*, person: User, on: date, by: User | None, at: datetime) -> None:
    """The person leaves: roles and sessions end, and nobody can sign in as them."""
    if person == by:
        raise Refused("Ask another administrator to end your access.")
    _check_an_administrator_remains(Q(person=person), on)
    for assignment in Assignment.objects.filter(Q(ends=None) | Q(ends__gt=on), person=person):
        _set_end(assignment, max(on, assignment.starts), by=by, at=at)
    people.close_account(person=person, by=by, at=at)
    access.forget(person)


# --- what an appointment is checked against -----------------------------------------------


def check_may_appoint(
    by: User, person: User | None, role: str, school: School | None, kind: str, on: date
) -> None:
    """Refuse what this person may not give. `person` is None for one not yet invited."""
    if kind == DELEGATE:
        if school is None or not _is_in_post(by, school, on):
            raise Refused("Only the head in post, or acting, can let somebody act for the head.")
        return
    if person == by:
        raise Refused("Nobody appoints themselves: ask another person who may.")
    if not access.may(by, permission_for(role)):
        raise Refused(f"Only an administrator can appoint: {roles.label(role)}.")


def permission_for(role: str) -> str:
    """What giving and ending this role needs: posts for the whole service need more."""
    return "assignment.change" if role in roles.AT_A_SCHOOL else "people.change"


def _is_in_post(person: User, school: School, on: date) -> bool:
    """Head or acting head: a delegate cannot delegate further."""
    return Assignment.objects.filter(
        in_force(on), person=person, school=school, role="head", kind__in=(HELD, ACTING)
    ).exists()


def _no_longer_than(head: User, school: School, starts: date, ends: date | None) -> date | None:
    """The last day of a delegate: asked for, or else that of the head's own post."""
    posts = Assignment.objects.filter(
        in_force(starts), person=head, school=school, role="head", kind__in=(HELD, ACTING)
    )
    last = [post.ends for post in posts if post.ends]
    if not last or len(last) < len(posts):
        return ends
    return min(max(last), ends or date.max)


def _check_may_end(by: User, assignment: Assignment) -> None:
    own_delegate = assignment.kind == DELEGATE and assignment.in_place_of == by
    if not own_delegate and not access.may(by, permission_for(assignment.role)):
        raise Refused(f"Only an administrator can end: {roles.label(assignment.role)}.")


def check_shape(role: str, school: School | None, phases: Sequence[str], service: str) -> None:
    """A role without its school would reach every school, so this is no formality."""
    label = roles.label(role)
    if role in roles.AT_A_SCHOOL and school is None:
        raise Refused(f"{label} is held at one school: name the school.")
    if role not in roles.AT_A_SCHOOL and school is not None:
        raise Refused(f"{label} is held for the whole service: leave the school empty.")
    if phases and role not in roles.BY_PHASE:
        raise Refused(f"{label} is not held by phase: leave the phases empty.")
    if (role in roles.FOR_A_SERVICE) != bool(service):
        wish = "name the service" if role in roles.FOR_A_SERVICE else "leave the service empty"
        raise Refused(f"{label}: {wish}.")


def _check_held_once(
    person: User,
    role: str,
    school: School | None,
    kind: str,
    in_place_of: User | None,
    starts: date,
    ends: date | None,
) -> None:
    """The same role may be held beside a cover for somebody else, and not twice."""
    same = {"role": role, "school": school, "kind": kind, "in_place_of": in_place_of}
    if Assignment.objects.filter(_overlapping(starts, ends), person=person, **same).exists():
        raise Refused(f"{person.name} holds this role during those days already.")


def _check_at_school(
    person: User, role: str, school: School, kind: str, starts: date, ends: date | None
) -> None:
    """One person in post, and nobody a school's SIP and its head or chair at once."""
    during = Assignment.objects.filter(_overlapping(starts, ends), school=school)
    in_post = during.filter(role=role, kind=HELD).first()
    if in_post and role in roles.ONE_IN_POST and kind == HELD:
        raise Refused(
            f"{in_post.person.name} is in post at {school.name} during those days. "
            "End that role first, or appoint somebody acting."
        )
    clashing = {"sip"} if role in roles.ONE_IN_POST else roles.ONE_IN_POST if role == "sip" else ()
    if own := during.filter(person=person, role__in=clashing).first():
        raise Refused(
            f"At {school.name} {person.name} has the role “{roles.label(own.role)}”, "
            f"and cannot have the role “{roles.label(role)}” beside it."
        )


def _overlapping(starts: date, ends: date | None) -> Q:
    """Assignments that run on at least one of these days."""
    begun = Q(starts__lte=ends) if ends else Q()
    return begun & (Q(ends=None) | Q(ends__gte=starts))


def _check_an_administrator_remains(leaving: Q, on: date) -> None:
    """Without an administrator nobody could ever let anybody in again."""
    going = Assignment.objects.filter(leaving, in_force(on), role="admin")
    staying = Assignment.objects.filter(
        in_force(on + DAY), role="admin", person__is_active=True
    ).exclude(leaving)
    if going.exists() and not staying.exists():
        raise Refused("This is the last administrator: appoint another one first.")


# --- who is told --------------------------------------------------------------------------


def _tell_of_handover(assignment: Assignment, *, at: datetime) -> None:
    """The new SIP and whoever is head on the day hear of it; the note is not in the e-mail."""
    school = assignment.school
    assert school
    tell(
        "handover",
        policy=editions.current(),
        school=school,
        permission=SEE,
        link=reverse("schools:people", args=[school.urn]),
        cause=str(assignment.pk),
        at=at,
        people=[assignment.person],
        on=assignment.starts,
    )


def _record(
    verb: str,
    assignment: Assignment,
    *,
    by: User | None,
    at: datetime,
    before: dict[str, str | None] | None = None,
) -> None:
    audit.record(
        verb=verb,
        subject=assignment,
        by=by,
        at=at,
        permission=SEE,
        before=before,
        after={
            "person": assignment.person.name,
            "role": assignment.role,
            "kind": assignment.kind,
            "starts": _iso(assignment.starts),
            "ends": _iso(assignment.ends),
        },
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
