"""Who may open allauth's pages: each has a row here, and one without a row stops the start.

The pages a closed service has no use for (signing up, changing one's address, joining
providers to accounts) answer 404; their names stay, as allauth links to them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from allauth.urls import urlpatterns as allauth_urlpatterns
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from plimsoll.core.access import PUBLIC, SIGNED_IN, needs

CLOSED: Final = "closed"

GATES: Final[Mapping[str, str]] = {
    "account_login": PUBLIC,
    # Also out of a sign-in that waits for its second factor.
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": CLOSED,
    "account_reauthenticate": SIGNED_IN,
    "account_email": CLOSED,
    "account_email_verification_sent": CLOSED,
    "account_confirm_email": CLOSED,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_request_login_code": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_login_webauthn": PUBLIC,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": PUBLIC,
    "socialaccount_signup": CLOSED,
    "socialaccount_connections": CLOSED,
    "usersessions_list": SIGNED_IN,
}


@needs(PUBLIC)
def closed(request: HttpRequest, **_: Any) -> HttpResponse:
    """A page that this service does not have."""
    raise Http404


def gated(
    patterns: Iterable[URLPattern | URLResolver] = allauth_urlpatterns,
) -> Iterator[URLPattern | URLResolver]:
    """allauth's addresses, each behind its gate; its nameless redirects of old are left out."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield URLResolver(pattern.pattern, list(gated(pattern.url_patterns)))
        elif pattern.name:
            gate = GATES[pattern.name]
            view = closed if gate == CLOSED else needs(gate)(pattern.callback)
            yield URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)
