"""A safeguarding worry: raised in a minute, read by few, acknowledged the same day."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs, visible
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School
from plimsoll.visits.models import Visit, Worry
from plimsoll.visits.worries import actions, queries
from plimsoll.visits.worries.forms import AcknowledgeForm, CloseForm, RaiseForm
from plimsoll.visits.worries.workflow import SEE, WORRY


@needs(actions.RAISE)
@never_cache
def raise_worry(request: SignedIn, urn: int) -> HttpResponse:
    """From any page of a school or visit: what, and to whom."""
    found = visible(School.objects.all(), request.user, actions.RAISE)
    school, at = get_object_or_404(found, pk=urn), timezone.now()
    today = timezone.localdate(at)
    told = queries.may_be_told(school, request.user, today)
    named = partial(queries.names_in, school=school, today=today)
    form = RaiseForm(request.POST or None, told=told, named=named)
    visit = _visit(request, school)
    if form.is_valid():
        facts = {
            "about": form.cleaned_data["about"],
            "told_besides": form.cleaned_data["told_besides"],
            "to": form.person,
        }
        facts |= {"school": school, "visit": visit, "by": request.user, "at": at}
        if form.does(actions.raise_worry, **facts):
            messages.success(request, f"{form.person.name} is told at once that you wait.")
            return redirect("visits:worries")
    cancel = reverse("desk:school", args=[urn])
    context = {"form": form, "school": school, "cancel": cancel, "nobody": not told}
    return render(request, "visits/worries/raise.html", context)


def _visit(request: SignedIn, school: School) -> Visit | None:
    """The visit at which it came up, if the address names one of this school."""
    asked = request.GET.get("visit", "")
    if not asked.isdecimal() or len(asked) > 9:
        return None
    return Visit.objects.filter(school=school, pk=asked, private=False).first()


@needs(SEE)
@never_cache
@require_GET
def all_worries(request: SignedIn) -> HttpResponse:
    """What is open, by school and person, and never what it says."""
    today = timezone.localdate()
    late = set(queries.not_acknowledged(today).values_list("pk", flat=True))
    rows = [
        (each, WORRY.state(each), each.pk in late) for each in queries.readable(request.user)[:200]
    ]
    return render(request, "visits/worries/list.html", {"rows": rows})


@needs(SEE)
@never_cache
def worry(request: SignedIn, pk: int) -> HttpResponse:
    """One worry, for the few; each reading is on record. The next step is taken here."""
    found, at = _fetched(request, pk), timezone.now()
    offers = WORRY.offers(found, by=request.user, at=at)
    offer = next(iter(offers), None)
    form = _form(request, found) if offer and not offer.blocked else None
    if form and form.is_valid() and form.does(_take, worry=found, form=form, request=request):
        messages.success(request, "It is on record, with your name and the time.")
        return redirect("visits:worry", pk)
    actions.note_reading(worry=found, by=request.user, at=at)
    context = {"worry": found, "state": WORRY.state(found), "form": form, "offer": offer}
    return render(request, "visits/worries/worry.html", context)


def _fetched(request: SignedIn, pk: int) -> Worry:
    return get_object_or_404(queries.readable(request.user), pk=pk)


def _form(request: SignedIn, worry: Worry) -> AcknowledgeForm | CloseForm:
    """What the worry's next step asks for."""
    kind = CloseForm if worry.acknowledged_at else AcknowledgeForm
    return kind(request.POST or None, initial={"version": worry.version})


def _take(worry: Worry, form: AcknowledgeForm | CloseForm, request: SignedIn) -> None:
    facts, at = form.cleaned_data, timezone.now()
    if isinstance(form, AcknowledgeForm):
        actions.acknowledge(worry=worry, by=request.user, at=at, **facts)
    else:
        WORRY.take(worry, "close", by=request.user, at=at, **facts)
