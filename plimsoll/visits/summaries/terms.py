"""Terms as a summary speaks of them: each lasts until the next begins, so no day is lost."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from plimsoll.core.deadlines import DAY
from plimsoll.schools.models import Term
from plimsoll.visits.days.granting import last_day


@dataclass(frozen=True)
class Period:
    """A term of a school: its own days, and the last that counts to it."""

    year: str
    name: str
    starts: date
    closes: date
    ends: date


class Terms:
    """The terms of a year and of the next one, the authority's and schools' own: one query."""

    def __init__(self, year: str) -> None:
        self.year = year
        rows = Term.objects.filter(year__in=(year, year_after(year))).order_by("starts", "pk")
        self._rows: dict[int | None, list[Term]] = defaultdict(list)
        for row in rows:
            self._rows[row.school_id].append(row)

    def of(self, school: int | None = None) -> list[Period]:
        """The year's terms, in their order; a school's own in place of the authority's."""
        return [period for period in self._periods(school) if period.year == self.year]

    def named(self, name: str, school: int | None = None) -> Period | None:
        return next((each for each in self.of(school) if each.name == name), None)

    def following(self, name: str, school: int | None = None) -> Period | None:
        """The term after this one, of the next year if it must be."""
        found = self._periods(school)
        places = (
            place
            for place, each in enumerate(found, start=1)
            if (each.year, each.name) == (self.year, name)
        )
        place = next(places, len(found))
        return found[place] if place < len(found) else None

    def _periods(self, school: int | None) -> list[Period]:
        own = self._rows[school] if school else []
        rows = {(row.year, row.name): row for row in (*self._rows[None], *own)}
        return _in_turn(sorted(rows.values(), key=lambda row: row.starts))


def _in_turn(rows: Iterable[Term]) -> list[Period]:
    rows = list(rows)
    ends = [
        max(row.ends, after.starts - DAY) if after.year == row.year else last_day(row.year)
        for row, after in pairwise(rows)
    ]
    ends += [last_day(row.year) for row in rows[-1:]]
    return [
        Period(row.year, row.name, row.starts, row.ends, last)
        for row, last in zip(rows, ends, strict=True)
    ]


def year_after(year: str) -> str:
    """2026-27 → 2027-28."""
    start = int(year[:4]) + 1
    return f"{start}-{(start + 1) % 100:02d}"
