"""The visits of one school, the page of one visit, and the log of those kept private."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import may, needs
from plimsoll.desk.actions import note_visit_list
from plimsoll.desk.school import VISITS, Frame
from plimsoll.desk.school_visits import SchoolVisits, as_letter, school_visits
from plimsoll.desk.views.schools import framed, render_school
from plimsoll.desk.visit import visit_page
from plimsoll.documents import render as rendering
from plimsoll.documents.actions import PDF
from plimsoll.documents.names import safe
from plimsoll.documents.serving import attachment
from plimsoll.framework import editions
from plimsoll.people.requests import SignedIn
from plimsoll.visits.days.actions import CHANGE
from plimsoll.visits.days.ledger import ledger
from plimsoll.visits.diary import private
from plimsoll.visits.diary.actions import PLAN
from plimsoll.visits.diary.queries import SEE, visits
from plimsoll.visits.reports.queries import SEE as READ
from plimsoll.visits.summaries.queries import issued_at


@needs(SEE)
@never_cache
@require_GET
def of_school(request: SignedIn, urn: int) -> HttpResponse:
    """A year of visits and, for whoever may know the school's days, its ledger (S7)."""
    frame, found = _year(request, urn)
    cycle, knows = found.cycle, may(request.user, "allocation.see", frame.school)
    context = {
        "found": found,
        "ledger": ledger(frame.school, cycle, request.user) if cycle and knows else None,
        "words": found.policy.words,
        "summaries": issued_at(frame.school, request.user),
        "may_read": may(request.user, READ, frame.school),
        "may_change": cycle and may(request.user, CHANGE, frame.school),
        "may_plan": cycle and may(request.user, PLAN, frame.school),
    }
    return render_school(request, "desk/school/visits.html", frame, context)


def _year(request: SignedIn, urn: int) -> tuple[Frame, SchoolVisits]:
    frame = framed(request, urn, VISITS, permission=SEE)
    found = school_visits(frame, request.GET.get("year", ""), editions.current())
    if found is None:
        raise Http404
    return frame, found


@needs(SEE)
@require_GET
def as_pdf(request: SignedIn, urn: int) -> HttpResponse:
    """The list to print; taking it along is an event."""
    (frame, found), at = _year(request, urn), timezone.now()
    body = rendering.pdf(as_letter(found, frame), at=at)
    note_visit_list(school=frame.school, by=request.user, at=at)
    filename = safe(f"{frame.school.name} visits {found.year}.pdf")
    return attachment(body, media_type=PDF, filename=filename)


@needs(SEE)
@never_cache
@require_GET
def private_log(request: SignedIn, urn: int) -> HttpResponse:
    """Dates, days and completion of what is private, for one school and year (E12)."""
    frame, found = _year(request, urn)
    if not found.private_title:
        raise Http404
    context = {
        "found": found,
        "logged": private.log(frame.school, found.year, request.user),
        "by": private.complete_by(found.policy, found.year) if found.year else None,
        "knows_days": may(request.user, "allocation.see", frame.school),
    }
    return render_school(request, "desk/school/private_visits.html", frame, context)


@needs(SEE)
@never_cache
@require_GET
def visit(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(visits(request.user), pk=pk)
    page = visit_page(found, request.user, at=timezone.now())
    return render(request, "desk/visit.html", {"page": page, "visit": found})
