"""One case: its page, and the steps of its ladder."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core import drafts
from plimsoll.core.access import needs
from plimsoll.core.stepping import asked_for
from plimsoll.intervention import starting
from plimsoll.intervention.cases import rungs
from plimsoll.intervention.cases.fetching import back, draft_key, fetched
from plimsoll.intervention.cases.keeping import note_reading
from plimsoll.intervention.permissions import SEE, TAKE
from plimsoll.intervention.plans.summary import summaries
from plimsoll.intervention.steps.follows import follows
from plimsoll.intervention.steps.forms import StepForm
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.intervention.steps.page import CasePage
from plimsoll.people.requests import SignedIn


@needs(SEE)
@never_cache
@require_GET
def case(request: SignedIn, pk: int) -> HttpResponse:
    found, at = fetched(request, pk), timezone.now()
    note_reading(case=found, by=request.user, at=at)
    page = CasePage(found, request.user, timezone.localdate(at))
    context = {"page": page, "case": found, "plans": summaries(found, request.user, at)}
    return render(request, "intervention/case.html", context)


@needs(TAKE)
@never_cache
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step: what it needs, or why it is closed; and taking it."""
    found, at = fetched(request, pk), timezone.now()
    process = process_of(found)
    wanted = asked_for(process, found, name, by=request.user)
    event = starting.other_event(found, rungs.named(found, name))
    form = StepForm(request.POST or None, initial={"version": found.version}, event=event)
    offer = process.offer(found, wanted, by=request.user, at=at)
    if offer is None:
        return redirect("intervention:case", found.pk)
    if form.is_valid():
        facts = {"by": request.user, "at": at, **form.cleaned_data}
        if form.does(process.take, case=found, name=name, **facts):
            return back(request, found, f"Done: {wanted.label}.", kept=f"step:{name}")
    context = {
        "case": found,
        "form": form,
        "step": wanted,
        "blocked": offer.blocked,
        "follows": follows(found, name),
    }
    key = draft_key(found, f"step:{name}")
    context |= drafts.opened(user=request.user, key=key, form=form)
    return render(request, "intervention/step.html", context)
