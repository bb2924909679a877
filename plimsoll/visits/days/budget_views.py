"""Setting how many days a source of funding pays for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import needs
from plimsoll.people.requests import SignedIn
from plimsoll.visits.days import budgets
from plimsoll.visits.days.forms import BudgetForm


@needs(budgets.BUDGET)
@never_cache
def budget(request: SignedIn, year: str, funding: str) -> HttpResponse:
    """The budget that holds, those before it, and the form for another."""
    cycle = get_object_or_404(Cycle, year=year)
    label = next((each.label for each in cycle.policy.funding if each.id == funding), None)
    if label is None:
        raise Http404
    past = budgets.history(cycle, funding)
    seen = past[0].pk if past else 0
    form = BudgetForm(request.POST or None, initial={"seen": seen})
    href = f"{reverse('visits:ledger')}?by=funding"
    if form.is_valid() and form.does(
        budgets.set_budget,
        cycle=cycle,
        funding=funding,
        by=request.user,
        at=timezone.now(),
        **form.facts,
    ):
        messages.success(request, "The budget is set.")
        return redirect(href)
    told = [(budgets.number(each.days), each) for each in past]
    context = {"form": form, "label": label, "cycle": cycle, "past": told, "cancel": href}
    return render(request, "visits/budget.html", context)
