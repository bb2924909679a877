"""The page that says what reports speak of, by priority (F4)."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import needs
from plimsoll.core.forms import FilterForm
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import Term
from plimsoll.visits.reports.oversight.coverage import coverage

OVERSEE = "visit.oversee"


class CoverageFilter(FilterForm):
    """Which year, and which of its terms."""

    year = forms.ChoiceField(required=False)
    term = forms.ChoiceField(required=False)

    def __init__(self, *args: object, years: list[str], terms: list[str], **more: object) -> None:
        super().__init__(*args, **more)
        self.offer("year", [(year, year) for year in years])
        self.offer("term", [("", "The whole year"), *((term, term) for term in terms)])


@needs(OVERSEE)
@never_cache
@require_GET
def priorities(request: SignedIn) -> HttpResponse:
    """Reports and schools by priority, and the priorities of which nobody wrote."""
    cycles = {cycle.year: cycle for cycle in Cycle.objects.order_by("-year")}
    if not cycles:
        return render(request, "visits/none.html", {"words": current().words})
    asked = request.GET.get("year", "")
    cycle = cycles.get(asked) or next(iter(cycles.values()))
    terms = {
        term.name: term
        for term in Term.objects.filter(year=cycle.year, school=None).order_by("starts")
    }
    term = terms.get(request.GET.get("term", ""))
    found = coverage(
        cycle.policy,
        request.user,
        year=cycle.year,
        first=term.starts if term else None,
        last=term.ends if term else None,
    )
    context = {
        "coverage": found,
        "cycle": cycle,
        "when": f"{term.name} {cycle.year}" if term else cycle.year,
        "filters": CoverageFilter(request.GET, years=list(cycles), terms=list(terms)),
    }
    return render(request, "visits/priorities.html", context)
