"""The calendar at a secret address, and the page on which its owner makes and revokes it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from plimsoll.core.access import PUBLIC, SIGNED_IN, may, needs
from plimsoll.people.requests import SignedIn
from plimsoll.visits.diary import feeds
from plimsoll.visits.diary.queries import SEE


@needs(PUBLIC)
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Unknown, revoked and ended are one answer: nothing is here."""
    person = feeds.reader(secret)
    if person is None:
        raise Http404
    body = feeds.calendar(person, timezone.localdate())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


@needs(SIGNED_IN)
@never_cache
@require_safe
def settings_page(request: SignedIn) -> HttpResponse:
    return render(request, "visits/feed.html", _context(request))


def _context(request: SignedIn, address: str = "") -> dict[str, object]:
    return {
        "feed": feeds.current(request.user),
        "may_read": may(request.user, SEE),
        "address": address,
    }


@needs(SIGNED_IN)
@never_cache
@require_POST
def make(request: SignedIn) -> HttpResponse:
    """Shows the address, this once: so there is no page to come back to."""
    secret = feeds.make(person=request.user, at=timezone.now())
    address = settings.BASE_URL + reverse("calendar-feed", args=[secret])
    return render(request, "visits/feed.html", _context(request, address))


@needs(SIGNED_IN)
@never_cache
@require_POST
def revoke(request: SignedIn) -> HttpResponse:
    if feeds.revoke(person=request.user, at=timezone.now()):
        messages.success(request, "The address is revoked: your calendar can read it no more.")
    return redirect("calendar")
