"""The caseload across partners, with a proposal to balance it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import may, needs
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.visits.planning import caseload
from plimsoll.visits.planning.balancing import balanced
from plimsoll.visits.planning.weeks import OVERSEE


@needs(OVERSEE)
@never_cache
@require_GET
def across_partners(request: SignedIn) -> HttpResponse:
    """What each partner has in the newest year, and which schools could pass."""
    cycle = Cycle.objects.order_by("-year").first()
    if cycle is None:
        return render(request, "visits/none.html", {"words": current().words})
    today = timezone.localdate()
    held = caseload.partners_of(request.user, today)
    days = caseload.by_school(cycle, request.user)
    context = {
        "cycle": cycle,
        "words": cycle.policy.words,
        "rows": caseload.rows(held, days, caseload.full_weeks(cycle)),
        "passes": balanced(caseload.loads(held, days), caseload.barred(today)),
        "may_hand_over": may(request.user, "assignment.change"),
    }
    return render(request, "visits/planning/caseload.html", context)
