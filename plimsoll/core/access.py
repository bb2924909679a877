"""Permission, in one place: one table, read by the check and by the list alike.

`GRANTS[permission][role]` is EVERY (all schools), OWN (the schools at which the person
holds the role today) or NAMED (those records only that name the person: the report that an
officer was asked to read). Rows that the authority's policy decides (who knows a band, who
decides a dispute) are laid over the table by `policy_grants`; no other code says who may.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce, wraps
from operator import or_
from typing import Any, Final, Literal, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

Extent = Literal["every", "own", "named"]
EVERY: Final = "every"
OWN: Final = "own"
NAMED: Final = "named"

ROLES: Final = (
    "admin",
    "data",
    "sip",
    "po",
    "doe",
    "dcs",
    "officer",
    "head",
    "chair",
    "leader",
    # Somebody whom a team or a case made party to one school.
    "party",
)
SERVICE: Final = ("admin", "data", "sip", "po", "doe", "dcs", "officer")

# Permissions that need no role, only being signed in, or not even that.
SIGNED_IN: Final = "signed-in"
PUBLIC: Final = "public"


def _every(*roles: str) -> dict[str, Extent]:
    return dict.fromkeys(roles, EVERY)


def _own(*roles: str) -> dict[str, Extent]:
    return dict.fromkeys(roles, OWN)


GRANTS: Final[Mapping[str, Mapping[str, Extent]]] = {
    # The register and what is published about a school.
    "school.see": _every(*SERVICE) | _own("head", "chair", "leader", "party"),
    "contact.see": _every(*SERVICE) | _own("head", "chair", "party"),
    "contact.change": _every("data", "po", "doe") | _own("sip"),
    "calendar.see": _every(*SERVICE) | _own("head", "chair"),
    "calendar.change": _every("data", "admin") | _own("head"),
    "assignment.see": _every(*SERVICE) | _own("head", "chair"),
    "assignment.change": _every("admin", "po"),
    "assignment.declare": _own("sip"),
    "delegate.appoint": _own("head"),
    # What the authority holds about a school, at the school's own request (U4).
    "held.see": _own("head", "chair"),
    # Data and set-up.
    "import.see": _every("admin", "data", "po", "doe", "dcs"),
    "import.run": _every("data"),
    "people.see": _every("admin", "po", "doe", "dcs"),
    "people.change": _every("admin"),
    "policy.see": _every(*SERVICE),
    "audit.see": _every("admin", "doe", "dcs"),
    # Rows without roles are decided by policy: see `policy_grants`.
    "allocation.see": {},
    # The service's own side: a proposal before the head hears of it.
    "allocation.inside": {},
    "allocation.prepare": {},
    "allocation.answer": {},
    "allocation.moderate": {},
    "allocation.decide": {},
    "allocation.provide": {},
    "allocation.chase": {},
    "days.change": {},
    "days.budget": {},
    "visit.see": {},
    "visit.line": {},
    "visit.plan": {},
    "visit.confirm": {},
    "visit.oversee": {},
    "report.see": {},
    "report.write": {},
    "report.check": {},
    "report.reply": {},
    "report.extend": {},
    "action.close": {},
    "standing.see": {},
    "standing.write": {},
    "worry.see": {},
    "worry.raise": {},
    "call.see": {},
    "call.log": {},
    "liaison.see": {},
    "liaison.log": {},
    "inspection.see": {},
    "inspection.log": {},
    "summary.see": {},
    "summary.write": {},
    "summary.sign": {},
    "concern.see": {},
    "concern.told": {},
    "concern.watch": {},
    "concern.open": {},
    "concern.record": {},
    "concern.step": {},
    "concern.draft": {},
    "concern.review": {},
    "concern.approve": {},
    "concern.serve": {},
    "concern.correct": {},
    "concern.privileged": {},
    "concern.plan": {},
    "concern.judge": {},
    "concern.decide": {},
    "concern.bundle": {},
    "concern.hold": {},
    "cycle.see": {},
    "cycle.run": {},
}


@dataclass(frozen=True)
class Scope:
    """What one person may reach: everywhere, or schools by id or by group (a phase), or
    what names the person, who is then known by primary key."""

    everywhere: bool = False
    ids: frozenset[int] = frozenset()
    groups: frozenset[str] = frozenset()
    named: int | None = None

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(
            self.everywhere or other.everywhere,
            self.ids | other.ids,
            self.groups | other.groups,
            other.named if self.named is None else self.named,
        )

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.ids or self.groups) or self.named is not None


EVERYWHERE: Final = Scope(everywhere=True)
NOWHERE: Final = Scope()


@dataclass(frozen=True)
class Path:
    """How a model leads to the id, the group and the named person that a scope speaks of.

    A model that has no lookup to the group has its groups turned into ids. `named` leads by
    foreign keys alone (`reader_id`), so that no row is listed twice; without it the model
    names nobody.
    """

    id: str
    group: str = ""
    named: str = ""

    def q(self, scope: Scope) -> Q:
        if scope.everywhere:
            return Q()
        within = Q(**{f"{self.id}__in": scope.ids})
        if scope.groups and self.group:
            within |= Q(**{f"{self.group}__in": scope.groups})
        elif scope.groups:
            within |= Q(**{f"{self.id}__in": _sources.ids_of_groups(scope.groups)})
        if self.named and scope.named is not None:
            within |= Q(**{self.named: scope.named})
        return within

    def covers(self, scope: Scope, obj: Model) -> bool:
        return (
            scope.everywhere
            or follow(obj, self.id) in scope.ids
            or (bool(scope.groups) and self._in_groups(scope.groups, obj))
            or (
                bool(self.named)
                and scope.named is not None
                and follow(obj, self.named) == scope.named
            )
        )

    def _in_groups(self, groups: frozenset[str], obj: Model) -> bool:
        if self.group:
            return follow(obj, self.group) in groups
        return follow(obj, self.id) in set(_sources.ids_of_groups(groups))


def follow(obj: Any, path: str) -> Any:
    return reduce(lambda at, name: getattr(at, name, None), path.split("__"), obj)


class Person(Protocol):
    """What the kernel needs to know of a user."""

    pk: Any
    is_authenticated: bool
    is_active: bool


Holdings = Mapping[str, Scope]


@dataclass
class _Sources:
    """What slices above tell the kernel; set once, at start-up, by name."""

    holdings: Callable[[Any, Any], Holdings] = field(default=lambda user, on: {})
    ids_of_groups: Callable[[Iterable[str]], Any] = field(default=lambda groups: ())
    policy_grants: Callable[[], Mapping[str, Mapping[str, Extent]]] = field(default=dict)


_sources = _Sources()


def provide(
    *,
    holdings: Callable[[Any, Any], Holdings] | None = None,
    ids_of_groups: Callable[[Iterable[str]], Any] | None = None,
    policy_grants: Callable[[], Mapping[str, Mapping[str, Extent]]] | None = None,
) -> None:
    """Called from `AppConfig.ready` by the slice that knows the answer."""
    _sources.holdings = holdings or _sources.holdings
    _sources.ids_of_groups = ids_of_groups or _sources.ids_of_groups
    _sources.policy_grants = policy_grants or _sources.policy_grants


def grants(permission: str) -> Mapping[str, Extent]:
    """The row of the table, with the authority's policy laid over it.

    Raises KeyError for a permission that the table does not name.
    """
    row = GRANTS[permission]
    return row or _sources.policy_grants().get(permission, {})


def holdings(user: Any) -> Holdings:
    """The roles the person holds today, each with its schools; read once a request.

    Permission is about now, so this is the one place in the kernel that reads the clock.
    """
    if not user.is_authenticated or not user.is_active:
        return {}
    held: Holdings | None = getattr(user, "_holdings", None)
    if held is None:
        held = user._holdings = _sources.holdings(user, timezone.localdate())
    return held


def forget(user: Any) -> None:
    """Drop what is remembered of a person's roles, after they were changed."""
    user.__dict__.pop("_holdings", None)


