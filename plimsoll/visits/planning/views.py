"""Planning a school's year in one step, and one visit by itself."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import needs, visible
from plimsoll.core.forms import PlimsollForm
from plimsoll.framework.casework import VisitType
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.diary import actions
from plimsoll.visits.diary.actions import PLAN, NewVisit
from plimsoll.visits.planning import year as planning
from plimsoll.visits.planning.clashes import Diaries, Hint
from plimsoll.visits.planning.forms import OneForm
from plimsoll.visits.planning.page import Sheet, told
from plimsoll.visits.planning.sources import Source, sources

LOOK_AGAIN = (
    "Something stands against some of these days. Read what is said beside them and change the "
    "days, or plan again to keep them."
)


def _sheet(request: SignedIn, year: str, urn: int) -> Sheet:
    """The school’s year as it stands, its grant brought up to date first."""
    school = get_object_or_404(visible(School.objects.all(), request.user, PLAN), pk=urn)
    cycle, at = get_object_or_404(Cycle, year=year), timezone.now()
    bring_up_to_date(cycle=cycle, school=school, at=at)
    today = timezone.localdate(at)
    partner = planning.partner_for(school, request.user, today)
    return Sheet(school, cycle, partner, request.user, today)  # type: ignore[arg-type]


def _context(sheet: Sheet, **more: Any) -> dict[str, Any]:
    back = f"{reverse('desk:visits', args=[sheet.school.pk])}?year={sheet.cycle.year}"
    common = {"sheet": sheet, "school": sheet.school, "cycle": sheet.cycle, "cancel": back}
    return common | {"words": sheet.cycle.policy.words} | more


@needs(PLAN)
@never_cache
def plan_year(request: SignedIn, year: str, urn: int) -> HttpResponse:
    """The proposal, to be amended and planned all at once."""
    sheet = _sheet(request, year, urn)
    if sheet.partner is None:
        return render(request, "visits/planning/nobody.html", _context(sheet))
    rows, form = sheet.rows(request.POST or None), PlimsollForm(request.POST or None)
    valid = request.method == "POST" and rows.is_valid()
    sheet.lay_out(rows)
    clashes = told(hint for card in sheet.cards for hint in card.hints)
    if valid and "look" not in request.POST:
        unread = clashes != request.POST.get("told")
        if unread and sheet.seal == request.POST.get("seen"):
            form.add_error(None, LOOK_AGAIN)
        elif form.does(lambda: _plan(request, sheet, rows)):
            return redirect(_context(sheet)["cancel"])
    context = _context(sheet, formset=rows, form=form, told=clashes)
    return render(request, "visits/planning/year.html", context)


def _plan(request: SignedIn, sheet: Sheet, rows: Any) -> None:
    visits = planning.plan_year(
        cycle=sheet.cycle,
        school=sheet.school,
        partner=sheet.partner,
        chosen=[row.chosen for row in rows.forms if row.chosen],
        seen=request.POST.get("seen", ""),
        by=request.user,
        at=timezone.now(),
    )
    planned = "1 visit is planned." if len(visits) == 1 else f"{len(visits)} visits are planned."
    messages.success(request, f"{planned} The school has been told.")


# --- one visit ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Offered:
    """A type of visit that could be planned, and the days that it would take."""

    type: VisitType
    sources: list[Source]


@needs(PLAN)
@never_cache
@require_GET
def plan_one(request: SignedIn, year: str, urn: int) -> HttpResponse:
    """Which type of visit? Each with the days that are left for it."""
    sheet = _sheet(request, year, urn)
    offered = [
        Offered(type_, sources(sheet.school, sheet.cycle, type_.line))
        for type_ in sheet.cycle.policy.visits
    ]
    context = _context(sheet, offered=[each for each in offered if each.sources])
    return render(request, "visits/planning/types.html", context)


@needs(PLAN)
@never_cache
def plan_visit(request: SignedIn, year: str, urn: int, kind: str) -> HttpResponse:
    """One visit of a type, with what stands against its day."""
    sheet = _sheet(request, year, urn)
    if sheet.partner is None:
        return render(request, "visits/planning/nobody.html", _context(sheet))
    type_ = next((each for each in sheet.cycle.policy.visits if each.id == kind), None)
    found = sources(sheet.school, sheet.cycle, type_.line) if type_ else []
    if type_ is None or not found:
        raise Http404
    form, hints = _one_form(request, sheet, type_, found), list[Hint]()
    if form.is_valid():
        hints = _hints(sheet, form.cleaned_data, found)
        if told(hints) != request.POST.get("told"):
            form.add_error(None, LOOK_AGAIN)
        elif form.does(lambda: _plan_one(request, sheet, type_, form.cleaned_data)):
            messages.success(request, "The visit is planned. The school has been told.")
            return redirect(_context(sheet)["cancel"])
    context = _context(sheet, form=form, type=type_, hints=hints, told=told(hints))
    return render(request, "visits/planning/one.html", context)


def _one_form(request: SignedIn, sheet: Sheet, type_: VisitType, found: list[Source]) -> OneForm:
    need = next((each for each in sheet.needs.found if each.kind == type_.id), None)
    earliest, latest = planning.first_and_last(sheet.cycle.year, sheet.today)
    return OneForm(
        request.POST or None,
        sources=[(each.funding, f"{each.label}: {each.left}") for each in found],
        private=type_.content_private,
        counted=_counted(found),
        earliest=earliest,
        latest=latest,
        initial={
            "days": need.days if need else type_.days,
            "funding": found[0].funding if len(found) == 1 else None,
        },
    )


def _counted(found: list[Source]) -> bool:
    """Are these counted in visits and not in days?"""
    return any(each.visits for each in found)


def _hints(sheet: Sheet, facts: dict[str, Any], found: list[Source]) -> list[Hint]:
    days = facts.get("days", Decimal(0))
    own = sheet.appointment("new", facts["on"], facts["part"], days)
    hints = list(sheet.hints(own, Diaries([*sheet.appointments, own])))
    source = next(each for each in found if each.funding == facts["funding"])
    if days > source.free:
        hints.insert(0, Hint(f"More than is left: {source.label} has {source.left}."))
    return hints


def _plan_one(request: SignedIn, sheet: Sheet, type_: VisitType, facts: dict[str, Any]) -> None:
    more = {key: facts[key] for key in ("purpose", "others") if key in facts}
    wanted = NewVisit(
        kind=type_.id,
        on=facts["on"],
        partner=sheet.partner,
        days=facts.get("days", Decimal(0)),
        visits=0 if "days" in facts else 1,
        funding=facts["funding"],
        part=facts["part"],
        starts=facts["starts"],
        mode=facts["mode"],
        **more,
    )
    actions.plan_visit(
        cycle=sheet.cycle,
        school=sheet.school,
        wanted=wanted,
        by=request.user,
        at=timezone.now(),
    )
