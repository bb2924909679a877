"""What a person writes in the ledger: an adjustment, days added, days carried over."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from plimsoll.allocations.brings import in_days
from plimsoll.allocations.models import Cycle
from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.days.granting import SEE, bring_up_to_date, partner_of
from plimsoll.visits.days.lines import EXTRA
from plimsoll.visits.days.queries import Balance, balances
from plimsoll.visits.models import Entry

CHANGE: Final = "days.change"
QUARTER: Final = Decimal("0.25")
IN_QUARTERS: Final = "Days are kept in quarters, like 0.25, 0.5 or 1."
VERBS: Final = {
    Entry.Kind.ADJUST: "days.adjusted",
    Entry.Kind.EXTRA: "days.added",
    Entry.Kind.CARRY: "days.carried",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """What somebody wants to write in the ledger of one school."""

    cycle: Cycle
    school: School
    days: Decimal
    funding: str
    why: str
    by: User
    at: datetime
    line: str = EXTRA
    term: str = ""


@transaction.atomic
def adjust(change: Change) -> Entry:
    """Give more days on a line, or take some away. Raises Refused below what is left."""
    _begin(change)
    if twin := _twin(change, Entry.Kind.ADJUST):
        return twin
    there = _on_line(change, change.cycle.year)
    if there is None:
        raise Refused("The school has no days on this line that could be adjusted.")
    if there.left + change.days < 0:
        raise Refused(f"No more can be taken away there than is left: {in_days(there.left)}.")
    return _write(change, Entry.Kind.ADJUST)


@transaction.atomic
def add_extra(change: Change) -> Entry:
    """Days beyond the entitlement: bought by the school, or commissioned for it (F3)."""
    _begin(change)
    _more_than_none(change)
    if change.funding not in {source.id for source in change.cycle.policy.funding}:
        raise Refused("Say where these days come from, as the policy names it.")
    return _twin(change, Entry.Kind.EXTRA) or _write(change, Entry.Kind.EXTRA)


@transaction.atomic
def carry_over(change: Change) -> Entry:
    """Bring days over that were left of the year before.

    Where that year was kept here they leave it, and no more can be brought than it has left.
    """
    _begin(change)
    _more_than_none(change)
    if twin := _twin(change, Entry.Kind.CARRY):
        return twin
    if _on_line(change, change.cycle.year) is None:
        raise Refused("The school has no such line to which days could be carried.")
    before = Cycle.objects.filter(year__lt=change.cycle.year).order_by("-year").first()
    if before and Entry.objects.filter(school=change.school, year=before.year).exists():
        there = _on_line(change, before.year) or Balance()
        if there.left < change.days:
            raise Refused(f"{before.year} has no more left there than {in_days(there.left)}.")
        _write(replace(change, cycle=before, days=-change.days), Entry.Kind.CARRY)
    return _write(change, Entry.Kind.CARRY)


def _begin(change: Change) -> None:
    """Locks the school, so that what is left is still left when the entry is written."""
    cycle, school = change.cycle, change.school
    School.objects.select_for_update().get(pk=school.pk)
    if not may(change.by, CHANGE, school):
        raise Refused("Your role at this school does not allow you to change its days.")
    if not cycle.allocations.filter(school=school).exists():
        raise Refused(f"This school is not in the {cycle.policy.words.cycle} {cycle.year}.")
    if not change.days or change.days % QUARTER:
        raise Refused(IN_QUARTERS)
    if not change.why.strip():
        raise Refused("Say why: the reason stays in the ledger.")
    bring_up_to_date(cycle=cycle, school=school, at=change.at)


def _more_than_none(change: Change) -> None:
    if change.days < 0:
        raise Refused("The days must be more than nought. To take days away, adjust a line.")


def _on_line(change: Change, year: str) -> Balance | None:
    """What the line comes to in a year; None where it has no entry."""
    own = Entry.objects.filter(school=change.school, year=year)
    there = own.filter(line=change.line, funding=change.funding)
    return balances(there, "line").get((change.line,))


def _twin(change: Change, kind: Entry.Kind) -> Entry | None:
    """The same from the same person on the same day for the same reason is a second click."""
    day = timezone.localdate(change.at)
    return Entry.objects.filter(
        school=change.school,
        year=change.cycle.year,
        kind=kind,
        line=change.line,
        funding=change.funding,
        days=change.days,
        why=change.why,
        term=change.term,
        made_by=change.by.pk,
        made_at__date=day,
    ).first()


def _write(change: Change, kind: Entry.Kind) -> Entry:
    entry = Entry.objects.create(
        school=change.school,
        year=change.cycle.year,
        edition=change.cycle.edition,
        line=change.line,
        kind=kind,
        days=change.days,
        funding=change.funding,
        term=change.term,
        partner_id=partner_of(change.school, timezone.localdate(change.at)),
        why=change.why,
        made_at=change.at,
        made_by=change.by.pk,
        made_by_name=change.by.name,
    )
    audit.record(
        verb=VERBS[kind],
        subject=change.school,
        by=change.by,
        at=change.at,
        permission=SEE,
        after={
            "days": str(change.days),
            "line": change.line,
            "year": change.cycle.year,
            "why": change.why,
        },
    )
    return entry


@transaction.atomic
def note_export(*, cycle: Cycle, by: User, at: datetime) -> None:
    """Taking the days of the schools away is an event."""
    audit.record(
        verb="days.exported",
        subject=cycle,
        by=by,
        at=at,
        permission="cycle.see",
        after={"year": cycle.year},
    )
