"""What comes before a power, and what the Secretary of State has said: put on record."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core.access import needs
from plimsoll.core.forms import PlimsollForm
from plimsoll.intervention.cases.fetching import fetched
from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.intervention.permissions import TAKE
from plimsoll.intervention.powers import bar as bars
from plimsoll.intervention.powers import consulting, forms, queries
from plimsoll.intervention.powers.consultees import consultees, notified
from plimsoll.people.requests import SignedIn

BARRED: Final = (
    "The Secretary of State intends to use powers",
    "Sections 63, 64 and 66 are barred until the authority is told otherwise (section 70B).",
)
LIFTED: Final = ("The authority may use powers again", "The Secretary of State has said so.")


@needs(TAKE)
@never_cache
def consult(request: SignedIn, pk: int) -> HttpResponse:
    use, at = _use(request, pk), timezone.now()
    asked = consultees(use)
    initial = {"label": request.GET.get("who", "")}
    form = forms.ConsultationForm(request.POST or None, asked=asked, initial=initial)
    if form.is_valid():
        said = consulting.Said(**form.cleaned_data)
        facts = {"use": use, "said": said, "by": request.user, "at": at}
        if form.does(consulting.record_consultation, **facts):
            return _back(request, use, "The consultation is on record.")
    return _small(
        request,
        use,
        form,
        title="Record a consultation",
        lead="Record it when they are asked, and again when they answer. What was recorded stays.",
    )


@needs(TAKE)
@never_cache
def secretary(request: SignedIn, pk: int) -> HttpResponse:
    use, at = _use(request, pk), timezone.now()
    saved = {
        "version": use.version,
        "told_on": use.told_secretary_on,
        "consent_on": use.consent_on,
        "how": use.secretary_how,
    }
    form = forms.SecretaryForm(request.POST or None, use=use, initial=saved)
    if form.is_valid() and form.does(
        consulting.record_secretary, use=use, by=request.user, at=at, **form.facts
    ):
        return _back(request, use, "It is on record.")
    consent = use.rule.secretary_of_state == "consent"
    lead = (
        "Consent is needed before an interim executive board is set up (section 65)."
        if consent
        else "The authority notifies before it uses this power (section 70A)."
    )
    return _small(request, use, form, title="The Secretary of State", lead=lead)


@needs(TAKE)
@never_cache
def copies(request: SignedIn, pk: int) -> HttpResponse:
    use, at = _use(request, pk), timezone.now()
    saved = {"version": use.version, "copied": use.copied}
    data = request.POST if request.method == "POST" else None
    form = forms.CopiesForm(data, to=notified(use), initial=saved)
    if form.is_valid():
        facts = {"copied": [], "version": use.version} | form.cleaned_data
        if form.does(consulting.record_copies, use=use, by=request.user, at=at, **facts):
            return _back(request, use, "The copies are on record.")
    lead = "Copies that went later than the notice are put on record here."
    return _small(request, use, form, title="Copies of the written notice", lead=lead)


@needs(TAKE)
@never_cache
def bar(request: SignedIn, pk: int) -> HttpResponse:
    """The Secretary of State intends to use powers; or the authority may use its own again."""
    case = fetched(request, pk, TAKE)
    form = forms.BarForm(request.POST or None, initial={"lifts": case.powers_are_barred})
    lifts = case.powers_are_barred
    if form.is_valid():
        lifts = form.cleaned_data.pop("lifts")
    title, lead = LIFTED if lifts else BARRED
    return _of_case(request, case, bars.lift_bar if lifts else bars.bar_powers, form, title, lead)


@needs(TAKE)
@never_cache
def period(request: SignedIn, pk: int) -> HttpResponse:
    title = "When the compliance period ended"
    lead = "In the notice of the Secretary of State. The windows of the powers run from that day."
    case, form = fetched(request, pk, TAKE), forms.PeriodForm(request.POST or None)
    return _of_case(request, case, bars.record_period, form, title, lead)


def _of_case(
    request: SignedIn,
    case: Case,
    act: Callable[..., Any],
    form: PlimsollForm,
    title: str,
    lead: str,
) -> HttpResponse:
    facts = {"case": case, "by": request.user, "at": timezone.now()}
    if form.is_valid() and form.does(act, **facts, **form.cleaned_data):
        messages.success(request, "It is on record.")
        return redirect("intervention:powers", case.pk)
    context = {"case": case, "form": form, "title": title, "lead": lead}
    return render(request, "intervention/powers/small.html", context)


def _use(request: SignedIn, pk: int) -> PowerInUse:
    return get_object_or_404(queries.powers(request.user, TAKE), pk=pk)


def _small(
    request: SignedIn, use: PowerInUse, form: PlimsollForm, *, title: str, lead: str
) -> HttpResponse:
    context = {"case": use.case, "use": use, "form": form, "title": title, "lead": lead}
    return render(request, "intervention/powers/small.html", context)


def _back(request: SignedIn, use: PowerInUse, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("intervention:power", use.pk)
