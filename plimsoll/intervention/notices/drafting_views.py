"""Drafting a notice: on which grounds it begins, and the page on which it is written."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core import drafts, stale
from plimsoll.core.access import needs
from plimsoll.core.workflow import Refused, Stale
from plimsoll.intervention.cases.fetching import fetched
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices import drafting, queries
from plimsoll.intervention.notices.form import DraftForm, StartForm, saved
from plimsoll.intervention.notices.page import NoticePage
from plimsoll.intervention.notices.workflow import NOTICE, may_be_written
from plimsoll.intervention.permissions import DRAFT
from plimsoll.people.requests import SignedIn


def draft_key(notice: Notice) -> str:
    return f"notice:{notice.pk}"


@needs(DRAFT)
@never_cache
def start(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """Begin a notice; where one of its kind is open, go on with that."""
    case, at = fetched(request, pk, DRAFT), timezone.now()
    wanted = next((each for each in drafting.kinds(case) if each.id == kind), None)
    if wanted is None:
        raise Http404
    if found := drafting.open_draft(case, kind):
        return redirect("intervention:notice", found.pk)
    initial = {"grounds": [each for each in case.grounds if each in wanted.grounds]}
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, kind=wanted, policy=case.policy, initial=initial)
    if form.is_valid():
        facts = {"case": case, "kind": kind, "by": request.user, "at": at}
        if form.does(drafting.start, grounds=form.grounds, **facts):
            begun = drafting.open_draft(case, kind)
            assert begun is not None
            return redirect("intervention:notice-write", begun.pk)
    context = {"case": case, "form": form, "kind": wanted}
    return render(request, "intervention/notices/start.html", context)


@needs(DRAFT)
@never_cache
def write(request: SignedIn, pk: int) -> HttpResponse:
    """The whole draft on one page; what is typed is kept until it is saved."""
    notice, at = get_object_or_404(queries.writable(request.user), pk=pk), timezone.now()
    if not may_be_written(notice):
        state = NOTICE.state(notice).label
        messages.info(request, f"It cannot be changed now. Its state is “{state}”.")
        return redirect("intervention:notice", pk)
    today = timezone.localdate(at)
    if request.method == "POST":
        form = DraftForm(stale.settled(request.POST), notice=notice, today=today)
        return _save(request, form, at)
    form = DraftForm(notice=notice, today=today)
    if draft := drafts.of(request.user, draft_key(notice)):
        form.initial = drafts.laid_over(form, draft)
    return _show(request, form, at)


def _save(request: SignedIn, form: DraftForm, at: datetime) -> HttpResponse:
    notice = form.notice
    if not form.is_valid():
        return _show(request, form, at)
    facts = {"version": form.cleaned_data["version"], "by": request.user, "at": at}
    try:
        typed = form.typed(timezone.localdate(at))
        drafting.save(notice=notice, typed=typed, **facts)
    except Stale:
        notice.refresh_from_db()
        return stale.page(
            request,
            form,
            saved=saved(notice),
            by=notice.saved_by,
            at=notice.saved_at,
            version=notice.version,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, form, at)
    drafts.discard(user=request.user, key=draft_key(notice))
    messages.success(request, "Saved. Nobody outside the service sees it until it is given.")
    on = "notice" if request.POST.get("do") == "read" else "notice-write"
    return redirect(f"intervention:{on}", notice.pk)


def _show(request: SignedIn, form: DraftForm, at: datetime) -> HttpResponse:
    notice = form.notice
    draft = drafts.of(request.user, draft_key(notice))
    context = {
        "form": form,
        "notice": notice,
        "case": notice.case,
        "page": NoticePage(notice, request.user, at),
        "draft": draft,
        "draft_url": reverse("core:draft", args=[draft_key(notice)]),
        "saved_at": draft.saved_at if draft else notice.saved_at,
    }
    return render(request, "intervention/notices/write.html", context)
