"""The right grant of each school, from its allocation as it stands (E1, S6).

Before agreement it is provisional, at last year's band. Nothing is rewritten: a grant that no
longer holds is taken back by an entry of its own, and the right one follows it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from plimsoll.allocations.models import Allocation, Cycle
from plimsoll.core import audit
from plimsoll.core.models import Event
from plimsoll.framework.entitlements import shares
from plimsoll.people.models import User
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.visits.models import Entry

SEE: Final = "allocation.see"
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Grant:
    """One line of a grant, with what it comes from: two alike are the same grant."""

    line: str
    days: Decimal
    visits: int
    funding: str
    allocation: int
    band: str
    provisional: bool


@dataclass(frozen=True)
class Difference:
    """What must be taken back at one school, and what is missing there."""

    wrong: tuple[Entry, ...]
    missing: tuple[Grant, ...]


def bring_up_to_date(
    *, cycle: Cycle, at: datetime, by: User | None = None, school: School | None = None
) -> int:
    """Give each school (or this one) the grant that it should have; returns how many changed.

    Repeating it changes nothing, and two at once grant nothing twice. A year that is over
    stays as it ended.
    """
    today = timezone.localdate(at)
    if today > last_day(cycle.year):
        return 0
    urns = [school.pk] if school else None
    return sum(
        _grant_rightly(cycle, urn, by=by, at=at) for urn in sorted(differences(cycle, today, urns))
    )


def bring_all_up_to_date(*, at: datetime) -> int:
    """The same for every year that is not over, for the worker."""
    return sum(bring_up_to_date(cycle=cycle, at=at) for cycle in Cycle.objects.order_by("year"))


def first_day(year: str) -> date:
    """An academic year runs from 1 September: heads' posts begin and end with it."""
    return date(int(year[:4]), 9, 1)


def last_day(year: str) -> date:
    return date(int(year[:4]) + 1, 8, 31)


@transaction.atomic
def _grant_rightly(cycle: Cycle, urn: int, *, by: User | None, at: datetime) -> bool:
    """Look again with the school locked: another may have granted meanwhile."""
    school = School.objects.select_for_update().get(pk=urn)
    today = timezone.localdate(at)
    found = differences(cycle, today, [urn]).get(urn)
    if found is None:
        return False
    partner = partner_of(school, today)
    entries = [
        *(_taken_back(entry, found.missing) for entry in found.wrong),
        *(_granted(cycle, school, grant) for grant in found.missing),
    ]
    for entry in entries:
        entry.partner_id = partner
        entry.made_at, entry.made_by = at, by.pk if by else None
        entry.made_by_name = str(by) if by else "Plimsoll"
    Entry.objects.bulk_create(entries)
    audit.record(
        verb="days.granted",
        subject=school,
        by=by,
        at=at,
        permission=SEE,
        before={"days": str(-sum(entry.days for entry in entries if entry.reverses_id))},
        after={"days": str(sum(grant.days for grant in found.missing)), "year": cycle.year},
    )
    return True


def partner_of(school: School, today: date) -> int | None:
    """Whose days the school's are: its partner's of this day."""
    held = Assignment.objects.filter(in_force(today), role="sip", school=school)
    return held.order_by("-starts").values_list("person", flat=True).first()


def _taken_back(entry: Entry, missing: Iterable[Grant]) -> Entry:
    replaced = any(grant.line == entry.line for grant in missing)
    return Entry(
        school_id=entry.school_id,
        year=entry.year,
        edition=entry.edition,
        line=entry.line,
        kind=Entry.Kind.GRANT,
        days=-entry.days,
        visits=-entry.visits,
        funding=entry.funding,
        allocation_id=entry.allocation_id,
        band=entry.band,
        provisional=entry.provisional,
        reverses=entry,
        why="Taken back: another grant follows" if replaced else "Taken back: it no longer holds",
    )


