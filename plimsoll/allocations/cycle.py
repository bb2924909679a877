"""Opening and closing a year's cycle, and what it starts with (S1)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from plimsoll.allocations.models import Allocation, Cycle, PastBand
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core import audit
from plimsoll.core.models import Event
from plimsoll.core.workflow import Refused, begin
from plimsoll.framework.editions import editions
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import School

FIRST_STATE = "not_started"


@transaction.atomic
def open_cycle(*, year: str, closes_on: date | None, by: User | None, at: datetime) -> Cycle:
    """Open a year's cycle over every school that the policy names, with last year's bands.

    Raises Refused where there is no edition for the year, or the cycle is open already.
    """
    policy = edition_of(year)
    cycle, fresh = Cycle.objects.get_or_create(
        year=year,
        defaults={
            "edition": policy.key,
            "edition_digest": policy.digest,
            "opened_at": at,
            "opened_by": str(by) if by else "Plimsoll",
            "closes_on": closes_on,
        },
    )
    if not fresh:
        raise Refused(f"The cycle {year} was opened already.")
    taken_in = take_in(cycle, in_scope(policy), by=by, at=at)
    audit.record(
        verb="cycle.opened",
        subject=cycle,
        by=by,
        at=at,
        permission="cycle.see",
        after={"year": year, "edition": policy.key, "schools": taken_in},
    )
    return cycle


def edition_of(year: str) -> Edition:
    """This authority's edition for an academic year. Raises Refused where it has none."""
    for policy in editions():
        if policy.year == year:
            return policy
    raise Refused(
        f"There is no policy for {year}. Add the year's file to the authority's policy folder "
        "and run `plimsoll policy check`."
    )


def in_scope(policy: Edition) -> QuerySet[School]:
    """Every open school of the types that policy names; those by invitation are left out."""
    types = set(policy.scope.school_types) - set(policy.scope.by_invitation)
    return School.objects.filter(
        la__in=policy.authority.la_codes, status__in=("1", "3"), type__in=types
    )


@transaction.atomic
def take_in(cycle: Cycle, schools: Iterable[School], *, by: User | None, at: datetime) -> int:
    """Begin an allocation for each school that has none in the cycle; returns how many."""
    there = set(cycle.allocations.values_list("school_id", flat=True))
    fresh = sorted(
        (school for school in schools if school.urn not in there), key=lambda school: school.name
    )
    before = bands_in_force([school.urn for school in fresh])
    cases = Allocation.objects.bulk_create(
        [
            begin(
                Allocation(
                    cycle=cycle,
                    school=school,
                    edition=cycle.edition,
                    previous_band=before.get(school.urn, ""),
                ),
                state=FIRST_STATE,
                at=at,
            )
            for school in fresh
        ],
        batch_size=1000,
    )
    Event.objects.bulk_create(
        [
            Event(
                at=at,
                actor=by.pk if by else None,
                actor_name=str(by) if by else "Plimsoll",
                verb="allocation.opened",
                subject="allocations.allocation",
                subject_id=case.pk,
                urn=case.school_id,
                permission="allocation.see",
                after={"state": FIRST_STATE, "year": cycle.year},
            )
            for case in cases
        ],
        batch_size=1000,
    )
    return len(cases)


def bands_in_force(urns: list[int]) -> dict[int, str]:
    """The band each school holds now: its latest concluded one, else what was brought in."""
    chosen: dict[int, str] = {}
    for some in _batches(urns):
        past = PastBand.objects.filter(school__in=some).order_by("year")
        chosen |= dict(past.values_list("school_id", "band"))
        held = Allocation.objects.filter(school__in=some, concluded_at__isnull=False)
        rows = held.exclude(band="").order_by("concluded_at", "pk")
        chosen |= dict(rows.values_list("school_id", "band"))
    return chosen


def _batches(urns: list[int], size: int = 500) -> Iterable[list[int]]:
    return (urns[start : start + size] for start in range(0, len(urns), size))


@transaction.atomic
def close_cycle(*, cycle: Cycle, by: User, at: datetime) -> None:
    """Close the cycle. Raises Refused while an allocation is not concluded."""
    locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if locked.closed_at:
        raise Refused(f"The cycle {cycle.year} is closed already.")
    waiting = locked.allocations.filter(concluded_at=None).count()
    if waiting:
        what = "1 allocation is" if waiting == 1 else f"{waiting} allocations are"
        raise Refused(
            f"{what} not concluded yet: agree or decide it, set a provisional "
            f"{locked.policy.words.band}, or record that the academy declines."
        )
    locked.closed_at, locked.closed_by = at, by.name
    locked.save()
    audit.record(
        verb="cycle.closed",
        subject=locked,
        by=by,
        at=at,
        permission="cycle.see",
        after={"year": cycle.year},
    )


@transaction.atomic
def invite(*, cycle: Cycle, school: School, by: User, at: datetime) -> Allocation:
    """Take a school in that takes part by invitation only, or that opened later.

    Raises Refused where policy gives schools of its type no allocation.
    """
    policy = cycle.policy
    if cycle.closed_at:
        raise Refused(f"The cycle {cycle.year} is closed.")
    if school.la not in policy.authority.la_codes:
        raise Refused("This school belongs to another authority.")
    if school.type not in policy.scope.school_types or not school.is_open:
        raise Refused("The framework gives no allocation to a school of this type or status.")
    if not take_in(cycle, [school], by=by, at=at):
        raise Refused("This school is in the cycle already.")
    return cycle.allocations.get(school=school, round=1)


def release_all(*, cases: Iterable[Allocation], by: User, at: datetime) -> tuple[int, list[str]]:
    """Release moderated proposals to their schools in one go; says which could not go."""
    released, problems = 0, []
    for case in cases:
        step = "release" if case.policy.allocation.mode == "negotiated" else "inform"
        try:
            ALLOCATION.take(case, step, by=by, at=at, version=case.version)
        except Refused as problem:
            problems.append(f"{case.school}: {problem}")
        else:
            released += 1
    return released, problems
