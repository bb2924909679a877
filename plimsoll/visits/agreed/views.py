"""The actions that were agreed with a school, and the page and the steps of one (Q1)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs, visible
from plimsoll.core.stepping import asked_for, not_now
from plimsoll.core.workflow import Step
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School
from plimsoll.visits.agreed import queries
from plimsoll.visits.agreed.forms import ActionStepForm
from plimsoll.visits.agreed.workflow import ACTION
from plimsoll.visits.models import Action


@needs(queries.SEE)
@never_cache
@require_GET
def actions(request: SignedIn, urn: int) -> HttpResponse:
    """What waits, what is said to be done, what is closed."""
    school = get_object_or_404(visible(School.objects.all(), request.user, queries.SEE), pk=urn)
    found = queries.of_school(request.user, school, timezone.localdate())
    return render(request, "visits/agreed/list.html", {"school": school, "actions": found})


@needs(queries.SEE)
@never_cache
@require_GET
def action(request: SignedIn, pk: int) -> HttpResponse:
    found, at = _fetched(request, pk), timezone.now()
    context = {
        "action": found,
        "page": queries.page(found, request.user, today=timezone.localdate(at)),
        "offers": ACTION.offers(found, by=request.user, at=at),
    }
    return render(request, "visits/agreed/action.html", context)


@needs(queries.SEE)
@never_cache
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step: what it needs, and taking it."""
    found, at = _fetched(request, pk), timezone.now()
    wanted = asked_for(ACTION, found, name, by=request.user)
    if ACTION.offer(found, wanted, by=request.user, at=at) is None:
        return not_now(request, ACTION.state(found).label, "visits:action", pk)
    form = ActionStepForm(
        request.POST or None,
        step=wanted,
        today=timezone.localdate(at),
        initial={"version": found.version},
    )
    if form.is_valid() and form.does(_take, request=request, action=found, step=wanted, form=form):
        messages.success(request, f"Done: {wanted.label}.")
        return redirect("visits:action", pk)
    context = {"action": found, "step": wanted, "form": form}
    return render(request, "visits/agreed/step.html", context)


def _take(*, request: SignedIn, action: Action, step: Step, form: ActionStepForm) -> None:
    version = form.cleaned_data["version"]
    ACTION.take(
        action, step.name, by=request.user, at=timezone.now(), version=version, **form.facts
    )


def _fetched(request: SignedIn, pk: int) -> Action:
    """The action, once its report has reached the school; before that it does not exist."""
    return get_object_or_404(queries.known(request.user), pk=pk)