def _granted(cycle: Cycle, school: School, grant: Grant) -> Entry:
    word = cycle.policy.words.band
    why = f"Provisional {word}" if grant.provisional else f"The {word} in force"
    return Entry(
        school=school,
        year=cycle.year,
        edition=cycle.edition,
        line=grant.line,
        kind=Entry.Kind.GRANT,
        days=grant.days,
        visits=grant.visits,
        funding=grant.funding,
        allocation_id=grant.allocation,
        band=grant.band,
        provisional=grant.provisional,
        why=why,
    )


# --- what there should be, beside what there is --------------------------------------


def differences(
    cycle: Cycle, today: date, urns: list[int] | None = None
) -> Mapping[int, Difference]:
    """The schools whose standing grant is not the right one: three queries for any number."""
    cases, standing = _cases(cycle, urns), _standing(cycle, urns)
    new_heads = _new_heads(cycle.year, today, urns)
    found = {}
    for urn in cases.keys() | standing.keys():
        wanted = set(_wanted(cycle, cases.get(urn, []), new_head=urn in new_heads))
        held = {_as_grant(entry): entry for entry in standing.get(urn, ())}
        if wanted != held.keys():
            wrong = sorted((held[grant] for grant in held.keys() - wanted), key=lambda e: e.pk)
            missing = sorted(wanted - held.keys(), key=lambda grant: grant.line)
            found[urn] = Difference(tuple(wrong), tuple(missing))
    return found


def _wanted(cycle: Cycle, rounds: list[Allocation], *, new_head: bool) -> Iterable[Grant]:
    """The grant by the newest round that is concluded; before the first, by last year's band."""
    concluded = [case for case in rounds if case.concluded_at and (case.heard_at or not case.band)]
    case = concluded[-1] if concluded else rounds[0] if rounds else None
    if case is None:
        return []
    band = case.band if concluded else case.previous_band
    entitlement = cycle.policy.entitlements.get(band)
    if entitlement is None:  # an academy that declines, or a school without last year's band
        return []
    provisional = not concluded or case.was_provisional  # type: ignore[attr-defined]
    return [
        Grant(each.line, each.days, each.visits, each.funding, case.pk, band, provisional)
        for each in shares(entitlement, school_type=case.school.type, new_head=new_head)
    ]


def _cases(cycle: Cycle, urns: list[int] | None) -> Mapping[int, list[Allocation]]:
    """Each school's rounds, the first first.

    A provisional band stays one while a review of it is prepared: then the step that opened
    the review tells what it was.
    """
    reviewed = Event.objects.filter(
        verb="allocation.open_review",
        subject="allocations.allocation",
        subject_id=OuterRef("pk"),
        before__state="provisional",
    )
    rows = _at(Allocation.objects.filter(cycle=cycle), urns).annotate(
        was_provisional=Q(state="provisional") | Exists(reviewed)
    )
    found: dict[int, list[Allocation]] = defaultdict(list)
    for case in rows.select_related("school").order_by("round"):
        found[case.school_id].append(case)
    return found


def _standing(cycle: Cycle, urns: list[int] | None) -> Mapping[int, list[Entry]]:
    """The grants that nothing has taken back, by school."""
    grants = Entry.objects.filter(
        year=cycle.year, kind=Entry.Kind.GRANT, reverses=None, reversed_by=None
    )
    found = defaultdict(list)
    for entry in _at(grants, urns).order_by("pk"):
        found[entry.school_id].append(entry)
    return found


def _new_heads(year: str, today: date, urns: list[int] | None) -> set[int]:
    """Where somebody new to headship has been head at any time of the year so far (E1)."""
    began = Q(starts__lte=today) & (Q(ends=None) | Q(ends__gte=first_day(year)))
    heads = Assignment.objects.filter(began, role="head", first_headship=True, school__isnull=False)
    return set(_at(heads, urns).values_list("school_id", flat=True))


def _at(rows: QuerySet[M], urns: list[int] | None) -> QuerySet[M]:
    """Those of these schools, or of all."""
    return rows if urns is None else rows.filter(school__in=urns)


def _as_grant(entry: Entry) -> Grant:
    return Grant(
        entry.line,
        entry.days,
        entry.visits,
        entry.funding,
        entry.allocation_id or 0,
        entry.band,
        entry.provisional,
    )
