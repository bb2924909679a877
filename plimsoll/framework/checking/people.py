"""The year, the schools, the people: whom the framework is about."""

from collections.abc import Iterator
from typing import Final

from plimsoll.core.access import ROLES
from plimsoll.core.policy import joined
from plimsoll.framework.checking.questions import Found, exactly, ids, known, once
from plimsoll.framework.model import Edition
from plimsoll.framework.vocabulary import POLICY_GRANTS

# Of all that policy gives rights to, these alone name a person who is asked to read them.
NAMES_A_PERSON: Final = ("report.", "concern.review")


def unique_ids(edition: Edition) -> Iterator[Found]:
    lists = (
        "priorities services bands themes criteria descriptors suggestions figure_suggestions "
        "funding providers sections visits grounds facts recipients notices powers retention"
    )
    for name in lists.split():
        yield from once(name, ids(getattr(edition, name)))
    statements = (s for d in edition.descriptors for s in d.statements.values())
    yield from once("descriptors.statements", statements)


def roles_and_grants(edition: Edition) -> Iterator[Found]:
    yield from exactly("roles", edition.roles, ROLES)
    yield from exactly("grants", edition.grants, POLICY_GRANTS)
    seeing = edition.grants.get("allocation.see", {})
    for permission, row in edition.grants.items():
        key = f'grants."{permission}"'
        yield from known(key, row, ROLES, "a role")
        if permission.startswith(("allocation.", "days.")):
            yield from known(key, row, seeing, "a role that may see an allocation")
        if permission == "concern.see":
            told = edition.grants.get("concern.told", {})
            yield from known(key, row, told, "a role that may see what a school was told")
        if not permission.startswith(NAMES_A_PERSON):
            for role in (role for role, extent in row.items() if extent == "named"):
                yield joined(key, role), 'cannot be "named": what it gives a right to names nobody'


def year(edition: Edition) -> Iterator[Found]:
    if int(edition.year[-2:]) != (int(edition.year[:4]) + 1) % 100:
        yield "year", f"{edition.year} is not two years that follow each other"
    elif not edition.key.endswith("/" + edition.year):
        yield "year", f"is {edition.year}, but the file is named {edition.key.split('/')[-1]}.toml"


def scope(edition: Edition) -> Iterator[Found]:
    types = edition.scope.school_types
    yield from once("scope.school_types", types)
    yield from known("scope.may_decline", edition.scope.may_decline, types, "in school_types")
    yield from known("scope.by_invitation", edition.scope.by_invitation, types, "in school_types")
