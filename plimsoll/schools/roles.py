"""The roles as this authority calls them, and what a role needs to be held."""

from typing import Final

from plimsoll.core.access import ROLES
from plimsoll.framework import editions

# Held at one school each; every other role is held for the whole service.
AT_A_SCHOOL: Final = frozenset({"sip", "head", "chair", "leader", "party"})
# One person at a time is in post.
ONE_IN_POST: Final = frozenset({"head", "chair"})
# May be held to the schools of some phases.
BY_PHASE: Final = frozenset({"po"})
# Held for one of the authority's other services.
FOR_A_SERVICE: Final = frozenset({"officer"})


def label(role: str) -> str:
    """A School Improvement Partner may be called something else elsewhere."""
    named = editions.current().roles.get(role)
    return named.label if named else "Member of a team or case"


def labels() -> list[tuple[str, str]]:
    """Every role as a choice, in the order of the permission table."""
    return [(role, label(role)) for role in ROLES]


def service_labels() -> list[tuple[str, str]]:
    """The authority's other services, as policy names them."""
    return [(service.key, service.label) for service in editions.current().services]


def service_label(key: str) -> str:
    return dict(service_labels()).get(key, key)
