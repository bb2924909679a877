"""The steps of a visit."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core import drafts, stale, stepping
from plimsoll.core.access import needs
from plimsoll.core.stepping import asked_for
from plimsoll.core.workflow import Offer, Refused, Stale, Step
from plimsoll.people.requests import SignedIn
from plimsoll.visits.diary import next_steps, wording
from plimsoll.visits.diary.forms import VisitStepForm, values_of
from plimsoll.visits.diary.queries import visits
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Visit


def back(request: SignedIn, visit: Visit, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("desk:visit", visit.pk)


@needs("visit.see")
@never_cache
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step: what it needs, what follows, who is told; and taking it."""
    visit = get_object_or_404(visits(request.user), pk=pk)
    wanted = asked_for(VISIT, visit, name, by=request.user)
    if request.method == "POST":
        return _take(request, visit, wanted)
    offer = _offered(request, visit, wanted)
    if offer is None:
        return not_now(request, visit)
    form = _form(visit, wanted, initial=values_of(visit))
    draft = drafts.of(request.user, _key(visit, wanted)) if _keeps(visit, wanted) else None
    form.initial = drafts.laid_over(form, draft) if draft else form.initial
    return _show(request, visit, offer, form, draft=draft)


def _key(visit: Visit, step: Step) -> str:
    return f"visit:{visit.pk}:{step.name}"


def _keeps(visit: Visit, step: Step) -> bool:
    """Is what is typed kept as a draft? Not where nothing is typed, nor of a private visit."""
    return bool(step.fields) and not visit.private


def _offered(request: SignedIn, visit: Visit, wanted: Step) -> Offer | None:
    return VISIT.offer(visit, wanted, by=request.user, at=timezone.now())


def _form(visit: Visit, wanted: Step, *args: Any, **options: Any) -> VisitStepForm:
    return VisitStepForm(*args, step=wanted, visit=visit, today=timezone.localdate(), **options)


def _take(request: SignedIn, visit: Visit, wanted: Step) -> HttpResponse:
    form = _form(visit, wanted, request.POST)
    if form.is_valid():
        try:
            VISIT.take(
                visit,
                wanted.name,
                by=request.user,
                at=timezone.now(),
                version=form.cleaned_data["version"],
                **form.data_of_step,
            )
        except Stale:
            return _too_late(request, visits(request.user).get(pk=visit.pk), wanted, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            drafts.discard(user=request.user, key=_key(visit, wanted))
            return back(request, visit, f"Done: {wanted.label}.")
    offer = _offered(request, visit, wanted) or Offer(wanted)
    return _show(request, visit, offer, form)


def _too_late(request: SignedIn, visit: Visit, wanted: Step, form: VisitStepForm) -> HttpResponse:
    """What changed meanwhile, with everything typed kept; a second click is no second step."""
    if VISIT.has_just_taken(visit, wanted, by=request.user):
        return redirect("desk:visit", visit.pk)
    offer = _offered(request, visit, wanted)
    typed = {bound.name: bound.value() for bound in form if bound.name != "version"}
    again = _form(visit, wanted, initial=typed | {"version": visit.version})
    gone = offer is None
    return _show(request, visit, offer or Offer(wanted), again, changed=True, gone=gone)


def not_now(request: SignedIn, visit: Visit) -> HttpResponse:
    return stepping.not_now(request, VISIT.state(visit).label, "desk:visit", visit.pk)


def _show(
    request: SignedIn, visit: Visit, offer: Offer, form: VisitStepForm, **more: Any
) -> HttpResponse:
    name, at = offer.step.name, timezone.now()
    keeps = _keeps(visit, offer.step)
    context = {
        "visit": visit,
        "when": wording.when(visit),
        "state": VISIT.state(visit),
        "title": offer.step.label,
        "blocked": offer.blocked,
        "follows": next_steps.follows(visit, name),
        "told": next_steps.told(visit, name, request.user, at=at),
        "form": form,
        "draft_url": reverse("core:draft", args=[_key(visit, offer.step)]) if keeps else "",
    }
    status = stale.CONFLICT if more.get("changed") else 200
    return render(request, "visits/step.html", context | more, status=status)
