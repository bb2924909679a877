"""Where Plimsoll's rules of signing in meet allauth."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from plimsoll.core import audit
from plimsoll.people.actions import SEE, known
from plimsoll.people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; sign-ins are on record, and so are wrong passwords."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the service's own address, whatever host the request spoke of."""
        return settings.BASE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        how = [record["method"] for record in get_authentication_records(request, user)]
        audit.record(
            verb="person.signed-in",
            subject=user,
            by=user,
            at=request.at,  # type: ignore[attr-defined]
            permission=SEE,
            after={"by": how},
        )
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # Nothing of what was typed is kept, and nothing about addresses of no account.
        if person := known(credentials.get("email") or ""):
            audit.record(
                verb="person.sign-in-failed",
                subject=person,
                by=None,
                at=request.at,  # type: ignore[attr-defined]
                permission=SEE,
            )


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An identity provider lets in only whom Plimsoll knows by an address it has checked."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps are kept encrypted: a copied database is not enough."""

    def encrypt(self, text: str) -> str:
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _lock().decrypt(encrypted_text).decode()


def _lock() -> MultiFernet:
    """Locks with the present secret key, opens with the former ones too."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [
            Fernet(urlsafe_b64encode(sha256(b"plimsoll second factor" + key.encode()).digest()))
            for key in keys
        ]
    )
