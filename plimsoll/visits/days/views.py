"""The ledger across schools, its export, and the forms that change one school's."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations.board import partners
from plimsoll.allocations.models import Cycle
from plimsoll.core.access import may, needs, visible
from plimsoll.core.context import Entry as Link
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School, Term
from plimsoll.visits.days import across, actions, forms
from plimsoll.visits.days.actions import Change
from plimsoll.visits.days.budgets import BUDGET, BudgetLine, budget_lines
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.days.ledger import in_words, ledger
from plimsoll.visits.days.queries import total
from plimsoll.visits.models import Entry

PAGE: Final = 50


@needs(across.INSIDE)
@never_cache
@require_GET
def across_schools(request: SignedIn) -> HttpResponse:
    """What the newest year's days come to, for the schools one works with."""
    cycle = Cycle.objects.order_by("-year").first()
    if cycle is None:
        return render(request, "visits/none.html", {"words": current().words})
    today = timezone.localdate()
    filters, rows = _narrowed(request, cycle)
    asked = request.GET.get("by", "")
    cut = asked if asked in across.CUTS else across.CUTS[0]
    found = across.groups(cycle, rows, cut, today)
    context = {
        "cycle": cycle,
        "words": cycle.policy.words,
        "filters": filters,
        "pages": _cuts(request, cycle, cut),
        "cut": cut,
        "heading": _words(cycle)[cut],
        "named": _inside(_words(cycle)[cut]),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "total": in_words(total(each.line.balance for each in found), label="All"),
        "query": request.GET.urlencode(),
        "budgets": _budgets(request, cycle, cut),
        "private_title": _private(request, cycle),
    }
    return render(request, "visits/across.html", context)


def _budgets(request: SignedIn, cycle: Cycle, cut: str) -> list[BudgetLine]:
    """Beside the days by funding, for whoever sets budgets."""
    return budget_lines(cycle) if cut == "funding" and may(request.user, BUDGET) else []


def _private(request: SignedIn, cycle: Cycle) -> str:
    """What only dates are kept of has a page of its own, for whoever oversees visits (E12)."""
    labels = [each.label for each in cycle.policy.visits if each.content_private]
    return ", ".join(labels) if may(request.user, "visit.oversee") else ""


def _narrowed(request: SignedIn, cycle: Cycle) -> tuple[forms.LedgerFilter, Any]:
    today = timezone.localdate()
    filters = forms.LedgerFilter(
        request.GET, policy=cycle.policy, partners=partners(today), terms=terms(cycle.year)
    )
    wanted = filters.cleaned_data if filters.is_valid() else {}
    return filters, across.found(cycle, request.user, wanted, today)


def _words(cycle: Cycle) -> dict[str, str]:
    partner = cycle.policy.words.partner_short
    names = ("School", partner, "Line", "Funding", "Term")
    return dict(zip(across.CUTS, names, strict=True))


def _cuts(request: SignedIn, cycle: Cycle, here: str) -> list[Link]:
    """The same days cut otherwise; what narrows them stays."""
    links = []
    for cut, name in _words(cycle).items():
        query = request.GET.copy()
        query["by"] = cut
        query.pop("page", None)
        text = "Schools" if cut == "school" else f"By {_inside(name)}"
        links.append(Link(text, f"?{query.urlencode()}", cut == here))
    return links


def _inside(name: str) -> str:
    """A name inside a sentence: what is short for something keeps its capitals."""
    return name if name[1:2].isupper() else name.lower()


def terms(year: str) -> list[str]:
    """The authority's terms of the year, in their order."""
    rows = Term.objects.filter(year=year, school=None).order_by("starts")
    return list(rows.values_list("name", flat=True))


@needs(across.INSIDE)
@require_GET
def export(request: SignedIn, year: str) -> HttpResponse:
    """The same as CSV, marked as confidential in every row."""
    cycle = get_object_or_404(Cycle, year=year)
    _, rows = _narrowed(request, cycle)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="days-{cycle.year}.csv"'
    response["Cache-Control"] = "no-store"
    csv.writer(response).writerows(across.export(cycle, rows, timezone.localdate()))
    actions.note_export(cycle=cycle, by=request.user, at=timezone.now())
    return response


# --- changing one school's --------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """One of the ways to change a ledger: its form, its action, and its words."""

    form: type[forms.AdjustForm | forms.ExtraForm | forms.CarryForm]
    do: Callable[[Change], Entry]
    title: str
    lead: str
    said: str


ACTS: Final = {
    "adjust": Act(
        forms.AdjustForm,
        actions.adjust,
        "Adjust days",
        "Give more days on a line, or take some away that are left.",
        "The days are adjusted.",
    ),
    "add": Act(
        forms.ExtraForm,
        actions.add_extra,
        "Add days",
        "Days beyond the entitlement: bought by the school, or commissioned for it.",
        "The days are added.",
    ),
    "carry-over": Act(
        forms.CarryForm,
        actions.carry_over,
        "Carry days over",
        "Bring days over that were left of the year before.",
        "The days are carried over.",
    ),
}


@needs(actions.CHANGE)
@never_cache
def change(request: SignedIn, year: str, urn: int, act: str) -> HttpResponse:
    """Adjust, add or carry over; the grant is brought up to date first."""
    wanted = ACTS.get(act)
    if wanted is None:
        raise Http404
    school = get_object_or_404(visible(School.objects.all(), request.user, actions.CHANGE), pk=urn)
    cycle, at = get_object_or_404(Cycle, year=year), timezone.now()
    bring_up_to_date(cycle=cycle, school=school, at=at)
    form = wanted.form(
        request.POST or None,
        held=ledger(school, cycle, request.user).lines,
        terms=terms(cycle.year),
        policy=cycle.policy,
    )
    href = f"{reverse('desk:visits', args=[urn])}?year={cycle.year}"
    if form.is_valid():
        facts = form.facts | {"cycle": cycle, "school": school, "by": request.user, "at": at}
        if form.does(lambda: wanted.do(Change(**facts))):
            messages.success(request, wanted.said)
            return redirect(href)
    context = {"form": form, "act": wanted, "school": school, "cycle": cycle, "cancel": href}
    return render(request, "visits/change.html", context)
