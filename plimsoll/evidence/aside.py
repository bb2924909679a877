"""Cells that nothing reads, kept aside: as one text a row, with the names held once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from plimsoll.core.streams import UNIT_SEPARATOR
from plimsoll.evidence.layouts import Columns, folded
from plimsoll.schools.models import ColumnSet, Imported

# A file that has one in it is refused as no text.
SEPARATOR: Final = UNIT_SEPARATOR.decode()


class Aside:
    """The columns of one file that nothing reads."""

    def __init__(self, columns: Columns, read: Iterable[str]) -> None:
        known = {folded(name) for name in read}
        self.names = tuple(sorted(name for name in columns.names if folded(name) not in known))
        places = columns.places(*self.names)
        # Many at once is a tuple; one would be the cell itself, none an error.
        self._cells = itemgetter(*places) if len(places) > 1 else lambda row: _at(row, places)
        self._sets = ColumnSets()
        self.columns = self._sets.of(self.names)

    def text(self, row: list[str]) -> str:
        return SEPARATOR.join(self._cells(row))

    def laid_over(self, columns: int | None, stored: str, new: str) -> "Laid":
        """A smaller extract leaves the cells that it lacks as they are."""
        if columns == self.columns and stored == new:
            return Laid(self.columns, new)
        old = _zipped(self._sets.names(columns), stored)
        fresh = _zipped(self.names, new)
        changed = [name for name, value in fresh.items() if old.get(name, "") != value]
        cells = old | fresh
        names = tuple(sorted(cells))
        return Laid(
            self._sets.of(names),
            SEPARATOR.join(cells[name] for name in names),
            {name: old.get(name, "") for name in changed},
            {name: fresh[name] for name in changed},
        )


@dataclass(frozen=True)
class Laid:
    """What to keep, and which cells have changed: as they were, as they are."""

    columns: int
    text: str
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)


def cells_of_many(records: Iterable[Imported]) -> dict[Imported, dict[str, str]]:
    """The cells kept aside of each record, by the published names, in one query."""
    records = list(records)
    sets = ColumnSet.objects.in_bulk({one.aside_columns for one in records if one.aside_columns})
    return {
        one: _zipped(tuple(sets[one.aside_columns].names), one.aside)
        if one.aside_columns in sets
        else {}
        for one in records
    }


class ColumnSets:
    """The sets of column names, each asked for once."""

    def __init__(self) -> None:
        self._names: dict[int, tuple[str, ...]] = {}
        self._numbers: dict[tuple[str, ...], int] = {}

    def names(self, number: int | None) -> tuple[str, ...]:
        if number is None:
            return ()
        if number not in self._names:
            self._names[number] = tuple(ColumnSet.objects.get(pk=number).names)
        return self._names[number]

    def of(self, names: tuple[str, ...]) -> int:
        """The number of the set with these names, made if it is new."""
        if names not in self._numbers:
            key = hashlib.sha256(SEPARATOR.join(names).encode()).digest()
            held, _ = ColumnSet.objects.get_or_create(key=key, defaults={"names": list(names)})
            self._numbers[names] = held.pk
        return self._numbers[names]


def _at(row: list[str], places: list[int]) -> list[str]:
    return [row[place] for place in places]


def _zipped(names: tuple[str, ...], text: str) -> dict[str, str]:
    return dict(zip(names, text.split(SEPARATOR), strict=True)) if names else {}
