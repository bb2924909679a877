"""Data health: how old and how complete what is held is, and what does not fit together."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs
from plimsoll.desk import brought, health, listing
from plimsoll.evidence import sources
from plimsoll.evidence.health import coverage
from plimsoll.evidence.models import Fact, ImportRun, PublishedRow
from plimsoll.framework import editions
from plimsoll.framework.measures import MEASURES, shown
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School

SEE: Final = "import.see"
YEARS: Final = 3  # side by side on a telephone too
FILES: Final = 20


@needs(SEE)
@require_GET
def index(request: SignedIn) -> HttpResponse:
    context = {
        "title": "Data health",
        "states": health.states(sources.known(), timezone.localdate()),
        "unknown": coverage.unknown().count(),
        "same_number": coverage.same_number().count(),
        "same_name": coverage.same_name().count(),
    }
    return render(request, "desk/data/health.html", context)


@needs(SEE)
@require_GET
def source(request: SignedIn, name: str) -> HttpResponse:
    """One source: who has a row of each year, what its cells hold, who lacks a row."""
    if name not in sources.known():
        raise Http404
    known, las = sources.known()[name], _own_authority()
    (state,) = health.states([name], timezone.localdate())
    years = state.years[: -YEARS - 1 : -1]
    newest = years[0] if years else ""
    lacking = coverage.lacking(known, newest, las) if newest else School.objects.none()
    context = {
        "title": capfirst(known.title),
        "state": state,
        "years": years,
        "newest": newest,
        "kinds": coverage.by_kind(known, years, las),
        "cells": coverage.cells(known, years, las) if known.yearly else [],
        "page": listing.page(lacking, request.GET),
        "runs": ImportRun.objects.filter(source=name).order_by("-at", "-pk")[:FILES],
    }
    return render(request, "desk/data/health_source.html", context)


@needs(SEE)
@require_GET
def unknown(request: SignedIn) -> HttpResponse:
    """URNs of which something is held and that nobody knows."""
    page = listing.page(coverage.unknown(), request.GET)
    rows = PublishedRow.objects.filter(urn__in=page.rows).order_by("source", "year")
    held: dict[int, list[str]] = {urn: [] for urn in page.rows}
    for urn, name, year in rows.values_list("urn", "source", "year"):
        held[urn].append(f"{name} {year}".strip())
    context = {"title": "Numbers that nobody knows", "page": page, "held": held.items()}
    return render(request, "desk/data/health_unknown.html", context)


@needs(SEE)
@require_GET
def duplicates(request: SignedIn) -> HttpResponse:
    """Open schools that the register seems to hold twice."""
    by = request.GET.get("by")
    found = coverage.same_name() if by == "name" else coverage.same_number()
    page = listing.page(found, request.GET)
    schools = School.objects.in_bulk([urn for row in page.rows for urn in _ends(row)])
    context = {
        "title": "Schools that may be there twice",
        "page": page,
        "by": by,
        "rows": [(row, [schools[urn] for urn in _ends(row)]) for row in page.rows],
    }
    return render(request, "desk/data/health_duplicates.html", context)


@needs(SEE)
@require_GET
def disagreeing(request: SignedIn) -> HttpResponse:
    """The same figure of the same school from two sources, and they differ."""
    page = listing.page(coverage.disagreeing(_own_authority()), request.GET)
    context = {"title": "Figures that disagree", "page": page, "rows": _both(page.rows)}
    return render(request, "desk/data/health_disagreeing.html", context)


def _both(rows: Any) -> list[tuple[brought.Named, str, str, list[str]]]:
    """Each figure as every one of its sources gives it, in two queries for the page."""
    wanted = {(row["urn"], row["measure"], row["year"]) for row in rows}
    said: dict[tuple[int, str, str], list[str]] = {key: [] for key in sorted(wanted)}
    urns, measures, years = ({key[place] for key in wanted} for place in range(3))
    facts = Fact.objects.filter(
        urn__in=urns, measure__in=measures, year__in=years, value__isnull=False
    )
    for urn, measure, year, name, value in facts.order_by("source").values_list(
        "urn", "measure", "year", "source", "value"
    ):
        if (key := (urn, measure, year)) in said:
            said[key].append(f"{name}: {shown(MEASURES[measure], value or 0)}")
    schools = {school.urn: school for school in brought.named(urns)}
    return [
        (schools[urn], MEASURES[measure].label, year, lines)
        for (urn, measure, year), lines in said.items()
    ]


def _ends(row: dict[str, Any]) -> list[int]:
    return [row["first"], row["last"]]


def _own_authority() -> list[str]:
    return [str(code) for code in editions.current().authority.la_codes]
