"""The record of contact with one school: calls and visits, by their day."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import may, needs
from plimsoll.desk import listing
from plimsoll.desk.school import CONTACT_LOG, Frame
from plimsoll.desk.views.schools import framed, render_school
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.visits.contacts import calls, record


@needs("school.see")
@never_cache
@require_GET
def contact_log(request: SignedIn, urn: int) -> HttpResponse:
    """Each part for whoever may read it; not found for whom there is none."""
    frame = framed(request, urn, CONTACT_LOG)
    if not frame.has_contact_log:
        raise Http404
    context = _calls(request, frame) if may(request.user, calls.SEE, frame.school) else {}
    return render_school(request, "desk/school/contact_log.html", frame, context)


def _calls(request: SignedIn, frame: Frame) -> dict[str, Any]:
    past = record.past(frame.school, request.user, current())
    return {
        "reads_calls": True,
        "page": listing.page(past, request.GET),
        "coming": record.coming(frame.school, request.user)[:3],
    }
