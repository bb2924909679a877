"""The page on which a Principal Officer keeps the clock of every report."""

from datetime import date
from typing import Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import needs
from plimsoll.core.context import Entry as Link
from plimsoll.core.forms import FilterForm, long_date
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.visits.reports.actions import EXTEND
from plimsoll.visits.reports.oversight.watching import LOOKS, Watched, friday, partners, watched

PAGE: Final = 50


class WatchFilter(FilterForm):
    partner = forms.ChoiceField(required=False)
    look = forms.CharField(required=False, widget=forms.HiddenInput)


@needs(EXTEND)
@never_cache
@require_GET
def reports(request: SignedIn) -> HttpResponse:
    """What waits for my check, what is late or nearly, what is at the school; and the year."""
    at, words = timezone.now(), current().words
    filters = WatchFilter(request.GET)
    filters.fields["partner"].label = words.partner_short
    people = [(str(pk), name) for pk, name in partners(request.user)]
    filters.offer_any("partner", people)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    cycle = Cycle.objects.order_by("-year").first()
    found = watched(
        request.user,
        year=cycle.year if cycle else "",
        partner=int(wanted["partner"]) if wanted.get("partner") else None,
        at=at,
    )
    asked = request.GET.get("look", "")
    look = asked if asked in LOOKS else _first(found)
    context = {
        "filters": filters,
        "looks": _looks(request, found, look, timezone.localdate(at)),
        "page": Paginator(found.by[look], PAGE).get_page(request.GET.get("page")),
        "caption": _names(timezone.localdate(at))[look],
        "year": found.year,
        "cycle": cycle,
        "words": words,
    }
    return render(request, "visits/reports/watch.html", context)


def _first(found: Watched) -> str:
    """The first look that holds something, else all that is open."""
    return next((key for key, rows in found.by.items() if rows), "open")


def _names(today: date) -> dict[str, str]:
    day = long_date(friday(today))
    words = ("Wait for my check", "Late", f"Due by Friday {day}", "At the school", "All open")
    return dict(zip(LOOKS, words, strict=True))


def _looks(request: SignedIn, found: Watched, here: str, today: date) -> list[Link]:
    links = []
    for key, name in _names(today).items():
        query = request.GET.copy()
        query["look"] = key
        query.pop("page", None)
        links.append(Link(f"{name} ({len(found.by[key])})", f"?{query.urlencode()}", key == here))
    return links
