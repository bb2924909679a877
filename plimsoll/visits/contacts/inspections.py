"""A school told the service that inspectors come: who hears of it, and what became of it (U1)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused, begin
from plimsoll.evidence.models import Inspection
from plimsoll.framework.editions import current
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.schools.telling import tell
from plimsoll.visits.contacts.workflow import TOOK_PLACE, UNPUBLISHED
from plimsoll.visits.models import InspectionCall

SEE: Final = "inspection.see"
LOG: Final = "inspection.log"


@dataclass(frozen=True, kw_only=True)
class Coming:
    """What is known of an inspection when the school is called."""

    called_on: date
    starts_on: date
    kind: str = ""
    lead: str = ""
    attended_by: str = ""


@transaction.atomic
def log(*, school: School, coming: Coming, by: User, at: datetime) -> InspectionCall:
    """Log the call and tell the service. The same inspection is there already: a second click."""
    School.objects.select_for_update().get(pk=school.pk)
    if not may(by, LOG, school):
        raise Refused("Your role at this school does not allow you to log an inspection.")
    twin = InspectionCall.objects.filter(
        school=school, starts_on=coming.starts_on, state__in=TOOK_PLACE
    )
    if found := twin.first():
        return found
    call = InspectionCall(school=school, logged_at=at, logged_by_name=by.name, **asdict(coming))
    begin(call, state="called", at=at).save()
    day = {"starts_on": coming.starts_on.isoformat()}
    audit.record(
        verb="inspection-call.logged", subject=call, by=by, at=at, permission=SEE, after=day
    )
    _tell(call, by=by, at=at)
    return call


def _tell(call: InspectionCall, *, by: User, at: datetime) -> None:
    tell(
        "inspection-call",
        policy=current(),
        school=call.school,
        permission=SEE,
        link=reverse("visits:inspection", args=[call.pk]),
        cause=f"inspection:{call.pk}",
        day=call.starts_on,
        by=by,
        at=at,
    )


def read_in(call: InspectionCall) -> Inspection | None:
    """What was published of it, once an import has brought it: it is never typed in twice."""
    if call.state not in TOOK_PLACE:
        return None
    since = Inspection.objects.filter(urn=call.school_id, starts__gte=call.called_on)
    return since.exclude(published=None).order_by("starts").first()


def published_unsaid() -> QuerySet[InspectionCall]:
    """Those that an import has brought as published, and nobody has said so yet."""
    brought = Inspection.objects.filter(
        urn=OuterRef("school_id"), starts__gte=OuterRef("called_on"), published__isnull=False
    )
    return InspectionCall.objects.filter(Exists(brought), state__in=UNPUBLISHED)
