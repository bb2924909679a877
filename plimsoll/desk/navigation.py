"""The way around, for this person: only entries that hold something, in policy's words."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse

from plimsoll.core import access
from plimsoll.core.access import PUBLIC, SIGNED_IN, Scope, may
from plimsoll.core.context import Entry
from plimsoll.framework import editions
from plimsoll.framework.model import Words
from plimsoll.schools import roles
from plimsoll.schools.models import School

# Address, permission, words. The address also tells which entry is the current one.
MAIN: Final = (
    ("desk:work", SIGNED_IN, "My work"),
    ("desk:schools", "school.see", "Schools"),
    ("desk:authority", "school.see", "Authority"),
    ("allocations:cycle-latest", "cycle.see", "{cycle}"),
    ("visits:diary", "allocation.inside", "Visits"),
    ("intervention:watch", "concern.watch", "Concerns"),
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
    """The pages of Set-up that this person may open; none for whom Set-up itself is closed."""
    if not may(request.user, "calendar.see"):
        return []
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
    held = access.holdings(user)
    single = {urn for reach in held.values() if len(reach.ids) == 1 for urn in reach.ids}
    names = dict(School.objects.filter(pk__in=single).values_list("urn", "name")) if single else {}
    posts = [_post(role, held[role], names) for role in access.ROLES if role in held]
    return "; ".join([", ".join([str(user), *posts[:1]]), *posts[1:]])


def _post(role: str, reach: Scope, names: dict[int, str]) -> str:
    if not reach.ids:
        return roles.label(role)
    if len(reach.ids) > 1:
        return f"{roles.label(role)}, {len(reach.ids)} schools"
    return ", ".join([roles.label(role), *(names[urn] for urn in reach.ids)])
