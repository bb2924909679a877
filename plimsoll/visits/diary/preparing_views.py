"""The school's short part before a visit, as a form."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core import drafts, stale
from plimsoll.core.access import needs
from plimsoll.core.workflow import Refused, Stale
from plimsoll.people.requests import SignedIn
from plimsoll.visits.diary import preparing, wording
from plimsoll.visits.diary.forms import PreparationForm
from plimsoll.visits.diary.queries import visits
from plimsoll.visits.diary.views import back, not_now
from plimsoll.visits.models import Preparation, Visit


@needs(preparing.WRITE)
@never_cache
def prepare(request: SignedIn, pk: int) -> HttpResponse:
    """The school's short part before the visit, kept as a draft until it is sent."""
    visit = get_object_or_404(visits(request.user, preparing.WRITE), pk=pk)
    if not preparing.is_asked(visit):
        raise Http404
    if not preparing.is_open(visit):
        return not_now(request, visit)
    if request.method == "POST":
        return _send(request, visit)
    sent, key = Preparation.objects.filter(visit=visit).first(), f"prepare:{visit.pk}"
    form = _preparation(visit, initial=_answers(sent))
    draft = drafts.of(request.user, key)
    form.initial = drafts.laid_over(form, draft) if draft else form.initial
    return _show_preparation(request, visit, form, draft=draft, sent=sent)


def _send(request: SignedIn, visit: Visit) -> HttpResponse:
    form = _preparation(visit, stale.settled(request.POST))
    if form.is_valid():
        try:
            preparing.send(
                visit=visit,
                answers=form.answers,
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as late:
            now: Any = late.current
            return stale.page(
                request,
                form,
                saved=now.answers,
                by=now.saved_by,
                at=now.saved_at,
                version=now.version,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            drafts.discard(user=request.user, key=f"prepare:{visit.pk}")
            return back(request, visit, "Sent. It stands with the visit.")
    return _show_preparation(request, visit, form)


def _preparation(visit: Visit, *args: Any, **options: Any) -> PreparationForm:
    return PreparationForm(*args, questions=visit.policy.diary.before, **options)


def _answers(sent: Preparation | None) -> dict[str, Any]:
    return sent.answers | {"version": sent.version} if sent else {"version": 0}


def _show_preparation(
    request: SignedIn, visit: Visit, form: PreparationForm, **more: Any
) -> HttpResponse:
    context = {
        "visit": visit,
        "when": wording.when(visit),
        "form": form,
        "draft_url": reverse("core:draft", args=[f"prepare:{visit.pk}"]),
    }
    return render(request, "visits/prepare.html", context | more)
