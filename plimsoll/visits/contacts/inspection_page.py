"""One inspection as its page shows it: each fact to whom may know it, and what comes next."""

from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from plimsoll.allocations.models import Allocation
from plimsoll.core.access import may, visible
from plimsoll.core.forms import long_date
from plimsoll.visits.contacts import inspections
from plimsoll.visits.contacts.workflow import INSPECTION
from plimsoll.visits.models import InspectionCall

# What was said of the allocation is as confidential as any note on it.
STANDING: Final = "standing.see"


def of(call: InspectionCall, user: Any, at: datetime) -> dict[str, Any]:
    state = INSPECTION.state(call)
    knows = may(user, STANDING, call)
    return {
        "call": call,
        "school": call.school,
        "state": state,
        "facts": _facts(call, knows=knows),
        "published": inspections.read_in(call),
        "steps": INSPECTION.offers(call, by=user, at=at),
        "review": _review(call, user) if knows and call.still_right is False else "",
    }


def _facts(call: InspectionCall, *, knows: bool) -> list[tuple[str, str]]:
    rows = [
        ("Inspectors called on", long_date(call.called_on)),
        ("They come on", long_date(call.starts_on)),
        ("Kind", call.kind),
        ("Lead inspector", call.lead),
        ("Takes part for the service", call.attended_by),
        ("Logged by", call.logged_by_name),
        ("Outcome heard on", long_date(call.heard_on) if call.heard_on else ""),
        ("Outcome, as it was told", call.outcome),
        ("Published on", long_date(call.published_on) if call.published_on else ""),
    ]
    if knows and call.still_right is not None:
        said = "still right" if call.still_right else "an in-year review is asked for"
        rows.append(("The allocation after it", f"{said}. {call.reviewed_why}"))
    return [(name, value) for name, value in rows if value]


def _review(call: InspectionCall, user: Any) -> str:
    """Where an in-year review of the newest agreed allocation is asked for."""
    settled = Allocation.objects.filter(school=call.school_id).exclude(concluded_at=None)
    newest = visible(settled, user, "allocation.see").order_by("-cycle__year", "-round").first()
    return reverse("allocations:review", args=[newest.pk]) if newest else ""
