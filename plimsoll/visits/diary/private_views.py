"""How many schools have completed what only dates are kept of, for the service."""

from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import needs
from plimsoll.people.requests import SignedIn
from plimsoll.visits.diary import private

PAGE: Final = 50


@needs(private.OVERSEE)
@never_cache
@require_GET
def across(request: SignedIn, year: str) -> HttpResponse:
    cycle = get_object_or_404(Cycle, year=year)
    if not private.types(cycle.policy):
        raise Http404
    found = private.count(cycle, request.user, timezone.localdate())
    context = {
        "title": private.title(cycle.policy),
        "cycle": cycle,
        "words": cycle.policy.words,
        "count": found,
        "page": Paginator(found.schools, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "visits/private.html", context)
