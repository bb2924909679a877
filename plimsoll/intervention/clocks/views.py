"""What is owed is met, gets another day, or is opened again."""

from collections.abc import Callable
from typing import Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core import drafts
from plimsoll.core.access import needs, visible
from plimsoll.core.stepping import asked_for, not_now
from plimsoll.intervention.cases.fetching import back, draft_key, posted
from plimsoll.intervention.clocks import extending, meeting
from plimsoll.intervention.clocks.forms import form_for
from plimsoll.intervention.clocks.owed import called, sent_to
from plimsoll.intervention.clocks.workflow import OBLIGATION, offered
from plimsoll.intervention.models import Obligation
from plimsoll.intervention.permissions import SEE
from plimsoll.people.requests import SignedIn

ACTS: Final[dict[str, Callable[..., Obligation]]] = {
    "meet": meeting.meet,
    "extend": extending.extend,
    "reopen": meeting.reopen,
}


@needs(SEE)
@never_cache
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step: what it needs, or why it is closed; and taking it."""
    owed, at = _fetched(request, pk), timezone.now()
    wanted = asked_for(OBLIGATION, owed, name, by=request.user, pages=offered(owed))
    title = called(wanted, owed)
    offer = OBLIGATION.offer(owed, wanted, by=request.user, at=at)
    if offer is None:
        return not_now(request, OBLIGATION.state(owed).label, "intervention:case", owed.case_id)
    form = form_for(name, owed)(*posted(request), obligation=owed, today=timezone.localdate(at))
    if form.is_valid() and form.does(
        ACTS[name], obligation=owed, by=request.user, at=at, **form.cleaned_data
    ):
        return back(request, owed.case, f"Done: {title}.", kept=f"owed:{pk}:{name}")
    context = {
        "case": owed.case,
        "owed": owed,
        "form": form,
        "title": title,
        "blocked": offer.blocked,
        "sent_to": sent_to(owed) if name == "meet" else [],
    }
    key = draft_key(owed.case, f"owed:{pk}:{name}")
    context |= drafts.opened(user=request.user, key=key, form=form)
    return render(request, "intervention/clocks/step.html", context)


def _fetched(request: SignedIn, pk: int) -> Obligation:
    rows = visible(Obligation.objects.select_related("case__school"), request.user, SEE)
    return get_object_or_404(rows, pk=pk)
