"""What the school was told: letters that were given, what it owes by when, decisions (S7)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs
from plimsoll.intervention.cases import queries
from plimsoll.intervention.cases.fetching import told as fetch_told
from plimsoll.intervention.cases.keeping import note_reading
from plimsoll.intervention.clocks import owed
from plimsoll.intervention.models import Obligation
from plimsoll.intervention.permissions import TOLD
from plimsoll.intervention.plans.summary import summaries
from plimsoll.people.requests import SignedIn


@needs(TOLD)
@never_cache
@require_GET
def told(request: SignedIn, pk: int) -> HttpResponse:
    case, at = fetch_told(request, pk), timezone.now()
    note_reading(case=case, by=request.user, at=at, permission=TOLD)
    today = timezone.localdate(at)
    owed_by_school = owed.of_case(case, today, owner=Obligation.Owner.SCHOOL)
    context = {
        "case": case,
        "letters": queries.letters_told(case),
        "plans": summaries(case, request.user, at),
        "owed": [each for each in owed_by_school if not each.obligation.is_plan],
        "decisions": queries.decisions_told(case),
    }
    return render(request, "intervention/told.html", context)
