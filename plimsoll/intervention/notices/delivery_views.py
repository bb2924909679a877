"""The recipients of a notice: somebody besides, a fact put right, and how each was served."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core import audit, drafts, stale
from plimsoll.core.access import may, needs, visible
from plimsoll.core.forms import PlimsollForm
from plimsoll.core.workflow import Refused, Stale
from plimsoll.intervention.models import Delivery, Notice
from plimsoll.intervention.notices import deliveries, delivery_forms
from plimsoll.intervention.notices.views import draft_key, fetched
from plimsoll.intervention.permissions import CORRECT, DRAFT, SERVE
from plimsoll.people.requests import SignedIn


@needs(DRAFT)
@never_cache
def add(request: SignedIn, pk: int) -> HttpResponse:
    notice, at = _of(request, pk, DRAFT), timezone.now()
    form = delivery_forms.AddForm(request.POST or None)
    if form.is_valid() and form.does(
        deliveries.add, notice=notice, by=request.user, at=at, **form.cleaned_data
    ):
        return _back(request, notice, "The recipient is added.", kept="recipient")
    return _small(
        request,
        notice,
        form,
        title="Add a recipient",
        lead="Those whom the law and the policy name are there already.",
        action="Add the recipient",
        kept="recipient",
    )


@needs(DRAFT)
@never_cache
def remove(request: SignedIn, pk: int) -> HttpResponse:
    row, at = _row(request, pk, DRAFT), timezone.now()
    data = request.POST if request.method == "POST" else None
    form = delivery_forms.RemoveForm(data)
    if form.is_valid() and form.does(deliveries.remove, delivery=row, by=request.user, at=at):
        return _back(request, row.notice, "The recipient is removed.")
    return _small(
        request,
        row.notice,
        form,
        title="Remove a recipient",
        lead=f"{row.label}. Added because: {row.reason}",
        action="Remove the recipient",
    )


@needs(CORRECT)
@never_cache
def correct(request: SignedIn, pk: int) -> HttpResponse:
    notice, at = _of(request, pk, CORRECT), timezone.now()
    form = delivery_forms.CorrectForm(request.POST or None)
    if form.is_valid() and form.does(
        deliveries.correct, notice=notice, by=request.user, at=at, **form.facts
    ):
        said = "The fact is put right, and the recipients follow from it."
        return _back(request, notice, said, kept="fact")
    return _small(
        request,
        notice,
        form,
        title="Put a fact right",
        lead="Recipients follow from facts about the school. Where the register is wrong, say so.",
        action="Put it right",
        kept="fact",
    )


@needs(SERVE)
@never_cache
def record(request: SignedIn, pk: int) -> HttpResponse:
    """How the notice reached one recipient. Received is never assumed."""
    row, at = _row(request, pk, SERVE), timezone.now()
    now = {name: getattr(row, name) for name in delivery_forms.ServiceForm.base_fields}
    data = stale.settled(request.POST) if request.method == "POST" else None
    form = delivery_forms.ServiceForm(data, initial=now)
    if form.is_valid():
        facts = {"service": form.service, "version": form.cleaned_data["version"]}
        try:
            deliveries.record(delivery=row, by=request.user, at=at, **facts)
        except Stale:
            last = audit.last_change(row.notice, label=row.label)
            return stale.page(
                request, form, saved=now, by=last.actor_name, at=last.at, version=row.version
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _back(request, row.notice, "It is on record.", kept=f"service:{pk}")
    return _small(
        request,
        row.notice,
        form,
        title="How it was served",
        lead=row.label,
        action="Put it on record",
        kept=f"service:{pk}",
    )


def _of(request: SignedIn, pk: int, permission: str) -> Notice:
    notice = fetched(request, pk)
    if not may(request.user, permission, notice):
        raise PermissionDenied
    return notice


def _row(request: SignedIn, pk: int, permission: str) -> Delivery:
    rows = visible(
        Delivery.objects.select_related("notice__case__school"), request.user, permission
    )
    return get_object_or_404(rows, pk=pk)


def _back(request: SignedIn, notice: Notice, said: str, *, kept: str = "") -> HttpResponse:
    if kept:
        drafts.discard(user=request.user, key=draft_key(notice, kept))
    messages.success(request, said)
    return redirect("intervention:notice", notice.pk)


def _small(
    request: SignedIn, notice: Notice, form: PlimsollForm, *, kept: str = "", **words: str
) -> HttpResponse:
    context = {"notice": notice, "case": notice.case, "form": form} | words
    if kept:
        context |= drafts.opened(user=request.user, key=draft_key(notice, kept), form=form)
    return render(request, "intervention/notices/small.html", context)
