"""Everything that the file of a case could hold, read at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from plimsoll.framework.intervening import Audience
from plimsoll.intervention.bundle import around, case_duties, case_records
from plimsoll.intervention.bundle.around import Span
from plimsoll.intervention.bundle.entries import Entry, Paper, in_order
from plimsoll.intervention.bundle.papers import papers
from plimsoll.intervention.models import Bundle, Case


@dataclass(frozen=True)
class Gathered:
    """What there is, whether it goes in or not."""

    case: Case
    audience: Audience
    entries: list[Entry]
    papers: list[Paper]
    held_since: date | None

    @property
    def all(self) -> list[Entry | Paper]:
        return [*self.entries, *self.papers]

    @property
    def keys(self) -> set[str]:
        return {each.key for each in self.all}


@contextmanager
def one_reading() -> Iterator[None]:
    """What is read inside was so at one moment, however long it takes and whoever writes.

    SQLite gives that to any transaction. PostgreSQL is asked before the first query, which a
    transaction that somebody else began has behind it.
    """
    first = not connection.in_atomic_block
    with transaction.atomic():
        if first and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def gather(bundle: Bundle, *, at: datetime) -> Gathered:
    """As many queries for any number of records."""
    with one_reading():
        case = Case.objects.select_related("school").get(pk=bundle.case_id)
        audience = audience_of(bundle)
        span = Span(
            case.school, case.opened_on, case.closed_on or timezone.localdate(at), case.policy
        )
        entries = in_order(
            [
                *case_records.entries(case),
                *case_duties.entries(case),
                *around.entries(span, allocation=audience.allocation),
            ]
        )
        kept = papers(case, span, allocation=audience.allocation)
        hold = case.holds.filter(lifted_at=None).order_by("placed_at").first()
    since = timezone.localdate(hold.placed_at) if hold else None
    return Gathered(case, audience, entries, kept, since)


def audience_of(bundle: Bundle) -> Audience:
    return next(each for each in bundle.case.policy.concern.audiences if each.id == bundle.audience)
