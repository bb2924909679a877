"""Cells that nothing reads, kept aside: as one text a row, with the names held once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from plimsoll.evidence.layouts import Columns, folded
from plimsoll.schools.models import ColumnSet, Imported

SEPARATOR: Final = "\x1f"  # the unit separator, which no published cell has


class Aside:
    """The columns of one file that nothing reads."""

    def __init__(self, columns: Columns, read: Iterable[str]) -> None:
        known = {folded(name) for name in read}
        self.names = tuple(sorted(name for name in columns.names if folded(name) not in known))
        self._places = columns.places(*self.names)
        self.columns = column_set(self.names)

    def text(self, row: list[str]) -> str:
        return SEPARATOR.join([row[place] for place in self._places])

    def laid_over(self, columns: int | None, stored: str, new: str) -> "Laid":
        """A smaller extract leaves the cells that it lacks as they are."""
        if columns == self.columns and stored == new:
            return Laid(self.columns, new)
        old, fresh = cells_of(columns, stored), _zipped(self.names, new)
        changed = [name for name, value in fresh.items() if old.get(name, "") != value]
        cells = old | fresh
        names = tuple(sorted(cells))
        return Laid(
            column_set(names),
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


def cells_of(columns: int | None, text: str) -> dict[str, str]:
    """The cells kept aside of one row, by the published names."""
    return _zipped(_names(columns), text) if columns is not None else {}


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


def column_set(names: tuple[str, ...]) -> int:
    key = hashlib.sha256(SEPARATOR.join(names).encode()).digest()
    held, _ = ColumnSet.objects.get_or_create(key=key, defaults={"names": list(names)})
    return held.pk


def _zipped(names: tuple[str, ...], text: str) -> dict[str, str]:
    return dict(zip(names, text.split(SEPARATOR), strict=True)) if names else {}


def _names(columns: int) -> tuple[str, ...]:
    return tuple(ColumnSet.objects.get(pk=columns).names)
