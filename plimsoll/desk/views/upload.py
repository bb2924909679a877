"""Reading in an uploaded file, at once or after an account of what it would do."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from plimsoll.core.access import needs
from plimsoll.core.streams import Unreadable
from plimsoll.desk import brought, uploads
from plimsoll.desk.forms import UploadForm
from plimsoll.desk.uploads import Gone, Kept
from plimsoll.desk.views.data import FIRST, SHOWN, counted
from plimsoll.evidence import sources
from plimsoll.evidence.intake import pipeline
from plimsoll.evidence.intake.pipeline import Result
from plimsoll.people.requests import SignedIn

RUN = "import.run"


@needs(RUN)
def upload(request: SignedIn) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        kept, ticket = uploads.keep(by=request.user, at=timezone.now(), **form.cleaned_data)
        try:
            if "first" in request.POST:
                return _account(request, kept, ticket)
            return _done(request, ticket)
        except Unreadable as refusal:
            uploads.drop(kept)
            form.add_error("file", f"{refusal} Nothing was changed.")
    context = {"title": "Read in a published file", "form": form}
    return render(request, "desk/data/upload.html", context)


@needs(RUN)
@require_POST
def confirm(request: SignedIn) -> HttpResponse:
    """Read in the file of which the account was given."""
    try:
        return _done(request, request.POST.get("ticket", ""))
    except Gone:
        messages.error(
            request,
            "That file was taken up already, or its hour is over. Look below whether it is "
            "read in; if it is not, choose it again.",
        )
    except Unreadable as refusal:
        messages.error(request, f"{refusal} Nothing was changed.")
    return redirect("desk:data")


def _done(request: SignedIn, ticket: str) -> HttpResponse:
    with uploads.taken(ticket, by=request.user, at=timezone.now()) as kept:
        done = _read(request, kept).run
    messages.success(request, f"{done.file} is read.")
    return redirect("desk:import", done.pk)


def _account(request: SignedIn, kept: Kept, ticket: str) -> HttpResponse:
    """Read it in, look at what that brought, and undo it all."""
    with pipeline.alone():
        result = _read(request, kept)
        changes = list(brought.changes(request.user, result.run)[: FIRST + 1])
        context = {
            "title": "What this file would do",
            "run": result.run,
            "figures": counted(result.run),
            "rejects": result.rejects[:SHOWN],
            "changed": brought.told(changes[:FIRST]),
            "more": len(changes) > FIRST,
            "new": brought.new(result.run).count(),
            "ticket": ticket,
        }
        transaction.set_rollback(True)
    return render(request, "desk/data/account.html", context)


def _read(request: SignedIn, kept: Kept) -> Result:
    return pipeline.run(
        sources.known()[kept.source],
        kept.path,
        las=kept.las,
        year=kept.year,
        by=request.user,
        at=timezone.now(),
    )
