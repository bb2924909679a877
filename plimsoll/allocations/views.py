"""One allocation: its page, each side's views, and the steps of the process."""

from typing import Any
from zlib import crc32

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations import actions, next_steps, queries
from plimsoll.allocations.forms import PositionForm, StepForm, ViewsForm, saved_views
from plimsoll.allocations.models import Allocation, Side
from plimsoll.allocations.page.reader import Reader, reader
from plimsoll.allocations.page.whole import case_page
from plimsoll.allocations.sheet_page import sheet_page
from plimsoll.allocations.step_page import step_page
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core import drafts, stale
from plimsoll.core.access import may, needs
from plimsoll.core.stepping import asked_for, not_now
from plimsoll.core.workflow import Offer, Refused, Stale, Step
from plimsoll.people.requests import SignedIn


def fetched(request: SignedIn, pk: int) -> Allocation:
    """The case, for whoever may know of it; for everyone else it does not exist (S7).

    Opening any page of it is reading it, and reading it is an event.
    """
    found = get_object_or_404(queries.cases(request.user), pk=pk)
    if request.method == "GET":
        actions.note_reading(case=found, by=request.user, at=timezone.now())
    return found


def writer(request: SignedIn, case: Allocation) -> Side:
    """The side for which the person may write; refused to whoever only reads."""
    side = next_steps.writes_for(request.user, case)
    if side is None:
        raise PermissionDenied
    return side


def back(case: Allocation, said: str, request: SignedIn) -> HttpResponse:
    messages.success(request, said)
    return redirect("allocations:case", case.pk)


@needs("allocation.see")
@never_cache
@require_GET
def case(request: SignedIn, pk: int) -> HttpResponse:
    found, at = fetched(request, pk), timezone.now()
    page = case_page(found, request.user, at=at)
    return render(request, "allocations/case.html", {"page": page, "case": found})


# --- views on the criteria ------------------------------------------------------


@needs("allocation.see")
@never_cache
def sheet(request: SignedIn, pk: int) -> HttpResponse:
    """One side's views: a form while they may change, to be read afterwards."""
    found, at = fetched(request, pk), timezone.now()
    if request.method == "POST":
        return _save_sheet(request, found)
    side = next_steps.writes_for(request.user, found)
    form, draft = None, None
    if side and next_steps.is_open(found):
        rows = queries.rows(found, {})
        values = saved_views(rows, queries.sheets_of(found).get(side))
        draft = drafts.of(request.user, actions.views_key(found, side))
        form = ViewsForm(initial=values, policy=found.policy, rows=rows)
        form.initial = drafts.laid_over(form, draft) if draft else values
    page = sheet_page(found, reader(request.user, found, at=at), form)
    return render(
        request,
        "allocations/views.html",
        {
            "page": page,
            "form": form,
            "draft": draft,
            "case": found,
            "draft_key": actions.views_key(found, side) if side else "",
        },
    )


