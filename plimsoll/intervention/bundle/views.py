"""The file of a case: preparing it, making it, and what was made."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from plimsoll.core.access import needs, visible
from plimsoll.core.forms import PlimsollForm, VersionForm
from plimsoll.core.workflow import Refused
from plimsoll.documents.names import safe
from plimsoll.documents.serving import attachment
from plimsoll.intervention.bundle import making, preparing
from plimsoll.intervention.bundle.forms import BlackOutForm, LeaveOutForm, PrepareForm
from plimsoll.intervention.bundle.page import BundlePage
from plimsoll.intervention.bundle.workflow import (
    PROCESS,
)
from plimsoll.intervention.models import Bundle, Case
from plimsoll.intervention.permissions import BUNDLE
from plimsoll.people.requests import SignedIn


def of_case(request: SignedIn, pk: int) -> Case:
    cases = visible(Case.objects.select_related("school"), request.user, BUNDLE)
    return get_object_or_404(cases, pk=pk)


def fetched(request: SignedIn, pk: int, item: int) -> Bundle:
    bundles = visible(Bundle.objects.select_related("case__school", "pdf"), request.user, BUNDLE)
    return get_object_or_404(bundles.defer("pdf__body"), case_id=pk, pk=item)


@needs(BUNDLE)
@never_cache
def bundles(request: SignedIn, pk: int) -> HttpResponse:
    """What was made of this case and for whom, and beginning another."""
    case, at = of_case(request, pk), timezone.now()
    form = PrepareForm(request.POST or None, policy=case.policy)
    if form.is_valid():
        facts = {"case": case, "by": request.user, "at": at} | form.cleaned_data
        if form.does(preparing.prepare, **facts):
            begun = preparing.in_hand(case, form.cleaned_data["audience"])
            assert begun is not None
            return redirect("intervention:bundle", pk, begun.pk)
    rows = [BundlePage(each, at) for each in case.bundles.select_related("case").order_by("-pk")]
    return render(
        request, "intervention/bundle/list.html", {"case": case, "form": form, "rows": rows}
    )


@needs(BUNDLE)
@never_cache
@require_GET
def bundle(request: SignedIn, pk: int, item: int) -> HttpResponse:
    found, at = fetched(request, pk, item), timezone.now()
    context = {"case": found.case, "bundle": found, "page": BundlePage(found, at)}
    return render(request, "intervention/bundle/bundle.html", context)


@needs(BUNDLE)
@never_cache
def leave_out(request: SignedIn, pk: int, item: int) -> HttpResponse:
    found, at = fetched(request, pk, item), timezone.now()
    page = BundlePage(found, at)
    if not page.in_hand:
        return redirect("intervention:bundle", pk, item)
    initial = {"version": found.version}
    form = LeaveOutForm(request.POST or None, choice=page.choice, initial=initial)
    if form.is_valid():
        facts = {"bundle": found, "by": request.user, "at": at, "there": page.choice.there.keys}
        told = {name: form.cleaned_data[name] for name in ("why", "version")}
        if form.does(preparing.leave_out, keys=form.keys, **facts, **told):
            return _back(request, found, "It is kept. You can change it until the file is made.")
    title = "Leave something out"
    return _form(request, found, form, title=title, lead="What you tick stays out of the file.")


@needs(BUNDLE)
@never_cache
def black_out(request: SignedIn, pk: int, item: int) -> HttpResponse:
    found, at = fetched(request, pk, item), timezone.now()
    page = BundlePage(found, at)
    if not page.in_hand:
        return redirect("intervention:bundle", pk, item)
    initial = {"version": found.version}
    form = BlackOutForm(request.POST or None, choice=page.choice, initial=initial)
    if form.is_valid():
        facts = {"bundle": found, "by": request.user, "at": at} | form.facts
        if form.does(preparing.black_out, **facts):
            return _back(request, found, "It is kept. Look below where the words stand.")
    lead = "A letter in which they stand is set anew; nothing is left under the black."
    return _form(request, found, form, title="Black out words", lead=lead)


@needs(BUNDLE)
@never_cache
@require_POST
def make(request: SignedIn, pk: int, item: int) -> HttpResponse:
    """One button. Whoever clicks twice finds what the first click made."""
    return _take(request, fetched(request, pk, item), "The file is made.", making.made)


@needs(BUNDLE)
@never_cache
@require_POST
def drop(request: SignedIn, pk: int, item: int) -> HttpResponse:
    def give_up(*, bundle: Bundle, **facts: Any) -> None:
        PROCESS.take(bundle, "drop", **facts)

    return _take(request, fetched(request, pk, item), "It is given up.", give_up)


@needs(BUNDLE)
@require_GET
def download(request: SignedIn, pk: int, item: int) -> HttpResponseBase:
    found = fetched(request, pk, item)
    if found.made_at is None:
        return redirect("intervention:bundle", pk, item)
    making.note_taken(bundle=found, by=request.user, at=timezone.now())
    name = safe(f"File of case {found.case.number} {found.made_at:%Y-%m-%d}.zip")
    head = attachment(b"", media_type="application/zip", filename=name).headers
    answer = StreamingHttpResponse(making.zip_of(found), headers=dict(head))
    answer.headers["Content-Length"] = str(found.size)
    return answer


def _take(request: SignedIn, found: Bundle, said: str, act: Any) -> HttpResponse:
    form = VersionForm(request.POST)
    if not form.is_valid():
        return redirect("intervention:bundle", found.case_id, found.pk)
    facts = {"bundle": found, "by": request.user, "at": timezone.now()}
    try:
        act(version=form.cleaned_data["version"], **facts)
    except Refused as refused:
        messages.info(request, str(refused))
        return redirect("intervention:bundle", found.case_id, found.pk)
    return _back(request, found, said)


def _back(request: SignedIn, found: Bundle, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("intervention:bundle", found.case_id, found.pk)


def _form(request: SignedIn, found: Bundle, form: PlimsollForm, **words: str) -> HttpResponse:
    context = {"case": found.case, "bundle": found, "form": form} | words
    return render(request, "intervention/bundle/form.html", context)
