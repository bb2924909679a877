"""Writing a plan on one page, and what it is once more before it is sent (I8)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache

from plimsoll.core import drafts, stale
from plimsoll.core.access import needs
from plimsoll.core.workflow import Refused
from plimsoll.intervention.models import GoverningBodyPlan, Obligation
from plimsoll.intervention.permissions import WRITE_PLAN
from plimsoll.intervention.plans import overtaken, saving, taking, writing_page
from plimsoll.intervention.plans.beginning import plan_of
from plimsoll.intervention.plans.content import gathered, lacks
from plimsoll.intervention.plans.fetching import back, fetched, not_now, offered
from plimsoll.intervention.plans.form import PlanForm
from plimsoll.intervention.plans.forms import SendForm
from plimsoll.intervention.plans.page import PlanPage
from plimsoll.people.requests import SignedIn


def draft_key(obligation: Obligation) -> str:
    return f"governors-plan:{obligation.pk}"


@needs(WRITE_PLAN)
@never_cache
def write(request: SignedIn, pk: int) -> HttpResponse:
    """The whole plan on one page, saved part by part."""
    obligation, at = fetched(request, pk, WRITE_PLAN), timezone.now()
    plan = plan_of(obligation, at=at)
    offer = offered(request, plan, "send", at)
    if offer is None:
        return not_now(request, plan)
    if request.method == "POST":
        return _save(request, plan)
    form = PlanForm(plan=plan, opened=_opened(request))
    if draft := drafts.of(request.user, draft_key(obligation)):
        form.restored(PlanForm(MultiValueDict(draft.data), plan=plan))
    return _show(request, form)


def _opened(request: SignedIn) -> list[int]:
    """The matter to which the writer wants to add one more action."""
    number = request.GET.get("add", "")
    return [int(number) - 1] if number.isdecimal() and len(number) < 5 else []


def _save(request: SignedIn, plan: GoverningBodyPlan) -> HttpResponse:
    data, obligation, at = stale.settled(request.POST), plan.obligation, timezone.now()
    form = PlanForm(data, plan=plan)
    if not form.is_valid():
        return _show(request, form)
    try:
        saving.save(obligation=obligation, typed=form.typed, by=request.user, at=at)
    except saving.Clash as clash:
        plan.refresh_from_db()
        return overtaken.page(request, data, plan=plan, clash=clash)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, form)
    drafts.discard(user=request.user, key=draft_key(obligation))
    return _saved(request, obligation, data.get("do", ""))


def _saved(request: SignedIn, obligation: Obligation, do: str) -> HttpResponse:
    if do == "check":
        return redirect("intervention:plan-check", obligation.pk)
    messages.success(request, "Saved. Only the head and the chair see it until it is sent.")
    page = reverse("intervention:plan-write", args=[obligation.pk])
    verb, _, matter = do.partition("-")
    more = f"?add={matter}#matter-{matter}" if verb == "add" and matter.isdecimal() else ""
    return redirect(page + more)


def _show(request: SignedIn, form: PlanForm) -> HttpResponse:
    plan, obligation = form.plan, form.plan.obligation
    draft = drafts.of(request.user, draft_key(obligation))
    context = {
        "form": form,
        "obligation": obligation,
        "case": obligation.case,
        "page": PlanPage(obligation, request.user, timezone.now()),
        "matters": writing_page.matters_of(form),
        "questions": writing_page.questions_of(form),
        "draft": draft,
        "draft_url": reverse("core:draft", args=[draft_key(obligation)]),
        "saved_at": draft.saved_at if draft else plan.saved_at,
    }
    return render(request, "intervention/plans/write.html", context)


@needs(WRITE_PLAN)
@never_cache
def check(request: SignedIn, pk: int) -> HttpResponse:
    """The plan as the authority will read it, what it lacks; and sending it."""
    obligation, at = fetched(request, pk, WRITE_PLAN), timezone.now()
    plan = plan_of(obligation, at=at)
    if plan.pk is None:
        return redirect("intervention:plan-write", pk)
    if offered(request, plan, "send", at) is None:
        return not_now(request, plan)
    form = SendForm(request.POST or None, initial={"version": plan.version})
    if form.is_valid():
        if form.cleaned_data["version"] != plan.version:
            messages.info(request, "Somebody else saved the plan meanwhile. Read it once more.")
            return redirect("intervention:plan-check", pk)
        facts = {"by": request.user, "at": at, "version": plan.version}
        if form.does(taking.take, plan=plan, name="send", **facts):
            return back(request, obligation, "The plan is sent.")
    content = gathered(plan)
    context = {
        "form": form,
        "obligation": obligation,
        "case": obligation.case,
        "page": PlanPage(obligation, request.user, at),
        "content": content,
        "lacks": lacks(content),
    }
    return render(request, "intervention/plans/check.html", context)
