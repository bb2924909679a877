"""Set-up: the policy as it runs, who can do what, the audit trail, the service's health."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from plimsoll.core import audit, outbox
from plimsoll.core.access import PUBLIC, needs
from plimsoll.core.models import Event
from plimsoll.desk import actions, bands, chronology, doctor, framework, listing, navigation, rights
from plimsoll.desk.filters import AuditFilter
from plimsoll.framework import editions
from plimsoll.people.requests import SignedIn


@needs("calendar.see")
@require_GET
def index(request: SignedIn) -> HttpResponse:
    context = {"title": "Set-up", "entries": navigation.set_up(request)}
    return render(request, "desk/setup/index.html", context)


@needs("policy.see")
@require_GET
def policy(request: SignedIn) -> HttpResponse:
    """The edition asked for, or the latest."""
    own = editions.editions()
    asked = request.GET.get("edition", "")
    shown = next((each for each in own if each.year == asked), editions.current())
    context = {
        "title": shown.title,
        "tabs": navigation.set_up(request),
        "policy": framework.shown(shown),
        "edition": shown,
        "others": [each for each in own if each.key != shown.key],
    }
    return render(request, "desk/setup/policy.html", context)


@needs(PUBLIC)
@require_GET
def who_can(request: HttpRequest) -> HttpResponse:
    """For everybody: who may know what is no secret, only what they know."""
    context = {
        "title": "Who can do what",
        "subjects": rights.table(),
        "tabs": navigation.set_up(request) if request.user.is_authenticated else [],
    }
    return render(request, "desk/setup/rights.html", context)


@needs("audit.see")
@require_GET
def trail(request: SignedIn) -> HttpResponse:
    """The audit trail, as far as each event may be read; what is hidden is not counted."""
    filters = AuditFilter(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    page = listing.page(_narrowed(audit.readable(request.user), wanted), request.GET)
    context = {
        "title": "Audit trail",
        "tabs": navigation.set_up(request),
        "filters": filters,
        "page": page,
        "knows": bands.may_know_any(request.user),
        "rows": [(event, chronology.line(event), chronology.details(event)) for event in page.rows],
    }
    return render(request, "desk/setup/audit.html", context)


def _narrowed(events: QuerySet[Event], wanted: dict[str, Any]) -> QuerySet[Event]:
    if kind := wanted.get("kind"):
        events = events.filter(verb__startswith=f"{kind}.")
    if person := wanted.get("person"):
        events = events.filter(actor_name__icontains=person)
    if urn := wanted.get("urn"):
        events = events.filter(urn=urn)
    if since := wanted.get("since"):
        events = events.filter(at__gte=_midnight(since))
    if until := wanted.get("until"):
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    return events


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@needs("people.change")
@require_GET
def health(request: SignedIn) -> HttpResponse:
    at = timezone.now()
    context = {
        "title": "Health",
        "tabs": navigation.set_up(request),
        "findings": doctor.findings(at=at),
        "stuck": outbox.stuck(at=at)[:50],
        "at": at,
    }
    return render(request, "desk/setup/health.html", context)


@needs("people.change")
@require_POST
def send_again(request: SignedIn, pk: int) -> HttpResponse:
    """An e-mail that did not go out, back into the outbox."""
    at = timezone.now()
    message = get_object_or_404(outbox.stuck(at=at), pk=pk)
    actions.send_again(message=message, by=request.user, at=at)
    messages.success(request, f"The e-mail to {message.to} goes out again shortly.")
    return redirect("desk:health")
