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
from plimsoll.visits.contacts import calls, inspections, record
from plimsoll.visits.contacts.workflow import INSPECTION
from plimsoll.visits.models import InspectionCall


@needs("school.see")
@never_cache
@require_GET
def contact_log(request: SignedIn, urn: int) -> HttpResponse:
    """Each part for whoever may read it; not found for whom there is none."""
    frame = framed(request, urn, CONTACT_LOG)
    if not frame.has_contact_log:
        raise Http404
    parts = {calls.SEE: _calls, inspections.SEE: _inspections}
    context = {"today": frame.today}
    for permission, part in parts.items():
        if may(request.user, permission, frame.school):
            context |= part(request, frame)
    return render_school(request, "desk/school/contact_log.html", frame, context)


def _calls(request: SignedIn, frame: Frame) -> dict[str, Any]:
    past = record.past(frame.school, request.user, current())
    return {
        "reads_calls": True,
        "page": listing.page(past, request.GET),
        "coming": record.coming(frame.school, request.user)[:3],
    }


def _inspections(request: SignedIn, frame: Frame) -> dict[str, Any]:
    rows = InspectionCall.objects.filter(school=frame.school).order_by("-starts_on", "-pk")
    return {
        "reads_inspections": True,
        "inspections": [(row, INSPECTION.state(row)) for row in rows],
        "may_log_inspection": may(request.user, inspections.LOG, frame.school),
    }
