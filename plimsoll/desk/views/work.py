"""My work: what waits for me, what is due next, what changed since I was last here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from plimsoll.allocations.models import Allocation
from plimsoll.allocations.queries import side_of, since, state_label
from plimsoll.core import outbox
from plimsoll.core.access import SIGNED_IN, may, needs, visible
from plimsoll.core.models import Event
from plimsoll.desk import chronology, waiting
from plimsoll.evidence.models import ImportRun
from plimsoll.intervention.watch import listing as watch_list
from plimsoll.people.models import Invitation, User
from plimsoll.schools.models import School

# Before a first visit there is no last one.
FIRST_VISIT: Final = timedelta(days=14)
CHANGES: Final = 12
SCHOOLS: Final = 60


@dataclass(frozen=True)
class Mine:
    """One of my schools, with where its allocation stands for whoever may know."""

    school: School
    state: str = ""
    since: datetime | None = None


@needs(SIGNED_IN)
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    user, at = request.user, timezone.now()
    own = waiting.own_schools(user)
    last, today = last_visit(user, at), timezone.localdate(at)
    context = {
        "title": "My work",
        "worries": waiting.worries(user),
        "day": waiting.your_day(user, today),
        "waiting": waiting.items(user, at),
        "to_plan": waiting.to_plan(user),
        "late": waiting.late_by_friday(user, today),
        "due": waiting.next_due(user, today),
        "reads_calls": may(user, "call.see"),
        "watched": watch_list.summary(user, today),
        "since": last,
        "changes": chronology.lines(chronology.since(user, last, own)[:CHANGES]),
        "schools": _my_schools(user, own),
        "today": today,
    }
    return render(request, "desk/work.html", context | _housekeeping(user, at))


def last_visit(user: Any, at: datetime) -> datetime:
    """When the person signed in before this time: told from the audit trail."""
    signed_in = Event.objects.filter(
        subject=User._meta.label_lower, subject_id=user.pk, verb="person.signed-in"
    ).order_by("-at", "-pk")
    before = list(signed_in.values_list("at", flat=True)[1:2])
    return before[0] if before else at - FIRST_VISIT


def _my_schools(user: Any, own: list[int]) -> list[Mine]:
    schools = visible(School.objects.filter(pk__in=own), user, "school.see")
    cases = visible(Allocation.objects.filter(school__in=own), user, "allocation.see")
    open_cases = cases.filter(cycle__closed_at=None).select_related("school", "cycle")
    latest = {case.school_id: case for case in open_cases.order_by("cycle__year", "round")}
    return [
        _mine(user, school, latest.get(school.urn)) for school in schools.order_by("name")[:SCHOOLS]
    ]


def _mine(user: Any, school: School, case: Allocation | None) -> Mine:
    if case is None:
        return Mine(school)
    side = side_of(user, case)
    return Mine(school, state_label(case, side), since(case, side))


def _housekeeping(user: Any, at: datetime) -> dict[str, Any]:
    """What waits for those who keep the service running; nothing of schools' allocations."""
    found: dict[str, Any] = {}
    if may(user, "import.run"):
        found["imports"] = ImportRun.objects.order_by("-at", "-pk")[:5]
    if may(user, "people.change"):
        open_ones = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
        found["invitations"] = open_ones.order_by("invited_at")[:CHANGES]
        found["stuck"] = outbox.stuck(at=at)[:CHANGES]
    return found
