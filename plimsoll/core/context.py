"""What every page shows around its content: the service, the person, the way around.

The kernel knows none of these. The slice that does says so once, in `AppConfig.ready`:

    context.provide(navigation=entries, service=name_of_the_service, person=name_and_roles)

Each is called at most once a page and only by pages that show it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class Entry:
    """One link of a navigation; `current` when it leads to the page being shown."""

    text: str
    href: str
    current: bool = False


@dataclass
class _Sources:
    navigation: Callable[[HttpRequest], Sequence[Entry]] = field(default=lambda request: ())
    service: Callable[[], str] = field(default=lambda: "")
    person: Callable[[Any], str] = field(default=lambda user: user.get_full_name() or str(user))


_sources = _Sources()


def provide(
    *,
    navigation: Callable[[HttpRequest], Sequence[Entry]] | None = None,
    service: Callable[[], str] | None = None,
    person: Callable[[Any], str] | None = None,
) -> None:
    """Called from `AppConfig.ready` by the slice that knows the answer."""
    _sources.navigation = navigation or _sources.navigation
    _sources.service = service or _sources.service
    _sources.person = person or _sources.person


@dataclass
class Shell:
    """The page around the page."""

    request: HttpRequest

    @property
    def signed_in(self) -> bool:
        """An error may come before anybody knows who asks."""
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def navigation(self) -> Sequence[Entry]:
        return _sources.navigation(self.request) if self.signed_in else ()

    @cached_property
    def service(self) -> str:
        return _sources.service()

    @cached_property
    def person(self) -> str:
        """Who is signed in, or an empty string."""
        return _sources.person(self.request.user) if self.signed_in else ""

    @property
    def demonstration(self) -> bool:
        return bool(settings.DEMO)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor behind `templates/base.html`."""
    return {"shell": Shell(request)}
