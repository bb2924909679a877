"""Legal holds of a case: placing one, and lifting it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core.access import needs, visible
from plimsoll.intervention.bundle import holding
from plimsoll.intervention.bundle.forms import LiftForm, PlaceForm
from plimsoll.intervention.cases.fetching import back, small
from plimsoll.intervention.models import Case, Hold
from plimsoll.intervention.permissions import HOLD
from plimsoll.people.requests import SignedIn


@needs(HOLD)
@never_cache
def place(request: SignedIn, pk: int) -> HttpResponse:
    cases = visible(Case.objects.select_related("school"), request.user, HOLD)
    case, at = get_object_or_404(cases, pk=pk), timezone.now()
    form = PlaceForm(request.POST or None)
    if form.is_valid() and form.does(
        holding.place, case=case, by=request.user, at=at, **form.cleaned_data
    ):
        return back(request, case, "The hold stands: nothing of the case is disposed of.")
    return small(
        request,
        case,
        form,
        title="Place a legal hold",
        lead="While it stands, nothing of the case may be disposed of. Whoever works on the case "
        "sees that it stands; the reason is read by those who may place one.",
        action="Place it",
    )


@needs(HOLD)
@never_cache
def lift(request: SignedIn, pk: int) -> HttpResponse:
    holds = visible(Hold.objects.select_related("case__school"), request.user, HOLD)
    hold, at = get_object_or_404(holds, pk=pk), timezone.now()
    if hold.lifted_at:
        raise Http404
    form = LiftForm(request.POST or None)
    if form.is_valid() and form.does(
        holding.lift, hold=hold, by=request.user, at=at, **form.cleaned_data
    ):
        return back(request, hold.case, "The hold is lifted, and stays to be read.")
    title = "Lift a legal hold"
    return small(request, hold.case, form, title=title, lead=hold.why, action="Lift it")
