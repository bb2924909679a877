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
from plimsoll.visits.contacts import calls, inspections, liaison, record, rise
from plimsoll.visits.contacts.trusts import entries
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
    parts = {calls.SEE: _calls, liaison.SEE: _liaison, inspections.SEE: _inspections}
    context: dict[str, Any] = {}
    for permission, part in parts.items():
        if may(request.user, permission, frame.school):
            context |= part(request, frame)
    return render_school(request, "desk/school/contact_log.html", frame, context)


def _calls(request: SignedIn, frame: Frame) -> dict[str, Any]:
    past = record.past(frame.school, request.user, current(), frame.today)
    return {
        "reads_calls": True,
        "page": listing.page(past, request.GET),
        "coming": record.coming(frame.school, request.user, frame.today)[:3],
    }


def _liaison(request: SignedIn, frame: Frame) -> dict[str, Any]:
    user, policy = request.user, current()
    said = list(liaison.of_school(frame.school, user))
    of_trust = list(liaison.of_trust(frame.school.trust_uid, user))
    upcoming = liaison.next_dates([*said, *of_trust])
    return {
        "reads_liaison": True,
        "liaison": entries(said, user, policy),
        "of_trust": entries(of_trust, user, policy),
        "next_dates": entries(upcoming, user, policy),
        "rise": [(row, rise.label(policy, row.status)) for row in rise.history(frame.school, user)],
        "may_log_liaison": may(user, liaison.LOG, frame.school),
    }


def _inspections(request: SignedIn, frame: Frame) -> dict[str, Any]:
    rows = InspectionCall.objects.filter(school=frame.school).order_by("-starts_on", "-pk")
    return {
        "reads_inspections": True,
        "inspections": [(row, INSPECTION.state(row)) for row in rows],
        "may_log_inspection": may(request.user, inspections.LOG, frame.school),
    }
