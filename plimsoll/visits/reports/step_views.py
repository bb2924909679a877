"""The pages of a report's steps, of its reader and of its day."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core.access import SIGNED_IN, may, needs
from plimsoll.core.stepping import asked_for
from plimsoll.people.requests import SignedIn
from plimsoll.visits.models import Report
from plimsoll.visits.reports import actions, next_steps, queries
from plimsoll.visits.reports.content import title_of
from plimsoll.visits.reports.notify import REPLY
from plimsoll.visits.reports.revisions import as_sent
from plimsoll.visits.reports.step_forms import AskReader, Extend, Reply, Seen, form_for
from plimsoll.visits.reports.taking import Taking
from plimsoll.visits.reports.views import fetched
from plimsoll.visits.reports.workflow import REPORT


@needs(SIGNED_IN)
@never_cache
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step: what it needs, what follows, and taking it. Sending and replying have pages."""
    report = fetched(request, pk)
    if name in next_steps.OWN_PAGES:
        raise Http404
    wanted = asked_for(REPORT, report, name, by=request.user)
    return Taking(
        request=request,
        report=report,
        names=(name,),
        title=wanted.label,
        make=partial(form_for, name, report),
        template="visits/reports/step.html",
        at=timezone.now(),
    ).answer()


@needs(REPLY)
@never_cache
def reply(request: SignedIn, pk: int) -> HttpResponse:
    """The school's reply: one word for the whole, and comments section by section (Q5)."""
    report = fetched(request, pk)
    if not may(request.user, REPLY, report):
        raise PermissionDenied
    return Taking(
        request=request,
        report=report,
        names=next_steps.REPLIES,
        title="Reply to this report",
        make=partial(Reply, content=as_sent(report)),
        template="visits/reports/reply.html",
        at=timezone.now(),
    ).answer()


# --- who reads it, and more time ------------------------------------------------------------


@needs(SIGNED_IN)
@never_cache
def reader(request: SignedIn, pk: int) -> HttpResponse:
    """Ask an officer to read this one report."""
    report, at = fetched(request, pk), timezone.now()
    if not queries.is_inside(request.user, report) or report.reader_id == request.user.pk:
        raise PermissionDenied
    people = actions.may_be_asked(report, timezone.localdate(at))
    now = {"reader": report.reader_id or ""}
    form = AskReader(*_typed(request), people=people, initial=_seen(report) | now)
    return _small(
        request,
        report,
        form,
        actions.ask_reader,
        at=at,
        title="Ask an officer to read it",
        lead="Somebody who had no part in the visit or the report, beside those who check reports.",
        action="Save",
    )


@needs(actions.EXTEND)
@never_cache
def extend(request: SignedIn, pk: int) -> HttpResponse:
    """Give more time, with its reason; the first day stays beside it."""
    report, at = fetched(request, pk), timezone.now()
    if not may(request.user, actions.EXTEND, report):
        raise PermissionDenied
    form = Extend(*_typed(request), after=report.due, initial=_seen(report))
    return _small(
        request,
        report,
        form,
        actions.extend,
        at=at,
        title="Give more time",
        lead="The first day is kept and shown beside the new one.",
        action="Give more time",
    )


def _typed(request: SignedIn) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def _seen(report: Report) -> dict[str, Any]:
    return {"version": report.version}


def _small(
    request: SignedIn, report: Report, form: Seen, act: Any, *, at: datetime, **words: str
) -> HttpResponse:
    """A page of one form, its one action, and back to the report."""
    if form.is_valid():
        facts = form.facts | {"version": form.cleaned_data["version"]}
        if form.does(act, report=report, by=request.user, at=at, **facts):
            messages.success(request, "Saved.")
            return redirect("visits:report-read", report.pk)
        # Sent once more, it is sent knowing what is there now.
        report.refresh_from_db()
        typed = request.POST.copy()
        typed["version"] = str(report.version)
        form.data = typed
    context = {"form": form, "report": report, "of": title_of(report)} | words
    return render(request, "visits/reports/small.html", context)
