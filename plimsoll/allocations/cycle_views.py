"""The cycle: how the year stands, moderation, chasing, opening and closing."""

import csv
import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from plimsoll.allocations import actions, board, cycle_forms, moderating, queries
from plimsoll.allocations.counts import committee_counts
from plimsoll.allocations.cycle import close_cycle, invite, open_cycle, release_all
from plimsoll.allocations.models import Allocation, Cycle
from plimsoll.allocations.starting import Outcome, bring_in, columns
from plimsoll.core.access import may, needs, visible
from plimsoll.core.workflow import Refused
from plimsoll.framework.editions import current, editions
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School

PAGE = 50


@needs("cycle.see")
@require_GET
def latest(request: SignedIn) -> HttpResponse:
    """The year now, or the page that says there is none yet."""
    newest = Cycle.objects.order_by("-year").first()
    if newest:
        return redirect("allocations:cycle", newest.year)
    context = {"words": current().words, "may_run": may(request.user, "cycle.run")}
    return render(request, "allocations/cycle/none.html", context)


@needs("cycle.see")
@require_GET
def cycle(request: SignedIn, year: str) -> HttpResponse:
    shown = get_object_or_404(Cycle, year=year)
    today = timezone.localdate()
    filters = cycle_forms.BoardFilter(
        request.GET, policy=shown.policy, partners=board.partners(today)
    )
    wanted = board.wanted(filters.cleaned_data) if filters.is_valid() else queries.Filters()
    found = queries.board(shown, request.user, wanted, today=today)
    # Keys are put in order first and their schools looked up afterwards: in a cycle of any
    # size only one page of the register is read.
    keys = found.values_list("pk", flat=True)
    page = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    context = {
        **_frame(request, shown),
        "filters": filters,
        "summary": board.summary(shown, request.user),
        "page": page,
        "listed": board.listed(found.filter(pk__in=list(page.object_list)), today),
        "may_run": may(request.user, "cycle.run"),
        "may_chase": may(request.user, "allocation.chase"),
    }
    return render(request, "allocations/cycle/cycle.html", context)


@needs("cycle.see")
@require_GET
def by(request: SignedIn, year: str, column: str) -> HttpResponse:
    """The same counts cut by partner, phase or type of school."""
    shown = get_object_or_404(Cycle, year=year)
    if column not in board.CUTS:
        raise Http404
    table = board.cut(shown, request.user, column, today=timezone.localdate())
    return render(request, "allocations/cycle/by.html", _frame(request, shown) | {"table": table})


@needs("cycle.see")
@require_GET
def counts(request: SignedIn, year: str) -> HttpResponse:
    """Bands as counts, for a committee (U5)."""
    shown = get_object_or_404(Cycle, year=year)
    context = {
        "cycle": shown,
        "words": shown.policy.words,
        "counts": committee_counts(shown, request.user),
        "today": timezone.localdate(),
    }
    return render(request, "allocations/cycle/counts.html", context)


