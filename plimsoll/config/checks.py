"""What must be right before anything is served: the WSGI door and `doctor` run these."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import checks

from plimsoll.framework import editions

LOOPBACK = ("http://127.0.0.1", "http://localhost", "http://[::1]")


@checks.register
def secret_key_is_secret(**_: Any) -> Iterable[checks.CheckMessage]:
    """The demonstration's key is known to everyone, so it may sign nothing real."""
    if settings.SECRET_KEY == settings.DEMO_SECRET_KEY and not (settings.DEMO or settings.DEBUG):
        yield checks.Error(
            "Plimsoll has no secret key of its own, so sessions could be forged.",
            hint="Set PLIMSOLL_SECRET_KEY to 50 or more random characters, the same at every "
            "start. PLIMSOLL_DEMO=1 is for the demonstration only.",
            id="plimsoll.E001",
        )


@checks.register
def demonstration_stays_at_home(**_: Any) -> Iterable[checks.CheckMessage]:
    """Its sign-in page lets in anyone, as anyone."""
    if settings.DEMO and not settings.BASE_URL.startswith(LOOPBACK):
        yield checks.Warning(
            f"The demonstration is offered at {settings.BASE_URL}: whoever reaches it can sign in "
            "as anyone.",
            hint="Unset PLIMSOLL_DEMO unless every school in the database is invented.",
            id="plimsoll.W002",
        )


@checks.register
def policy_is_usable(**_: Any) -> Iterable[checks.CheckMessage]:
    """A mistake in a policy file is told at the start, not at the first case that meets it."""
    problems = editions.load(settings.POLICY_ROOT / settings.AUTHORITY)[1]
    for problem in problems + editions.read_calendar(settings.POLICY_ROOT)[1]:
        yield checks.Error(
            str(problem),
            hint="`plimsoll policy check` lists every mistake in the policy files.",
            id="plimsoll.E003",
        )
