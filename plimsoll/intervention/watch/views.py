"""The watch list, as a page and as a file (I10)."""

import csv
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs
from plimsoll.framework.editions import current
from plimsoll.intervention.permissions import WATCH
from plimsoll.intervention.watch import export as exporting
from plimsoll.intervention.watch.forms import WatchFilter
from plimsoll.intervention.watch.listing import summed_up, watched
from plimsoll.intervention.watch.narrowing import narrowed
from plimsoll.intervention.watch.reasons import (
    kinds,
)
from plimsoll.intervention.watch.rows import Row
from plimsoll.people.requests import SignedIn

PAGE: Final = 50


@needs(WATCH)
@never_cache
@require_GET
def watch(request: SignedIn) -> HttpResponse:
    """Every school that is watched, what needs attention first."""
    policy = current()
    rows, filters, shown = _asked(request)
    context = {
        "title": "Watch list",
        "kinds": kinds(request.user, policy),
        "summary": summed_up(rows),
        "filters": filters,
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "rules": policy.concern,
        "words": policy.words,
    }
    return render(request, "intervention/watch/list.html", context)


@needs(WATCH)
@never_cache
@require_GET
def export(request: SignedIn) -> HttpResponse:
    """The same list as CSV, narrowed by the same address."""
    _, _, shown = _asked(request)
    at = timezone.now()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"watch-list-{timezone.localdate(at)}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response).writerows(exporting.table(shown, current().words))
    exporting.note(shown, by=request.user, at=at)
    return response


def _asked(request: SignedIn) -> tuple[list[Row], WatchFilter, list[Row]]:
    """All that is watched, what the address asks for, and what is left of it."""
    policy, rows = current(), watched(request.user, timezone.localdate())
    offered = kinds(request.user, policy)
    filters = WatchFilter(request.GET, rows=rows, kinds=offered, words=policy.words)
    return rows, filters, narrowed(rows, filters.wanted)
