"""The powers of a case, proposing one, and the steps of one that is in use."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs
from plimsoll.core.stepping import asked_for, not_now
from plimsoll.intervention.cases.fetching import fetched
from plimsoll.intervention.models import PowerInUse
from plimsoll.intervention.permissions import SEE, TAKE
from plimsoll.intervention.powers import forms, queries, standing, using
from plimsoll.intervention.powers.consultees import notified, proposed_to
from plimsoll.intervention.powers.page import PowersPage, notes
from plimsoll.intervention.powers.use_page import UsePage
from plimsoll.intervention.powers.workflow import OFFERED, POWER
from plimsoll.people.requests import SignedIn


def found(request: SignedIn, pk: int) -> PowerInUse:
    """The power, for whoever may read its case."""
    return get_object_or_404(queries.powers(request.user, SEE), pk=pk)


@needs(SEE)
@never_cache
@require_GET
def powers(request: SignedIn, pk: int) -> HttpResponse:
    case = fetched(request, pk)
    page = PowersPage(case, request.user, timezone.localdate())
    return render(request, "intervention/powers/powers.html", {"case": case, "page": page})


@needs(TAKE)
@never_cache
def propose(request: SignedIn, pk: int, power: str) -> HttpResponse:
    """Propose one that is open; or why it is closed."""
    case, at = fetched(request, pk, TAKE), timezone.now()
    wanted = next((each for each in case.policy.powers if each.id == power), None)
    if wanted is None:
        raise Http404
    blocked = standing.closed(case, wanted, queries.of_case(case), timezone.localdate(at))
    form = forms.ProposeForm(None if blocked else request.POST or None)
    if form.is_valid():
        facts = {"case": case, "power": wanted, "by": request.user, "at": at}
        if form.does(using.propose, **facts, **form.cleaned_data):
            *_, use = (each for each in queries.of_case(case) if each.power == power)
            messages.success(request, "It is proposed. Next, consult and notify.")
            return redirect("intervention:power", use.pk)
    context = {
        "case": case,
        "form": form,
        "power": wanted,
        "blocked": blocked,
        "consultees": proposed_to(case, wanted.id),
        "notes": notes(case, wanted),
    }
    return render(request, "intervention/powers/propose.html", context)


@needs(SEE)
@never_cache
@require_GET
def power(request: SignedIn, pk: int) -> HttpResponse:
    use = found(request, pk)
    page = UsePage(use, request.user, timezone.now())
    context = {"case": use.case, "use": use, "page": page}
    return render(request, "intervention/powers/power.html", context)


@needs(TAKE)
@never_cache
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step of a power: what it needs, or why it is closed; and taking it."""
    use, at = found(request, pk), timezone.now()
    wanted = asked_for(POWER, use, name, by=request.user, pages=OFFERED)
    offer = POWER.offer(use, wanted, by=request.user, at=at)
    if offer is None:
        return not_now(request, POWER.state(use).label, "intervention:power", pk)
    receipt = use.rule.effect == "receipt"
    data = request.POST if request.method == "POST" and not offer.blocked else None
    version = {"version": use.version}
    form = forms.form_for(wanted, notified(use), receipt, data, initial=version)
    if form.is_valid():
        facts = {"by": request.user, "at": at, **form.facts}
        if form.does(using.take, use=use, name=name, **facts):
            messages.success(request, f"Done: {wanted.label}.")
            return redirect("intervention:power", pk)
    context = {
        "case": use.case,
        "use": use,
        "form": form,
        "title": wanted.label,
        "blocked": offer.blocked,
        "page": UsePage(use, request.user, at),
    }
    return render(request, "intervention/powers/step.html", context)
