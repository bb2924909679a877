"""Writing a report on one page, and what it is once more before it is sent (Q1)."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core import drafts, stale
from plimsoll.core.access import SIGNED_IN, needs, visible
from plimsoll.core.workflow import Refused
from plimsoll.documents import actions as documents
from plimsoll.documents.serving import attachment as served
from plimsoll.people.requests import SignedIn
from plimsoll.visits.models import Attachment, Report
from plimsoll.visits.reports import attachments, queries, review
from plimsoll.visits.reports.queries import WRITE
from plimsoll.visits.reports.workflow import REPORT, may_be_written
from plimsoll.visits.reports.writing import overtaken
from plimsoll.visits.reports.writing import page as writing_page
from plimsoll.visits.reports.writing.form import WritingForm
from plimsoll.visits.reports.writing.passages import Clash, last_save, save
from plimsoll.visits.reports.writing.review_form import ReviewForm

# Where each button of the page leads once everything is saved.
ON = {"add": "#part-action-new", "attach": "#part-files"}


def fetched(request: SignedIn, pk: int) -> Report:
    """The report of a visit, for whoever may write it; for the others it does not exist."""
    reports = Report.objects.select_related("visit__school", "visit__partner")
    written = visible(reports.exclude(visit__held_on=None), request.user, WRITE)
    return get_object_or_404(written, visit=pk)


def draft_key(report: Report) -> str:
    return f"report:{report.pk}"


@needs(WRITE)
@never_cache
def write(request: SignedIn, pk: int) -> HttpResponse:
    """The whole report on one page, saved part by part."""
    report = fetched(request, pk)
    if not may_be_written(report):
        return _closed(request, report)
    if request.method == "POST":
        return _save(request, report)
    form = WritingForm(report=report)
    if draft := drafts.of(request.user, draft_key(report)):
        form.restored(WritingForm(MultiValueDict(draft.data), report=report))
    return _show(request, form)


def _closed(request: SignedIn, report: Report) -> HttpResponse:
    state = REPORT.state(report).label
    messages.info(request, f"The report cannot be changed now. Its state is “{state}”.")
    return redirect("visits:report-read", report.pk)


def _save(request: SignedIn, report: Report) -> HttpResponse:
    data = stale.settled(request.POST)
    form = WritingForm(data, request.FILES, report=report)
    if not form.is_valid():
        return _show(request, form)
    try:
        _keep(request, form, data)
    except Clash as clash:
        return overtaken.page(request, data, report=report, clash=clash)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, form)
    drafts.discard(user=request.user, key=draft_key(report))
    return _saved(request, report, data.get("do", ""))


def _keep(request: SignedIn, form: WritingForm, data: QueryDict) -> None:
    """Files first, which clash with nothing, then every part that was touched."""
    report, by, at = form.report, request.user, timezone.now()
    if file := form.cleaned_data["file"]:
        attachments.add(report=report, file=file, by=by, at=at)
    _, _, removed = data.get("do", "").partition("remove-")
    if removed.isdecimal():
        attachments.remove(report=report, pk=int(removed), by=by, at=at)
    save(report=report, typed=form.typed, by=by, at=at)


def _saved(request: SignedIn, report: Report, do: str) -> HttpResponse:
    if do == "check":
        return redirect("visits:report-review", report.visit_id)
    messages.success(request, "Saved. Nobody but the service sees it until it is sent.")
    place = "#part-files" if do.startswith("remove-") else ON.get(do, "")
    return redirect(reverse("visits:report", args=[report.visit_id]) + place)


def _show(request: SignedIn, form: WritingForm) -> HttpResponse:
    report, user = form.report, request.user
    draft, last = drafts.of(user, draft_key(report)), last_save(report, user)
    context = {
        "form": form,
        "report": report,
        "page": writing_page.page(form, today=timezone.localdate()),
        "draft": draft,
        "draft_url": reverse("core:draft", args=[draft_key(report)]),
        # Somebody else's save leaves what is typed here unsaved, so only one's own counts.
        "saved_at": draft.saved_at if draft else last and last.at,
    }
    return render(request, "visits/writing/write.html", context)


@needs(WRITE)
@never_cache
def check(request: SignedIn, pk: int) -> HttpResponse:
    """The report as the head will read it, what it lacks, what to look at; and sending it."""
    report, at = fetched(request, pk), timezone.now()
    if not may_be_written(report):
        return _closed(request, report)
    page = review.page(report, timezone.localdate(at))
    form = ReviewForm(
        request.POST or None, initial={"version": report.version}, looks=bool(page.warnings)
    )
    if form.is_valid():
        if form.cleaned_data["version"] != report.version:
            messages.info(request, "Somebody else saved the report meanwhile. Read it once more.")
            return redirect("visits:report-review", pk)
        if form.does(_send, request=request, report=report, at=at):
            messages.success(request, "The report is sent to be checked.")
            return redirect("visits:report-read", report.pk)
    context = {"form": form, "page": page, "report": report}
    return render(request, "visits/writing/check.html", context)


def _send(*, request: SignedIn, report: Report, at: datetime) -> None:
    REPORT.take(report, "send", by=request.user, at=at, version=report.version)


@needs(SIGNED_IN)
@never_cache
@require_GET
def attachment(request: SignedIn, pk: int) -> HttpResponse:
    """A file of a report, to whoever may read the report."""
    readable = queries.readable(request.user)
    found = get_object_or_404(Attachment.objects.select_related("document"), pk=pk)
    get_object_or_404(readable, pk=found.report_id)
    document = found.document
    body = documents.read(document=document, by=request.user, at=timezone.now())
    return served(body, media_type=document.media_type, filename=document.filename)
