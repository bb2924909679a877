"""The days of one school, on its own page."""

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import may, needs
from plimsoll.desk.views.schools import framed, render_school
from plimsoll.people.requests import SignedIn
from plimsoll.visits.days.actions import CHANGE
from plimsoll.visits.days.ledger import ledger
from plimsoll.visits.diary.actions import PLAN
from plimsoll.visits.summaries.queries import issued_at


@needs("allocation.see")
@never_cache
@require_GET
def visits(request: SignedIn, urn: int) -> HttpResponse:
    """The ledger of a year that the school is in, the newest unless asked."""
    frame = framed(request, urn, "Visits", permission="allocation.see")
    cycles = {turn.case.cycle.year: turn.case.cycle for turn in frame.turns}
    asked = request.GET.get("year") or next(iter(cycles), "")
    cycle: Cycle | None = cycles.get(asked)
    if cycle is None:
        raise Http404
    context = {
        "ledger": ledger(frame.school, cycle, request.user),
        "years": list(cycles),
        "words": cycle.policy.words,
        "summaries": issued_at(frame.school, request.user),
        "may_change": may(request.user, CHANGE, frame.school),
        "may_plan": may(request.user, PLAN, frame.school),
    }
    return render_school(request, "desk/school/visits.html", frame, context)
