"""What a visit does to the ledger: it takes days as planned, then as delivered, or gives them back.

Nothing is rewritten. What the ledger says of the visit is compared with what it should say,
and the difference is written: so a step taken twice writes nothing twice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db.models import Q, Sum

from plimsoll.people.models import User
from plimsoll.schools.models import School, Term
from plimsoll.visits.models import Entry, Visit

NOTHING: Final = Decimal(0)


@dataclass(frozen=True)
class _Taken:
    """Days, and visits where policy counts those."""

    days: Decimal = NOTHING
    visits: int = 0

    def __bool__(self) -> bool:
        return bool(self.days or self.visits)

    def __sub__(self, other: "_Taken") -> "_Taken":
        return _Taken(self.days - other.days, self.visits - other.visits)


def plan(visit: Visit, *, by: User, at: datetime) -> None:
    """The days of the visit are spoken for."""
    _settle(visit, Entry.Kind.PLAN, by=by, at=at)


def deliver(visit: Visit, *, by: User, at: datetime) -> None:
    """The visit was held: its days are used."""
    _settle(visit, Entry.Kind.DELIVER, by=by, at=at)


def charge(visit: Visit, *, by: User, at: datetime) -> None:
    """The visit was not held and its days are used all the same."""
    _settle(visit, Entry.Kind.DELIVER, by=by, at=at)


def undo(visit: Visit, *, by: User, at: datetime) -> None:
    """The days of the visit are free again."""
    _settle(visit, None, by=by, at=at)


def _settle(visit: Visit, kind: Entry.Kind | None, *, by: User, at: datetime) -> None:
    own = _Taken(visit.days, visit.visits)
    there = _there(visit)
    for each in (Entry.Kind.PLAN, Entry.Kind.DELIVER):
        wanted = own if each == kind else _Taken()
        if more := wanted - there[each]:
            _write(visit, each, more, by=by, at=at)


def _there(visit: Visit) -> dict[str, _Taken]:
    rows = Entry.objects.filter(visit=visit).order_by().values_list("kind")
    sums = {
        kind: _Taken(days, visits)
        for kind, days, visits in rows.annotate(Sum("days"), Sum("visits"))
    }
    return {kind: sums.get(kind, _Taken()) for kind in (Entry.Kind.PLAN, Entry.Kind.DELIVER)}


def _write(visit: Visit, kind: Entry.Kind, taken: _Taken, *, by: User, at: datetime) -> None:
    Entry.objects.create(
        school=visit.school,
        year=visit.year,
        edition=visit.edition,
        line=visit.line,
        kind=kind,
        days=taken.days,
        visits=taken.visits,
        funding=visit.funding,
        term=term_on(visit.school, visit.held_on or visit.on),
        partner=visit.partner,
        why=visit.type.label,
        made_at=at,
        made_by=by.pk,
        made_by_name=by.name,
        visit=visit,
    )


def term_on(school: School, day: date) -> str:
    """The name of the school's term on that day, or of the last one begun; none if unknown."""
    begun = Term.objects.filter(Q(school=None) | Q(school=school), starts__lte=day)
    newest = begun.order_by("-starts", "-pk").first()
    return newest.name if newest else ""
