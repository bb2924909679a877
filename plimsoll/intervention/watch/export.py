"""The watch list to take along: CSV, marked in every row, with an event that it was taken."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction

from plimsoll.core import audit
from plimsoll.core.spreadsheets import harmless
from plimsoll.framework.model import Words
from plimsoll.intervention.permissions import WATCH
from plimsoll.intervention.watch.rows import Row
from plimsoll.people.models import User

COLUMNS = (
    "Why", "On the list since", "Case stands", "Last contact", "Last contact on", "Next contact",
    "Open obligations", "Late", "Next due", "Last anything on", "Days since", "Next review",
    "Needs attention", "Marking",
)  # fmt: skip


def table(rows: Sequence[Row], words: Words) -> Iterator[tuple[str, ...]]:
    """The heading, then a row a school, harmless in a spreadsheet."""
    yield ("URN", "School", "Phase", words.partner, *COLUMNS)
    for row in rows:
        yield tuple(map(harmless, (*_school(row), *_cells(row), words.marking)))


@transaction.atomic
def note(rows: Sequence[Row], *, by: User, at: datetime) -> None:
    """Taking the list away is an event as much as reading a case is."""
    audit.record(
        verb="watch.exported",
        subject=by,
        by=by,
        at=at,
        permission=WATCH,
        after={"schools": len(rows)},
    )


def _school(row: Row) -> tuple[str, ...]:
    return (str(row.school.urn), row.school.name, row.school.get_phase_display(), row.partner)


def _cells(row: Row) -> tuple[str, ...]:
    case = row.standing.case if row.standing else None
    owed = row.standing.owed if row.standing else None
    return (
        "; ".join(f"{each.label} {each.when}" for each in row.reasons),
        _day(row.since),
        row.standing.label if row.standing else "",
        row.last.what if row.last else "",
        _day(row.last.on if row.last else None),
        _day(row.next),
        str(owed.number) if owed else "",
        str(owed.late) if owed else "",
        _day(owed.due if owed else None),
        _day(row.happened),
        "" if row.silent_for is None else str(row.silent_for),
        _day(case.review_on if case else None),
        "; ".join(flag.text for flag in row.flags),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
