"""The list of schools, and the pages of one school."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from plimsoll.core.access import may, needs, visible
from plimsoll.desk import bands, chronology, listing, stories, waiting
from plimsoll.desk.forms import HistoryFilter, SchoolFilter
from plimsoll.desk.register import Filters, schools
from plimsoll.desk.school import OVERVIEW, Frame
from plimsoll.evidence.queries import profile
from plimsoll.people.requests import SignedIn
from plimsoll.schools import posts
from plimsoll.schools.models import School


@needs("school.see")
@require_GET
def school_list(request: SignedIn) -> HttpResponse:
    filters = SchoolFilter(request.GET, user=request.user)
    wanted = Filters(**filters.cleaned_data) if filters.is_valid() else Filters()
    page = listing.page(schools(request.user, wanted), request.GET)
    known = bands.in_force(request.user, page.rows)
    context = {
        "title": "Schools",
        "filters": filters,
        "page": page,
        "rows": [(school, known.get(school.urn)) for school in page.rows],
        "knows": bands.may_know_any(request.user),
    }
    return render(request, "desk/schools.html", context)


@needs("school.see")
@require_GET
def school(request: SignedIn, urn: int) -> HttpResponse:
    frame = framed(request, urn, OVERVIEW)
    evidence = profile(frame.school, frame.today)
    mine = waiting.items(request.user, timezone.now(), urn=urn)
    context = {
        "waiting": mine,
        "today": frame.today,
        "story": stories.lines(frame, evidence),
        "may_ask": may(request.user, "held.see", frame.school),
    }
    return render_school(request, "desk/school/overview.html", frame, context)


@needs("school.see")
@require_GET
def evidence(request: SignedIn, urn: int) -> HttpResponse:
    frame = framed(request, urn, "Evidence")
    context = {"evidence": profile(frame.school, frame.today)}
    return render_school(request, "desk/school/evidence.html", frame, context)


@needs("allocation.see")
@require_GET
def allocations(request: SignedIn, urn: int) -> HttpResponse:
    frame = framed(request, urn, "Allocation", permission="allocation.see")
    return render_school(request, "desk/school/allocations.html", frame, {})


@needs("school.see")
@require_GET
def documents(request: SignedIn, urn: int) -> HttpResponse:
    frame = framed(request, urn, "Documents")
    return render_school(request, "desk/school/documents.html", frame, {})


@needs("contact.see")
@require_GET
def people(request: SignedIn, urn: int) -> HttpResponse:
    frame = framed(request, urn, "People", permission="contact.see")
    kept = frame.school.contacts.order_by("kind", "-starts", "pk")
    user, today = request.user, frame.today
    context = {
        "contacts": [each for each in kept if each.ends is None or each.ends >= today],
        "former": [each for each in kept if each.ends and each.ends < today],
        "may_change": may(user, "contact.change", frame.school),
        "places": posts.at(frame.school, today)
        if may(user, "assignment.see", frame.school)
        else None,
    }
    return render_school(request, "desk/school/people.html", frame, context)


@needs("school.see")
@require_GET
def history(request: SignedIn, urn: int) -> HttpResponse:
    frame = framed(request, urn, "History")
    filters = HistoryFilter(request.GET)
    kind = filters.cleaned_data["kind"] if filters.is_valid() else ""
    page = listing.page(chronology.of_school(request.user, urn, kind), request.GET)
    context = {"filters": filters, "page": page, "events": chronology.lines(page.rows)}
    return render_school(request, "desk/school/history.html", frame, context)


def framed(request: SignedIn, urn: int, tab: str, *, permission: str = "school.see") -> Frame:
    """The school, if this person may reach it; 404 says no more than that it is not there."""
    found = get_object_or_404(visible(School.objects.all(), request.user, permission), pk=urn)
    return Frame(found, request.user, timezone.localdate(), tab)


def render_school(
    request: HttpRequest, template: str, frame: Frame, context: dict[str, Any]
) -> HttpResponse:
    around = {"frame": frame, "school": frame.school, "title": frame.school.name}
    return render(request, template, around | context)
