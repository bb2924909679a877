"""One school's summary: read, amended, signed off, issued."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from plimsoll.core import drafts, stale
from plimsoll.core.access import may, needs
from plimsoll.core.stepping import asked_for
from plimsoll.core.workflow import Refused, Stale
from plimsoll.documents.models import Document
from plimsoll.documents.render import NotRendered
from plimsoll.people.requests import SignedIn
from plimsoll.visits.models import Summary
from plimsoll.visits.summaries.actions import SIGNED, draft_key, save_texts
from plimsoll.visits.summaries.composing import Composed, composed
from plimsoll.visits.summaries.forms import AmendForm, words_of
from plimsoll.visits.summaries.letters import facts
from plimsoll.visits.summaries.queries import SEE, SIGN, WRITE, readable
from plimsoll.visits.summaries.workflow import SUMMARY


def _whole(summary: Summary) -> Composed:
    (whole,) = composed([summary], today=timezone.localdate())
    return whole


@needs(SEE)
@never_cache
@require_GET
def summary(request: SignedIn, pk: int) -> HttpResponse:
    """As the school reads it: what it was sent, or, before that, what it would be sent now."""
    found = get_object_or_404(readable(request.user), pk=pk)
    whole, inside = _whole(found), may(request.user, WRITE, found)
    context = {
        "summary": found,
        "state": SUMMARY.state(found),
        "facts": facts(whole),
        "parts": found.issued if found.issued_at else whole.as_json(),
        "attention": () if found.issued_at else whole.attention,
        "documents": Document.objects.about(found),
        "inside": inside,
        "may_amend": inside and not found.signed_at,
        "offers": SUMMARY.offers(found, by=request.user, at=timezone.now()),
    }
    return render(request, "visits/summaries/summary.html", context)


@needs(WRITE)
@never_cache
def amend(request: SignedIn, pk: int) -> HttpResponse:
    """The words of each part, drafted until somebody writes others."""
    found = get_object_or_404(readable(request.user), pk=pk)
    if not may(request.user, WRITE, found):
        raise PermissionDenied
    whole = _whole(found)
    if request.method == "POST":
        return _save(request, whole)
    if found.signed_at:
        messages.info(request, SIGNED)
        return redirect("visits:summary", pk)
    draft = drafts.of(request.user, draft_key(found))
    typed = {name: texts[0] for name, texts in draft.data.items() if texts} if draft else {}
    values = words_of(whole) | typed | {"version": found.version}
    form = AmendForm(whole=whole, initial=values)
    return _show(request, whole, form, draft=draft)


def _save(request: SignedIn, whole: Composed) -> HttpResponse:
    found = whole.summary
    form = AmendForm(stale.settled(request.POST), whole=whole)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            save_texts(
                summary=found, texts=form.texts, version=version, by=request.user, at=timezone.now()
            )
        except Stale as late:
            now: Any = late.current
            return stale.page(
                request,
                form,
                saved=words_of(_whole(now)),
                by=now.saved_by or now.signed_by,
                at=now.saved_at or now.signed_at,
                version=now.version,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved.")
            return redirect("visits:summary", found.pk)
    return _show(request, whole, form)


def _show(request: SignedIn, whole: Composed, form: AmendForm, **more: Any) -> HttpResponse:
    found = whole.summary
    context = {
        "summary": found,
        "form": form,
        "draft_url": reverse("core:draft", args=[draft_key(found)]),
    }
    return render(request, "visits/summaries/amend.html", context | more)


@needs(SIGN)
@require_POST
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Sign it off, withdraw the signature, issue it: each by its button."""
    found = get_object_or_404(readable(request.user), pk=pk)
    wanted = asked_for(SUMMARY, found, name, by=request.user)
    seen = request.POST.get("version", "")
    try:
        SUMMARY.take(
            found,
            name,
            by=request.user,
            at=timezone.now(),
            version=int(seen) if seen.isdecimal() else 0,
        )
    except (Refused, NotRendered) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Done: {wanted.label}.")
    return redirect("visits:summary", pk)
