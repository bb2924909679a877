"""A save that came too late in some parts: both texts for the writer to choose from (Q1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from plimsoll.core import stale
from plimsoll.core.models import Versioned
from plimsoll.core.parts import seen
from plimsoll.visits.agreed.agreeing import FIELDS
from plimsoll.visits.models import FollowUp, Passage, Report
from plimsoll.visits.reports.writing.form import WritingForm, follow, text_of
from plimsoll.visits.reports.writing.passages import Clash, last_save


def page(request: HttpRequest, data: QueryDict, *, report: Report, clash: Clash) -> HttpResponse:
    """Show both. Every other part of the form comes along and is saved with what is chosen."""
    mine, saved = data.copy(), dict[str, Any]()
    for each in clash.late:
        part = _part(each)
        saved |= _values(each)
        # Sent again, it is meant for what is saved now.
        mine[seen(part)] = f"{each.version}."
        if isinstance(each, Passage):
            for kind in ("criteria", "priorities"):
                name = f"{kind}-{part}"
                mine.setlist(name, sorted({*getattr(each, kind), *data.getlist(name)}))
    last = last_save(report)
    return stale.page(
        request,
        WritingForm(mine, report=report),
        saved=saved,
        by=last.actor_name if last else "Somebody else",
        at=last.at if last else report.state_since,
        version=report.version,
    )


def _part(each: Versioned) -> str:
    match each:
        case Passage():
            return each.section
        case FollowUp():
            return follow(each.action_id)
        case _:
            return f"action-{each.pk}"


def _values(each: Versioned) -> dict[str, Any]:
    """What is saved now, by field."""
    part = _part(each)
    if isinstance(each, Passage | FollowUp):
        return {text_of(part): each.text}
    return {f"{part}-{name}": getattr(each, name) for name in FIELDS}
