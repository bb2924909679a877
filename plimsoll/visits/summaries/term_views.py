"""The summaries of one term: the list of an officer, and the button that begins them."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from plimsoll.allocations.board import partners
from plimsoll.allocations.models import Cycle
from plimsoll.core.access import may, needs
from plimsoll.core.context import Entry as Link
from plimsoll.core.workflow import Refused
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.visits.summaries import actions
from plimsoll.visits.summaries.forms import TermFilter
from plimsoll.visits.summaries.queries import SIGN, WRITE
from plimsoll.visits.summaries.term_page import narrowed, term_page
from plimsoll.visits.summaries.terms import Terms

PAGE: Final = 50


@needs(WRITE)
@require_GET
def latest(request: SignedIn) -> HttpResponse:
    """The term that has begun last; a year without terms says what is lacking."""
    cycle = Cycle.objects.order_by("-year").first()
    if cycle is None:
        return render(request, "visits/none.html", {"words": current().words})
    terms = Terms(cycle.year).of()
    if not terms:
        context = {"cycle": cycle, "may_enter": may(request.user, "calendar.change")}
        return render(request, "visits/summaries/no_terms.html", context)
    begun = [each for each in terms if each.starts <= timezone.localdate()]
    return redirect("visits:summaries-term", cycle.year, (begun or terms[:1])[-1].name)


@needs(WRITE)
@never_cache
@require_GET
def term(request: SignedIn, year: str, term: str) -> HttpResponse:
    cycle, terms = found_term(year, term)
    period, today = terms.named(term), timezone.localdate()
    page = term_page(cycle, term, request.user, today=today)
    filters = TermFilter(
        request.GET, partner=cycle.policy.words.partner_short, partners=partners(today)
    )
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = narrowed(page.rows, wanted, today=today)
    context = {
        "cycle": cycle,
        "period": period,
        "over": period and period.closes < today,
        "words": cycle.policy.words,
        "whole": page,
        "terms": _links(terms, term),
        "filters": filters,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_sign": may(request.user, SIGN),
    }
    return render(request, "visits/summaries/term.html", context)


def found_term(year: str, term: str) -> tuple[Cycle, Terms]:
    """The year's cycle and terms, this term among them."""
    cycle, terms = get_object_or_404(Cycle, year=year), Terms(year)
    if terms.named(term) is None:
        raise Http404
    return cycle, terms


def _links(terms: Terms, here: str) -> list[Link]:
    return [
        Link(
            each.name,
            reverse("visits:summaries-term", args=[each.year, each.name]),
            each.name == here,
        )
        for each in terms.of()
    ]


@needs(WRITE)
@require_POST
def compose(request: SignedIn, year: str, term: str) -> HttpResponse:
    """Begin the summaries of the term; a second click begins none twice."""
    cycle, _ = found_term(year, term)
    try:
        new = actions.compose(cycle=cycle, term=term, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{new} composed.")
    return redirect("visits:summaries-term", year, term)
