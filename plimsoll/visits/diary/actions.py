"""Putting a visit in the diary."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction

from plimsoll.allocations.models import Cycle
from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused, begin
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.days.lines import EXTRA
from plimsoll.visits.days.visited import plan
from plimsoll.visits.diary.notify import tell_of_plan
from plimsoll.visits.models import Visit

PLAN = "visit.plan"


@dataclass(frozen=True, kw_only=True)
class NewVisit:
    """What is to be planned: of which type, when, how, and whose days it takes."""

    kind: str
    on: date
    partner: User
    days: Decimal
    funding: str
    visits: int = 0  # where policy counts visits and not days
    part: str = Visit.Part.DAY
    starts: time | None = None
    mode: str = Visit.Mode.IN_PERSON
    purpose: str = ""
    others: str = ""


@transaction.atomic
def plan_visit(*, cycle: Cycle, school: School, wanted: NewVisit, by: User, at: datetime) -> Visit:
    """Plan one visit: it stands in the diary and its days are spoken for.

    The same type on the same day and part of it is there already: it is given back, so that a
    second click plans nothing twice. Raises Refused with what to do.
    """
    School.objects.select_for_update().get(pk=school.pk)
    if not may(by, PLAN, school):
        raise Refused("Your role at this school does not allow you to plan its visits.")
    twin = Visit.objects.filter(
        school=school, kind=wanted.kind, on=wanted.on, part=wanted.part, year=cycle.year
    ).exclude(state="cancelled")
    if found := twin.first():
        return found
    type_ = cycle.policy.visit(wanted.kind)
    visit = Visit(
        school=school,
        year=cycle.year,
        edition=cycle.edition,
        kind=wanted.kind,
        private=type_.content_private,
        line=type_.line or EXTRA,
        funding=wanted.funding,
        days=wanted.days,
        visits=wanted.visits,
        partner=wanted.partner,
        on=wanted.on,
        part=wanted.part,
        starts=wanted.starts,
        mode=wanted.mode,
        purpose="" if type_.content_private else wanted.purpose,
        others="" if type_.content_private else wanted.others,
    )
    begin(visit, state="planned", at=at).save()
    plan(visit, by=by, at=at)
    tell_of_plan(visit, by=by, at=at)
    audit.record(
        verb="visit.planned",
        subject=visit,
        by=by,
        at=at,
        permission="visit.see",
        after={"on": wanted.on.isoformat(), "kind": wanted.kind},
    )
    return visit
