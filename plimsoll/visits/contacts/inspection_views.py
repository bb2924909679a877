"""Log that inspectors come, and follow it until the allocation was looked at again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs, visible
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School
from plimsoll.visits.contacts import inspection_page, inspections
from plimsoll.visits.contacts.inspection_forms import FORMS, NewForm, StepForm
from plimsoll.visits.contacts.inspections import Coming
from plimsoll.visits.contacts.workflow import INSPECTION
from plimsoll.visits.models import InspectionCall


@needs(inspections.LOG)
@never_cache
def log(request: SignedIn, urn: int) -> HttpResponse:
    school = get_object_or_404(visible(School.objects.all(), request.user, inspections.LOG), pk=urn)
    at = timezone.now()
    today = timezone.localdate(at)
    form = NewForm(request.POST or None, initial={"called_on": today}, today=today)
    if form.is_valid():
        kept = inspections.log(
            school=school, coming=Coming(**form.cleaned_data), by=request.user, at=at
        )
        messages.success(request, "The inspection is logged, and the service is told.")
        return redirect("visits:inspection", kept.pk)
    context = {
        "title": "Inspectors have called",
        "school": school,
        "form": form,
        "action": "Log it and tell the service",
        "cancel": reverse("desk:contact-log", args=[urn]),
    }
    return render(request, "visits/contacts/inspection_form.html", context)


@needs(inspections.SEE)
@never_cache
@require_GET
def inspection(request: SignedIn, pk: int) -> HttpResponse:
    call = _found(request, pk)
    context = inspection_page.of(call, request.user, timezone.now())
    return render(request, "visits/contacts/inspection.html", context)


@needs(inspections.SEE)
@never_cache
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step, on its own page, for whom the table offers it."""
    call, at = _found(request, pk), timezone.now()
    offers = INSPECTION.offers(call, by=request.user, at=at)
    wanted = next((offer.step for offer in offers if offer.step.name == name), None)
    if wanted is None:
        raise Http404
    form = _form(request, call, name)
    if form.is_valid():
        facts = {"case": call, "name": name, "by": request.user, "at": at}
        if form.does(INSPECTION.take, **facts, **form.cleaned_data):
            messages.success(request, f"Done: {wanted.label[:1].lower()}{wanted.label[1:]}.")
            return redirect("visits:inspection", pk)
    context = {
        "title": wanted.label,
        "school": call.school,
        "form": form,
        "action": wanted.label,
        "cancel": reverse("visits:inspection", args=[pk]),
    }
    return render(request, "visits/contacts/inspection_form.html", context)


def _found(request: SignedIn, pk: int) -> InspectionCall:
    calls = InspectionCall.objects.select_related("school")
    return get_object_or_404(visible(calls, request.user, inspections.SEE), pk=pk)


def _form(request: SignedIn, call: InspectionCall, name: str) -> StepForm:
    today = timezone.localdate()
    known: dict[str, Any] = {
        "change": {
            each: getattr(call, each) for each in ("starts_on", "kind", "lead", "attended_by")
        },
        "hear": {"heard_on": today},
        "publish": {"published_on": _published_on(call)},
    }
    initial = known.get(name, {}) | {"version": call.version}
    return FORMS[name](request.POST or None, initial=initial, today=today)


def _published_on(call: InspectionCall) -> Any:
    found = inspections.read_in(call)
    return found.published if found else None
