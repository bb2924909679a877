"""The way around, for this person: only entries that hold something, in policy's words."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import PUBLIC, SIGNED_IN, may
from plimsoll.core.context import Entry
from plimsoll.framework import editions
from plimsoll.framework.model import Words
from plimsoll.schools import roles
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment

# Address, permission, words. The address also tells which entry is the current one.
MAIN: Final = (
    ("desk:work", SIGNED_IN, "My work"),
    ("desk:schools", "school.see", "Schools"),
    ("allocations:cycle-latest", "cycle.see", "{cycle}"),
    ("desk:data", "import.see", "Data"),
    ("desk:set-up", "calendar.see", "Set-up"),
    ("desk:help", PUBLIC, "Help"),
)
SET_UP: Final = (
    ("desk:policy", "policy.see", "Policy"),
    ("schools:people-list", "people.see", "People and roles"),
    ("desk:calendar", "calendar.see", "Terms and closures"),
    ("desk:rights", PUBLIC, "Who can do what"),
    ("desk:audit", "audit.see", "Audit trail"),
    ("desk:health", "people.change", "Health"),
)


def entries(request: HttpRequest) -> list[Entry]:
    """The main navigation; nothing for whoever has not signed in."""
    if not request.user.is_authenticated:
        return []
    words = editions.current().words
    return [entry for row in MAIN if (entry := _entry(request, *row, words))]


def set_up(request: HttpRequest) -> list[Entry]:
    """The pages of Set-up that this person may open."""
    words = editions.current().words
    return [entry for row in SET_UP if (entry := _entry(request, *row, words))]


def _entry(
    request: HttpRequest, name: str, permission: str, text: str, words: Words
) -> Entry | None:
    if not may(request.user, permission):
        return None
    href = reverse(name)
    here = request.path == href or (href != "/" and request.path.startswith(href))
    return Entry(text.format(cycle=words.cycle), href, here)


def service() -> str:
    return editions.current().authority.service_name


def person(user: Any) -> str:
    """Helen Marsh, Headteacher, Harbour View Primary School."""
    held: dict[str, list[str]] = {}
    rows = Assignment.objects.filter(in_force(timezone.localdate()), person=user)
    for role, school in rows.order_by("pk").values_list("role", "school__name"):
        held.setdefault(role, []).append(school or "")
    posts = [_post(role, schools) for role, schools in held.items()]
    return "; ".join([", ".join([str(user), *posts[:1]]), *posts[1:]])


def _post(role: str, schools: list[str]) -> str:
    named = [school for school in schools if school]
    if not named:
        return roles.label(role)
    where = named[0] if len(named) == 1 else f"{len(named)} schools"
    return f"{roles.label(role)}, {where}"
