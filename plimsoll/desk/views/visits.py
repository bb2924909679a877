"""The page of one visit."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs
from plimsoll.desk.visit import visit_page
from plimsoll.people.requests import SignedIn
from plimsoll.visits.diary.queries import visits


@needs("visit.see")
@never_cache
@require_GET
def visit(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(visits(request.user), pk=pk)
    page = visit_page(found, request.user, at=timezone.now())
    return render(request, "desk/visit.html", {"page": page, "visit": found})
