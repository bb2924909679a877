"""The people of the demonstration and the posts they hold."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from plimsoll.desk.demo.days import ago
from plimsoll.people.actions import create_person
from plimsoll.people.models import User
from plimsoll.schools.actions import appoint, declare_interest
from plimsoll.schools.models import School

Cast = Mapping[str, User]


def make(data: Mapping[str, Any], *, at: datetime) -> dict[str, User]:
    """Everybody by key, then the posts, some of which are held in place of another."""
    began = ago(at, data["since"])
    cast = {
        person["key"]: create_person(
            email=f"{person['name'].replace(' ', '.')}@harbourside.example",
            name=person["name"],
            part=person.get("part", ""),
            by=None,
            at=began,
        )
        for person in data["people"]
    }
    for person in data["people"]:
        for post in person["posts"]:
            _appoint(post, cast[person["key"]], cast, since=data["since"], at=at)
    return cast


def _appoint(
    post: Mapping[str, Any], person: User, cast: Cast, *, since: int, at: datetime
) -> None:
    begun = ago(at, post.get("ago", since))
    for school in _schools(post):
        assignment = appoint(
            person=person,
            role=post["role"],
            school=school,
            phases=post.get("phases", ()),
            service=post.get("service", ""),
            kind=post.get("kind", "held"),
            in_place_of=cast[post["for"]] if "for" in post else None,
            starts=begun.date(),
            ends=(begun + timedelta(days=post["days"])).date() if "days" in post else None,
            first_headship=post.get("first_headship", False),
            by=None,
            at=begun,
        )
        if post["role"] == "sip":
            interest = post.get("interest", "")
            declare_interest(assignment=assignment, interest=interest, by=person, at=begun)


def _schools(post: Mapping[str, Any]) -> Iterable[School | None]:
    """The schools of a post; a post for the whole service has none."""
    if "schools" not in post:
        return [None]
    return School.objects.filter(pk__in=post["schools"])
