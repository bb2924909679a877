"""Planning a school's year in one step (E2)."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import holds, may
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.days.granting import bring_up_to_date, first_day, last_day, partner_of
from plimsoll.visits.diary.actions import PLAN, NewVisit, plan_visit
from plimsoll.visits.models import Visit
from plimsoll.visits.planning.needs import needs
from plimsoll.visits.planning.question import Need


@dataclass(frozen=True)
class Chosen:
    """One visit of the year plan as it was sent."""

    kind: str
    funding: str
    on: date
    part: str
    mode: str


class Changed(Refused):
    """What is left of the days is no longer what the proposal was made from."""


def partner_for(school: School, user: User, today: date) -> User | None:
    """In whose diary the visits go: one's own, for who is the partner, or the partner's."""
    if holds(user, "sip", school):
        return user
    partner = partner_of(school, today)
    return User.objects.get(pk=partner) if partner else None


def seal(found: Sequence[Need], partner: User) -> str:
    """Tells whether a proposal is still made from what is left."""
    return hashlib.sha256(repr((partner.pk, found)).encode()).hexdigest()


@transaction.atomic
def plan_year(
    *,
    cycle: Cycle,
    school: School,
    partner: User,
    chosen: Sequence[Chosen],
    seen: str,
    by: User,
    at: datetime,
) -> list[Visit]:
    """Plan all of these visits, or none of them; the school hears once.

    Sent a second time it plans nothing and gives the same back. Raises Changed where the days
    left have changed since `seen` was made, Refused with what to put right.
    """
    School.objects.select_for_update().get(pk=school.pk)
    if not may(by, PLAN, school):
        raise Refused("Your role at this school does not allow you to plan its visits.")
    if there := _there_already(cycle, school, chosen):
        return there
    bring_up_to_date(cycle=cycle, school=school, at=at)
    found = needs(school, cycle).found
    if seen != seal(found, partner):
        raise Changed(
            "The days that are left have changed since you opened this page. Nothing is planned: "
            "look at what is left of each, and try again."
        )
    _check(found, chosen)
    by_key = {(need.kind, need.funding): need for need in found}
    return [
        plan_visit(
            cycle=cycle,
            school=school,
            wanted=_wanted(by_key[each.kind, each.funding], each, partner),
            by=by,
            at=at,
        )
        for each in chosen
    ]


def _there_already(cycle: Cycle, school: School, chosen: Sequence[Chosen]) -> list[Visit]:
    """The visits, where each one is in the diary; none where none is."""
    rows = Visit.objects.filter(school=school, year=cycle.year).exclude(state="cancelled")
    every = {(visit.kind, visit.on, visit.part): visit for visit in rows}
    there = [
        every[each.kind, each.on, each.part]
        for each in chosen
        if (each.kind, each.on, each.part) in every
    ]
    if there and len(there) < len(chosen):
        raise Refused(f"{there[0].type.label} is in the diary already on one of these days.")
    return there


def _check(found: Sequence[Need], chosen: Sequence[Chosen]) -> None:
    if not chosen:
        raise Refused("Tick at least one visit to plan.")
    if len({(each.kind, each.on, each.part) for each in chosen}) < len(chosen):
        raise Refused("Two visits of one kind are on one day. Give them different days.")
    left = {(need.kind, need.funding): need.left for need in found}
    for key, count in Counter((each.kind, each.funding) for each in chosen).items():
        if count > left.get(key, 0):
            raise Refused("More visits of one kind are ticked than are left. Leave some out.")


def _wanted(need: Need, each: Chosen, partner: User) -> NewVisit:
    return NewVisit(
        kind=need.kind,
        on=each.on,
        partner=partner,
        days=need.days,
        visits=need.visits,
        funding=need.funding,
        part=each.part,
        mode=each.mode,
    )


def first_and_last(year: str, today: date) -> tuple[date, date]:
    """Between which days a visit of the year can be put: never before today."""
    return max(first_day(year), today), last_day(year)