def scope(user: Any, permission: str) -> Scope:
    """Where the person has the permission, over all the roles held."""
    row = grants(permission)
    reach = (
        _reach(row[role], where, user) for role, where in holdings(user).items() if role in row
    )
    return reduce(or_, reach, NOWHERE)


def _reach(extent: Extent, where: Scope, user: Any) -> Scope:
    match extent:
        case "every":
            return EVERYWHERE
        case "own":
            return where
        case "named":
            return Scope(named=user.pk)


def path_of(model: type[Model]) -> Path:
    """The model's declared way to its school; a model without one is a mistake."""
    path: Path = model.ACCESS  # type: ignore[attr-defined]
    return path


def may(user: Any, permission: str, obj: Model | None = None) -> bool:
    """May this person do this, to this object (or, without one, to any at all)?"""
    if permission == PUBLIC:
        return True
    if permission == SIGNED_IN:
        return bool(user.is_authenticated)
    reach = scope(user, permission)
    return bool(reach) if obj is None else path_of(type(obj)).covers(reach, obj)


M = TypeVar("M", bound=Model)


def visible(queryset: QuerySet[M], user: Any, permission: str) -> QuerySet[M]:
    """The rows of the queryset for which `may(user, permission, row)` holds."""
    reach = scope(user, permission)
    if not reach:
        return queryset.none()
    return queryset.filter(path_of(queryset.model).q(reach))


def holds(user: Any, role: str, obj: Model) -> bool:
    """Does the person hold this very role at the object's school today?"""
    reach = holdings(user).get(role, NOWHERE)
    return bool(reach) and path_of(type(obj)).covers(reach, obj)


View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """Declare a view's permission. Every address has one; a test walks them all.

    Turns away (to sign-in, or with 403) whoever has the permission nowhere; which
    objects a person may reach is then `visible()`'s answer, and the rest is 404.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if permission != PUBLIC and not request.user.is_authenticated:
                from django.contrib.auth.views import redirect_to_login

                return redirect_to_login(request.get_full_path())
            if not may(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return declare
