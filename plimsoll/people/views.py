"""Signing in, and what is everybody's own: the name, the ways to sign in."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from plimsoll.core.access import PUBLIC, needs
from plimsoll.people.models import User


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's sign-in; in the demonstration, with the cast beside it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cast = User.objects.filter(is_active=True).exclude(part="").order_by("pk")
        return super().get_context_data(**kwargs) | {"cast": cast if settings.DEMO else []}


sign_in = needs(PUBLIC)(SignIn.as_view())


@needs(PUBLIC)
@require_POST
def play(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as one of the demonstration's cast, without a password."""
    if not settings.DEMO:
        raise Http404
    person = get_object_or_404(User.objects.exclude(part=""), pk=pk, is_active=True)
    response: HttpResponse = perform_login(request, person, email_verification="none")
    return response