@needs("cycle.run")
def open_(request: SignedIn) -> HttpResponse:
    """Open a year that has a policy and no cycle yet."""
    done = set(Cycle.objects.values_list("year", flat=True))
    years = [policy.year for policy in editions() if policy.year not in done]
    form = cycle_forms.OpenForm(request.POST or None, years=years)
    if form.is_valid():
        try:
            opened = open_cycle(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            schools = _schools(opened.allocations.count())
            messages.success(request, f"{opened.year} is open: {schools}.")
            return redirect("allocations:cycle", opened.year)
    context = {"form": form, "words": current().words, "years": years}
    return render(request, "allocations/cycle/open.html", context)


@needs("cycle.run")
def close(request: SignedIn, year: str) -> HttpResponse:
    shown = get_object_or_404(Cycle, year=year)
    if request.method == "POST":
        try:
            close_cycle(cycle=shown, by=request.user, at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{year} is closed.")
        return redirect("allocations:cycle", year)
    context = {
        "title": f"Close {year}",
        "lead": "A cycle can be closed once every allocation in it is concluded.",
        "consequences": [
            "No allocation can be started in it afterwards, and no school taken in.",
            "What is recorded stays as it is; in-year reviews go on.",
        ],
        "action": "Close the cycle",
        "cancel": reverse("allocations:cycle", args=[year]),
    }
    return render(request, "confirm.html", context)


@needs("allocation.moderate")
def moderation(request: SignedIn, year: str) -> HttpResponse:
    """Proposed bands across partners, side by side, before any school hears (S4)."""
    shown = get_object_or_404(Cycle, year=year)
    waiting = visible(
        Allocation.objects.filter(cycle=shown, state="moderation"),
        request.user,
        "allocation.moderate",
    ).select_related("school", "cycle")
    if request.method == "POST":
        ticked = set(request.POST.getlist("case"))
        chosen = [case for case in waiting if str(case.pk) in ticked]
        _release(request, chosen)
        return redirect("allocations:moderation", year)
    compared = moderating.compare(shown, waiting, by=request.user, at=timezone.now())
    context = _frame(request, shown) | {"compared": compared}
    return render(request, "allocations/cycle/moderation.html", context)


def _release(request: SignedIn, chosen: list[Allocation]) -> None:
    """Release the chosen ones, and say what became of each."""
    if not chosen:
        messages.error(request, "Tick at least one proposal to release it.")
        return
    released, problems = release_all(cases=chosen, by=request.user, at=timezone.now())
    if released:
        messages.success(request, f"Released to {_schools(released)}.")
    for problem in problems:
        messages.error(request, problem)


@needs("allocation.chase")
@require_POST
def remind(request: SignedIn, year: str) -> HttpResponse:
    """Remind every school that it is its turn, of those one may chase."""
    shown = get_object_or_404(Cycle, year=year)
    waiting = visible(
        Allocation.objects.filter(cycle=shown, state__in=actions.SCHOOL_TURN),
        request.user,
        "allocation.chase",
    ).select_related("school", "cycle")
    at = timezone.now()
    reminded = sum(actions.remind(case=case, by=request.user, at=at) for case in waiting)
    messages.success(request, f"Reminded {_schools(reminded)}.")
    return redirect("allocations:cycle", year)


@needs("cycle.run")
def spreadsheet(request: SignedIn, year: str) -> HttpResponse:
    """Bring last year in from a spreadsheet, with a report per row."""
    shown = get_object_or_404(Cycle, year=year)
    form = cycle_forms.BringInForm(request.POST or None, request.FILES or None)
    report: list[Outcome] = []
    if form.is_valid():
        with tempfile.TemporaryDirectory() as folder:
            # The name stands in what is said about the file, never in a path of its own.
            path = Path(folder) / "The file"
            path.write_bytes(form.cleaned_data["file"].read())
            try:
                report = bring_in(cycle=shown, path=path, by=request.user, at=timezone.now())
            except Refused as refused:
                form.add_error("file", str(refused))
    context = _frame(request, shown) | {
        "form": form,
        "columns": columns(shown.policy),
        "report": report,
        "refused": sum(bool(row.refused) for row in report),
        "taken": sum(bool(row.done) for row in report),
    }
    return render(request, "allocations/cycle/spreadsheet.html", context)


@needs("cycle.run")
def take_in(request: SignedIn, year: str) -> HttpResponse:
    """One more school: by invitation, or opened since."""
    shown = get_object_or_404(Cycle, year=year)
    form = cycle_forms.InviteForm(request.POST or None)
    if form.is_valid():
        school = School.objects.filter(pk=form.cleaned_data["urn"]).first()
        try:
            if school is None:
                raise Refused("The register has no school with this URN.")
            invite(cycle=shown, school=school, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error("urn", str(refused))
        else:
            messages.success(request, f"{school.name} is in the cycle.")
            return redirect("allocations:cycle", year)
    context = _frame(request, shown) | {"form": form}
    return render(request, "allocations/cycle/take_in.html", context)


@needs("allocation.inside")
@require_GET
def export(request: SignedIn, year: str) -> HttpResponse:
    """What one may see of the cycle as CSV, marked as confidential in every row."""
    shown = get_object_or_404(Cycle, year=year)
    found = queries.board(shown, request.user, queries.Filters(), today=timezone.localdate())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cycle-{year}.csv"'
    response["Cache-Control"] = "no-store"
    writer = csv.writer(response)
    writer.writerows(board.export(shown, found, today=timezone.localdate()))
    actions.note_export(cycle=shown, by=request.user, at=timezone.now())
    return response


def _frame(request: SignedIn, shown: Cycle) -> dict[str, Any]:
    """What every page of one cycle shows around its own."""
    return {
        "cycle": shown,
        "words": shown.policy.words,
        "pages": board.pages(shown, request.user, request.path),
    }


def _schools(number: int) -> str:
    return f"{number} school" if number == 1 else f"{number} schools"
