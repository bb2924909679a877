"""Between a request and its page: how long a session lasts, and the second factor."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import timezone

from plimsoll.core import access
from plimsoll.people.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]

BEGAN: Final = "session_began"
SEEN: Final = "session_seen"
# How exactly idleness is known; once this long, one request writes to the session.
GRAIN: Final = timedelta(minutes=1)


class SessionLimits:
    """Ends a session that was idle too long, or that began too long ago."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = at = timezone.now()  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        if reason := _over(request, at):
            logout(request)
            messages.info(request, f"You were signed out {reason}. Sign in to go on.")
            return redirect_to_login(_way_back(request))
        return self.get_response(request)


def _over(request: HttpRequest, at: datetime) -> str:
    """Why the session is over, or an empty string; notes that the person was here."""
    session = request.session
    began = datetime.fromisoformat(session.setdefault(BEGAN, at.isoformat()))
    seen = datetime.fromisoformat(session.setdefault(SEEN, at.isoformat()))
    if at - began >= timedelta(hours=settings.SESSION_HOURS):
        return f"because you signed in {settings.SESSION_HOURS} hours ago"
    if at - seen >= timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        return f"after {settings.SESSION_IDLE_MINUTES} minutes without a page"
    if at - seen >= GRAIN:
        session[SEEN] = at.isoformat()
    return ""


def _way_back(request: HttpRequest) -> str:
    """The page to come back to: an address that only takes forms is none."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else "/"


class SecondFactor:
    """Sends a person of the service who has no second factor to set one up first."""

    # What is needed to set one up, and to leave.
    OPEN: Final = ("account_logout", "account_reauthenticate", "account_change_password", "mfa_")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and owes_second_factor(request, user):
            name = resolve(request.path_info).url_name or ""
            if not name.startswith(self.OPEN):
                return redirect("mfa_index")
        return self.get_response(request)


def owes_second_factor(request: HttpRequest, user: User) -> bool:
    """Does a role of this person call for a second factor that is not set up?"""
    if not settings.SECOND_FACTOR or (settings.DEMO and user.part):
        return False
    if not access.holdings(user).keys() & set(access.SERVICE):
        return False
    if settings.OIDC_SECOND_FACTOR and any(
        record["method"] == "socialaccount" for record in get_authentication_records(request, user)
    ):
        return False
    factors = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user=user, type__in=factors).exists()
