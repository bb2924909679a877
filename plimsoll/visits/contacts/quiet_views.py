"""The list of schools without contact."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.visits.contacts import calls
from plimsoll.visits.contacts.quiet import quiet

PAGE: Final = 50


@needs(calls.SEE)
@never_cache
@require_GET
def without_contact(request: SignedIn) -> HttpResponse:
    policy = current()
    rows = quiet(request.user, policy, timezone.localdate())
    context = {
        "title": "Schools without contact",
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "rules": policy.contacts,
        "words": policy.words,
    }
    return render(request, "visits/contacts/quiet.html", context)
