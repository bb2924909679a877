"""One notice: its page, and the steps of its process."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core import drafts
from plimsoll.core.access import SIGNED_IN, needs
from plimsoll.core.stepping import asked_for, not_now
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices import queries
from plimsoll.intervention.notices.page import NoticePage
from plimsoll.intervention.notices.step_forms import form_for
from plimsoll.intervention.notices.workflow import NOTICE, OFFERED
from plimsoll.people.requests import SignedIn


def draft_key(notice: Notice, form: str) -> str:
    return f"notice:{notice.pk}:{form}"


def fetched(request: SignedIn, pk: int) -> Notice:
    """The notice, for whoever may read it; for the others it does not exist."""
    return get_object_or_404(queries.readable(request.user), pk=pk)


@needs(SIGNED_IN)
@never_cache
@require_GET
def notice(request: SignedIn, pk: int) -> HttpResponse:
    found = fetched(request, pk)
    page = NoticePage(found, request.user, timezone.now())
    context = {"page": page, "notice": found, "case": found.case, "outside": not page.inside}
    return render(request, "intervention/notices/notice.html", context)


@needs(SIGNED_IN)
@never_cache
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step of a notice: what it needs, or why it is closed; and taking it."""
    found, at = fetched(request, pk), timezone.now()
    wanted = asked_for(NOTICE, found, name, by=request.user, pages=OFFERED)
    offer = NOTICE.offer(found, wanted, by=request.user, at=at)
    if offer is None:
        return not_now(request, NOTICE.state(found).label, "intervention:notice", pk)
    key = draft_key(found, f"step:{name}")
    form = form_for(wanted, request.POST or None, initial={"version": found.version})
    if form.is_valid():
        facts = {"by": request.user, "at": at, **form.cleaned_data}
        if form.does(NOTICE.take, case=found, name=name, **facts):
            drafts.discard(user=request.user, key=key)
            messages.success(request, f"Done: {wanted.label}.")
            return redirect("intervention:notice", pk)
    context = {
        "form": form,
        "notice": found,
        "case": found.case,
        "title": wanted.label,
        "blocked": offer.blocked,
        "outside": not queries.is_inside(request.user, found),
    }
    if form.visible_fields():
        context |= drafts.opened(user=request.user, key=key, form=form)
    return render(request, "intervention/notices/step.html", context)
