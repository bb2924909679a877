"""Balances: sums of the ledger's entries, in one query for one school or for a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum

from plimsoll.core.access import visible
from plimsoll.people.models import User
from plimsoll.visits.models import Entry

Kind = Entry.Kind
ENTITLES: Final = (Kind.GRANT, Kind.ADJUST, Kind.EXTRA, Kind.CARRY)
NONE: Final = Decimal(0)


@dataclass(frozen=True)
class Balance:
    """What one line of one school comes to; or, added up, a school or a list of them."""

    entitled: Decimal = NONE
    planned: Decimal = NONE
    used: Decimal = NONE
    visits_entitled: int = 0
    visits_planned: int = 0
    visits_used: int = 0

    @property
    def left(self) -> Decimal:
        """What has not been used; days that are planned are not used yet."""
        return self.entitled - self.used

    @property
    def visits_left(self) -> int:
        return self.visits_entitled - self.visits_used

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            self.entitled + other.entitled,
            self.planned + other.planned,
            self.used + other.used,
            self.visits_entitled + other.visits_entitled,
            self.visits_planned + other.visits_planned,
            self.visits_used + other.visits_used,
        )


def entries(user: User, permission: str = "allocation.see") -> QuerySet[Entry]:
    """The entries that this person may read: days tell the band, so whoever may know it (S7)."""
    return visible(Entry.objects.all(), user, permission)


def balances(found: QuerySet[Entry], *by: str) -> dict[tuple[Any, ...], Balance]:
    """The sums of these entries by one or more columns, in one query."""
    entitling = Q(kind__in=ENTITLES)
    rows = (
        found.order_by()
        .values_list(*by)
        .annotate(
            entitled=Sum("days", filter=entitling),
            planned=Sum("days", filter=Q(kind=Kind.PLAN)),
            used=Sum("days", filter=Q(kind=Kind.DELIVER)),
            visits_entitled=Sum("visits", filter=entitling),
            visits_planned=Sum("visits", filter=Q(kind=Kind.PLAN)),
            visits_used=Sum("visits", filter=Q(kind=Kind.DELIVER)),
        )
    )
    columns = len(by)
    return {row[:columns]: _balance(row[columns:]) for row in rows}


def _balance(sums: Sequence[Any]) -> Balance:
    """A sum over nothing is NULL, and here nought."""
    given = {each.name: value for each, value in zip(fields(Balance), sums, strict=True) if value}
    return Balance(**given)


def total(each: Iterable[Balance]) -> Balance:
    return sum(each, Balance())
