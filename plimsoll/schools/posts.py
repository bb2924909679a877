"""Who holds what, as people read it: on a person's page, on a school's, on one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from plimsoll.core import access
from plimsoll.people.models import User
from plimsoll.schools import roles
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.schools.types import Phase

COMING, RUNNING, PAST = "coming", "running", "past"
# The posts that a school ought to have, so that their absence is a vacancy.
EXPECTED: Final = ("head", "chair", "sip")


@dataclass(frozen=True)
class Post:
    """One assignment in words."""

    assignment: Assignment
    today: date

    @property
    def role(self) -> str:
        return roles.label(self.assignment.role)

    @property
    def how(self) -> str:
        """Acting, covering or delegated, and for whom; nothing for who is in post."""
        held = self.assignment
        if held.kind == Assignment.Kind.HELD:
            return "First headship" if held.first_headship else ""
        place = f" {held.in_place_of.name}" if held.in_place_of else ""
        return f"{held.get_kind_display()}{place}"

    @property
    def where(self) -> str:
        held = self.assignment
        if held.school:
            return held.school.name
        if held.service:
            return roles.service_label(held.service)
        return ", ".join(Phase(phase).label for phase in held.phases) or "The whole service"

    @property
    def when(self) -> str:
        if self.assignment.starts > self.today:
            return COMING
        return PAST if self.assignment.ends and self.assignment.ends < self.today else RUNNING

    @property
    def has_ended(self) -> bool:
        return self.when == PAST

    @property
    def may_be_handed_over(self) -> bool:
        return self.assignment.role == "sip" and not self.has_ended

    @property
    def may_be_covered(self) -> bool:
        return (
            self.assignment.role in access.SERVICE
            and self.assignment.kind == Assignment.Kind.HELD
            and not self.has_ended
        )

    @property
    def wants_declaration(self) -> bool:
        """A SIP says for each school whether anything stands between the two."""
        held = self.assignment
        return held.role == "sip" and held.declared_at is None and not self.has_ended


def of(person: User, today: date) -> list[Post]:
    """Every post of the person, running ones first, then coming, then past."""
    rows = person.assignments.select_related("school", "in_place_of")
    order = {RUNNING: 0, COMING: 1, PAST: 2}
    posts = [Post(row, today) for row in rows.order_by("-starts", "pk")]
    return sorted(posts, key=lambda post: order[post.when])


@dataclass(frozen=True)
class Place:
    """A post that a school ought to have, with who holds it; nobody is a vacancy."""

    role: str
    posts: tuple[Post, ...]


def at(school: School, today: date) -> list[Place]:
    """The people of this school today and from a day to come."""
    rows = (
        Assignment.objects.filter(Q(ends=None) | Q(ends__gte=today), school=school)
        .select_related("person", "school", "in_place_of")
        .order_by("starts", "pk")
    )
    by_role: dict[str, list[Post]] = {role: [] for role in EXPECTED}
    for row in rows:
        by_role.setdefault(row.role, []).append(Post(row, today))
    return [Place(roles.label(role), tuple(posts)) for role, posts in by_role.items()]


@dataclass(frozen=True)
class Listed:
    """A row of the list of people."""

    person: User
    posts: tuple[Post, ...]


def directory(*, text: str = "", role: str = "") -> QuerySet[User]:
    """People by part of a name or address, and by a role they ever held."""
    found = User.objects.order_by("name", "pk")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if role:
        found = found.filter(pk__in=Assignment.objects.filter(role=role).values("person"))
    return found


def with_posts(people: QuerySet[User], today: date) -> QuerySet[User]:
    """The same people, with today's posts fetched in one query."""
    running = Assignment.objects.filter(in_force(today)).select_related("school", "in_place_of")
    return people.prefetch_related(
        Prefetch("assignments", queryset=running.order_by("role", "pk"), to_attr="running")
    )


def listed(people: Iterable[User], today: date) -> list[Listed]:
    return [
        Listed(person, tuple(Post(row, today) for row in person.running))  # type: ignore[attr-defined]
        for person in people
    ]
