"""The list of schools, and the pages of one school."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from plimsoll.core.access import may, needs, visible
from plimsoll.core.context import Entry
from plimsoll.desk import bands, chronology, listing, stories, waiting
from plimsoll.desk.filters import HistoryFilter, SchoolFilter
from plimsoll.desk.map import Map
from plimsoll.desk.register import schools
from plimsoll.desk.school import OVERVIEW, Frame
from plimsoll.evidence.school.queries import profile
from plimsoll.evidence.school.sections import profile_of
from plimsoll.framework import editions
from plimsoll.people.requests import SignedIn
from plimsoll.schools import posts
from plimsoll.schools.models import SavedFilter, School


@needs("school.see")
@require_GET
def school_list(request: SignedIn) -> HttpResponse:
    filters = SchoolFilter(request.GET, user=request.user)
    page = listing.page(schools(request.user, filters.wanted, timezone.localdate()), request.GET)
    known = bands.in_force(request.user, page.rows)
    context = {
        "page": page,
        "rows": [(school, known.get(school.urn)) for school in page.rows],
        "knows": bands.may_know_any(request.user),
    }
    return _narrowed(request, "desk/schools/list.html", filters, context)


@needs("school.see")
@require_GET
def school_map(request: SignedIn) -> HttpResponse:
    """Where the schools are. It says nothing of any of them that the register does not."""
    filters = SchoolFilter(request.GET, user=request.user)
    found = schools(request.user, filters.wanted, timezone.localdate())
    context = {
        "map": Map(found, request.GET),
        "page": listing.page(found, request.GET),
        # Which schools are shown tells their band, when it was asked for.
        "knows": "band" in filters.in_use,
    }
    return _narrowed(request, "desk/schools/map.html", filters, context)


def _narrowed(
    request: SignedIn, template: str, filters: SchoolFilter, context: dict[str, Any]
) -> HttpResponse:
    """The list and the map: the same filters, which stay when one leads to the other."""
    pages = [("List", reverse("desk:schools")), ("Map", reverse("desk:map"))]
    kept = f"?{filters.address}" if filters.in_use else ""
    around = {
        "title": "Schools",
        "filters": filters,
        "tabs": [Entry(text, href + kept, href == request.path) for text, href in pages],
        "saved": SavedFilter.objects.filter(person=request.user).order_by("name"),
        "unheard": "band" in request.GET and "band" not in filters.fields,
    }
    return render(request, template, around | context)


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
    found = profile(frame.school, frame.today)
    context = {"evidence": found, "profile": profile_of(found, editions.current().profile)}
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
