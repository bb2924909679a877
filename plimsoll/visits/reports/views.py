"""One report as it is read: by the school, by whoever checks it, by whoever wrote it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import SIGNED_IN, needs
from plimsoll.people.requests import SignedIn
from plimsoll.visits.models import Report
from plimsoll.visits.reports import attachments, queries
from plimsoll.visits.reports.reading import page


def fetched(request: SignedIn, pk: int) -> Report:
    """The report, for whoever may read it; for everybody else it does not exist (S7)."""
    return get_object_or_404(queries.readable(request.user), pk=pk)


@needs(SIGNED_IN)
@never_cache
@require_GET
def read(request: SignedIn, pk: int) -> HttpResponse:
    """The whole report with its state and clock, and what this reader can do with it."""
    shown = page(fetched(request, pk), request.user, at=timezone.now())
    context = {"page": shown, "report": shown.report, "attached": attachments.of(shown.report)}
    return render(request, "visits/reports/read.html", context)