def _save_sheet(request: SignedIn, case: Allocation) -> HttpResponse:
    side, at = writer(request, case), timezone.now()
    data, rows = stale.settled(request.POST), queries.rows(case, {})
    submit = data.get("do") == "submit"
    form = ViewsForm(data, policy=case.policy, rows=rows, submit=submit)
    if form.is_valid():
        try:
            actions.save_views(
                case=case,
                side=side,
                views=form.views,
                version=form.cleaned_data["version"],
                submit=submit,
                by=request.user,
                at=at,
            )
        except Stale as late:
            now: Any = late.current
            return stale.page(
                request,
                form,
                saved=saved_views(rows, now),
                by=now.saved_by,
                at=now.saved_at,
                version=now.version,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return back(case, "Your views are submitted." if submit else "Saved.", request)
    page = sheet_page(case, reader(request.user, case, at=at), form)
    return render(
        request,
        "allocations/views.html",
        {"page": page, "form": form, "case": case, "draft_key": actions.views_key(case, side)},
    )


# --- steps -----------------------------------------------------------------------


def step_key(case: Allocation, name: str) -> str:
    return f"step:{case.pk}:{name}"


@needs("allocation.see")
@never_cache
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step: what it needs, what follows, who is told; and taking it."""
    case, wanted = _step(request, pk, name)
    who = reader(request.user, case, at=timezone.now())
    if request.method == "POST":
        return _take(request, case, wanted, who)
    offer = _offered(case, wanted, who)
    if offer is None:
        return _not_now(request, case, who)
    draft = drafts.of(request.user, step_key(case, name))
    form = _form(case, wanted, who, initial={"version": queries.version_seen(case, who.side)})
    form.initial = drafts.laid_over(form, draft) if draft else form.initial
    return _show_step(request, case, offer, who, form, draft=draft)


def _step(request: SignedIn, pk: int, name: str) -> tuple[Allocation, Step]:
    case = fetched(request, pk)
    return case, asked_for(ALLOCATION, case, name, by=request.user)


def _offered(case: Allocation, wanted: Step, who: Reader) -> Offer | None:
    return ALLOCATION.offer(case, wanted, by=who.user, at=who.at)


def _form(case: Allocation, wanted: Step, who: Reader, *args: Any, **options: Any) -> StepForm:
    return StepForm(*args, step=wanted, policy=case.policy, today=who.today, **options)


def _take(request: SignedIn, case: Allocation, wanted: Step, who: Reader) -> HttpResponse:
    form = _form(case, wanted, who, request.POST)
    if form.is_valid():
        if form.cleaned_data["version"] != queries.version_seen(case, who.side):
            return _too_late(request, case, wanted, who, form)
        if _offered(case, wanted, who) is None:
            return _not_now(request, case, who)
        try:
            ALLOCATION.take(
                case,
                wanted.name,
                by=request.user,
                at=who.at,
                version=case.version,
                **form.data_of_step,
            )
        except Stale:
            return _too_late(request, fetched(request, case.pk), wanted, who, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            drafts.discard(user=request.user, key=step_key(case, wanted.name))
            return back(case, f"Done: {next_steps.label_of(case, wanted)}.", request)
    offer = _offered(case, wanted, who) or Offer(wanted)
    return _show_step(request, case, offer, who, form)


def _too_late(
    request: SignedIn, case: Allocation, wanted: Step, who: Reader, form: StepForm
) -> HttpResponse:
    """What changed meanwhile, with everything typed kept; a second click is no second step."""
    if ALLOCATION.has_just_taken(case, wanted, by=request.user):
        return redirect("allocations:case", case.pk)
    offer = _offered(case, wanted, who)
    version = queries.version_seen(case, who.side)
    again = _form(case, wanted, who, initial=_typed(form) | {"version": version})
    return _show_step(
        request, case, offer or Offer(wanted), who, again, changed=True, gone=offer is None
    )


def _typed(form: StepForm) -> dict[str, Any]:
    return {bound.name: bound.value() for bound in form if bound.name != "version"}


def _not_now(request: SignedIn, case: Allocation, who: Reader) -> HttpResponse:
    """In words that tell this side no more than it may know."""
    label = queries.state_label(case, who.side)
    return not_now(request, label, "allocations:case", case.pk)


def _show_step(
    request: SignedIn, case: Allocation, offer: Offer, who: Reader, form: StepForm, **more: Any
) -> HttpResponse:
    context = {
        "page": step_page(case, offer, who),
        "case": case,
        "form": form,
        "state": queries.state_label(case, who.side),
        "text_typed": form["reasons"].value() if "reasons" in form.fields else "",
        "draft_url": reverse("core:draft", args=[step_key(case, offer.step.name)]),
    }
    status = stale.CONFLICT if more.get("changed") else 200
    return render(request, "allocations/step.html", context | more, status=status)


# --- beside the steps ---------------------------------------------------------------


@needs("allocation.see")
@never_cache
@transaction.atomic
def position(request: SignedIn, pk: int) -> HttpResponse:
    """Each side's position before the tier that decides (S4)."""
    case = fetched(request, pk)
    side, at = writer(request, case), timezone.now()
    # Locked until it is saved, so that of two at once the second sees the first one's text.
    waiting = case.referrals.select_for_update()
    referral = get_object_or_404(waiting, tier=case.tier, decided_at=None)
    saved = referral.school_position if side == Side.SCHOOL else referral.service_position
    form = PositionForm(
        stale.settled(request.POST) if request.method == "POST" else None,
        initial={"text": saved, "version": crc32(saved.encode())},
    )
    if form.is_valid():
        now = crc32(saved.encode())
        if form.cleaned_data["version"] != now:
            who = "Somebody else on your side"
            return stale.page(request, form, saved={"text": saved}, by=who, at=at, version=now)
        text = form.cleaned_data["text"]
        if form.does(
            actions.state_position, case=case, side=side, text=text, by=request.user, at=at
        ):
            return back(case, "Your position is stated.", request)
    tier = case.policy.disagreement[case.tier].label
    return small(
        request,
        case,
        title="State your position",
        lead=f"The {tier} reads both positions side by side. The other side reads yours too.",
        form=form,
        action="State this position",
    )


@needs("allocation.chase")
@never_cache
def remind(request: SignedIn, pk: int) -> HttpResponse:
    """Remind the school; a second click reminds no second time."""
    case, at = fetched(request, pk), timezone.now()
    if not may(request.user, "allocation.chase", case):
        raise PermissionDenied
    if request.method == "POST":
        seen = request.POST.get("reminders", "")
        if seen == str(case.reminders) and not actions.remind(case=case, by=request.user, at=at):
            messages.info(request, "It is not the school’s turn, so nobody was reminded.")
            return redirect("allocations:case", case.pk)
        return back(case, "The school is reminded.", request)
    who = reader(request.user, case, at=at)
    heads = (person for person in who.people if person.role in ("head", "chair"))
    return small(
        request,
        case,
        title="Remind the school",
        lead="An e-mail says that something waits, and where; never what it is.",
        action="Send the reminder",
        hidden=[("reminders", case.reminders)],
        told=next_steps.named(case.policy, heads),
    )


def small(request: SignedIn, case: Allocation, **context: Any) -> HttpResponse:
    """A page of one form: its title, its lead, what follows, who is told."""
    return render(request, "allocations/small.html", {"form": None, "case": case} | context)
