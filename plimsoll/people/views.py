"""Signing in, and what is everybody's own: how e-mails come."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from plimsoll.core.access import PUBLIC, SIGNED_IN, needs
from plimsoll.framework import editions
from plimsoll.people import actions
from plimsoll.people.forms import EmailsForm
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


@needs(SIGNED_IN)
def emails(request: HttpRequest) -> HttpResponse:
    """An e-mail for each thing, or one a day."""
    me = get_object_or_404(User, pk=request.user.pk)
    form = EmailsForm(request.POST or None, initial={"emails": me.emails})
    if form.is_valid():
        actions.choose_emails(person=me, by=me, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Your choice is saved.")
        return redirect("emails")
    hour = editions.current().emails.digest_hour
    return render(request, "account/emails.html", {"form": form, "hour": f"{hour}:00"})
