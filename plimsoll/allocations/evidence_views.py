"""Evidence of one's own, and challenges to what is published (S3)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.allocations import actions, evidence_page, queries
from plimsoll.allocations.forms import AnswerForm, ChallengeForm, EvidenceForm, WithdrawForm
from plimsoll.allocations.views import back, fetched, small, writer
from plimsoll.core.access import needs
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.documents.refusals import Refused as FileRefused
from plimsoll.people.requests import SignedIn

ADDED = "The evidence is added, marked as unvalidated."
BOTH_READ = "Both sides read it, with your name and the date."


@needs("allocation.see")
@never_cache
def add(request: SignedIn, pk: int) -> HttpResponse:
    case, at = fetched(request, pk), timezone.now()
    side = writer(request, case)
    form = EvidenceForm(
        *_posted(request),
        rows=queries.rows(case, {}),
        today=timezone.localdate(at),
        initial={"criterion": request.GET.get("criterion", "")},
    )
    if form.is_valid():
        try:
            actions.add_evidence(case=case, side=side, **form.cleaned_data, by=request.user, at=at)
        except FileRefused as refused:
            form.add_error("file", str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return back(case, ADDED, request)
    return small(
        request,
        case,
        title="Add evidence",
        lead=f"{BOTH_READ} It is marked as unvalidated: nobody has checked it.",
        form=form,
        action="Add this evidence",
        upload=True,
    )


def _posted(request: SignedIn) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


@needs("allocation.see")
@never_cache
def withdraw(request: SignedIn, pk: int, item: int) -> HttpResponse:
    case, at = fetched(request, pk), timezone.now()
    writer(request, case)
    added = get_object_or_404(case.added, pk=item)
    if added.added_by != request.user.pk:
        raise PermissionDenied
    if added.withdrawn_at:
        return redirect("allocations:case", case.pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and form.does(
        actions.withdraw_evidence, item=added, **form.cleaned_data, by=request.user, at=at
    ):
        return back(case, "The evidence is withdrawn. It can still be read.", request)
    return small(
        request,
        case,
        title=f"Withdraw “{added.title}”",
        lead="It stays to be read, struck through, with your reason.",
        form=form,
        action="Withdraw it",
    )


@needs("allocation.see")
@never_cache
def challenge(request: SignedIn, pk: int) -> HttpResponse:
    """Say that a figure is wrong; `figure` in the address says which."""
    case, at = fetched(request, pk), timezone.now()
    side = writer(request, case)
    shown = evidence_page.figures(case, today=timezone.localdate(at))
    figure = request.GET.get("figure", "")
    if figure not in shown:
        if "seen" not in request.POST:
            raise Http404
        messages.info(request, "That figure is published no longer, so it is not challenged.")
        return redirect("allocations:case", case.pk)
    label, value = shown[figure]
    form = ChallengeForm(request.POST or None, now=value)
    if form.is_valid() and form.does(
        actions.challenge_figure,
        case=case, side=side, figure=figure, shown=f"{label}: {value}",
        text=form.cleaned_data["text"], by=request.user, at=at,
    ):  # fmt: skip
        return back(case, "The other side is told that you challenge the figure.", request)
    return small(
        request,
        case,
        title="This figure is wrong",
        lead="The other side answers. Both the challenge and the answer stay beside the figure.",
        facts=[("The figure", label), ("As shown", value)],
        form=form,
        action="Challenge this figure",
    )


@needs("allocation.see")
@never_cache
def answer(request: SignedIn, pk: int, item: int) -> HttpResponse:
    case, at = fetched(request, pk), timezone.now()
    side = writer(request, case)
    raised = get_object_or_404(case.challenges, pk=item)
    if raised.side == side:
        raise PermissionDenied
    if raised.answered_at:
        return redirect("allocations:case", case.pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid() and form.does(
        actions.answer_challenge,
        challenge=raised, side=side, **form.cleaned_data, by=request.user, at=at,
    ):  # fmt: skip
        return back(case, "Your answer stands beside the figure.", request)
    return small(
        request,
        case,
        title="Answer the challenge",
        lead=BOTH_READ,
        facts=[
            ("The figure", raised.shown),
            ("Challenged by", f"{raised.raised_by_name}, {long_date(raised.raised_at.date())}"),
            ("Because", raised.text),
        ],
        form=form,
        action="Give this answer",
    )
