"""Keeps the rows of small register files: one row, one record, read column by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plimsoll.evidence.aside import Aside
from plimsoll.evidence.keepers import bulk
from plimsoll.evidence.keepers.records import Key, Records
from plimsoll.evidence.layouts import Job, Reading
from plimsoll.evidence.values import BadCell, Reader
from plimsoll.schools.models import Imported
from plimsoll.schools.queries import groups_of_authorities, urns_of_authorities


@dataclass(frozen=True)
class Mapped:
    """Which columns become which fields of which model, and who is asked for by an LA.

    Rows with neither URNs nor groups are of no authority: each of them is asked for.
    """

    model: type[Imported]
    key: Mapping[str, tuple[Reader, tuple[str, ...]]]
    fields: Mapping[str, tuple[Reader, tuple[str, ...]]]
    urns: tuple[str, ...] = ()  # columns with a URN: one of them must be of the authority
    groups: tuple[str, ...] = ()  # or columns with the UID of a group of its schools
    # Rows link URNs: who is linked to a school asked for is asked for too, and so on.
    linking: bool = False

    @property
    def names(self) -> list[str]:
        tables = (*self.key.values(), *self.fields.values())
        return [name for _, names in tables for name in names]


class Rows:
    """The keeper of such rows."""

    def __init__(self, job: Job, mapped: Mapped) -> None:
        self.job, self._mapped = job, mapped
        columns = job.columns
        self._fields = {
            name: (reader, names)
            for name, (reader, names) in mapped.fields.items()
            if columns.place(*names) is not None
        }
        self._aside = Aside(columns, mapped.names)
        self._records = Records(
            job, mapped.model, tuple(mapped.key), tuple(self._fields), self._aside
        )
        self._asked = _asked(job, mapped)
        self._places = columns.places(*mapped.urns, *mapped.groups)
        self._seen: dict[Key, int] = {}
        self._held: dict[Key, tuple[list[Any], str]] = {}

    def wants(self, row: list[str]) -> bool:
        if not self.job.las or not self._places:
            return True
        return any(row[at].strip() in self._asked for at in self._places)

    def take(self, line: int, row: list[str]) -> None:
        reading = Reading(self.job.columns, row)
        key = tuple(reading.get(reader, names) for reader, names in self._mapped.key.values())
        values = [reading.get(reader, names) for reader, names in self._fields.values()]
        if key in self._seen:
            said = ", ".join(map(str, key))
            raise BadCell(
                next(iter(self._mapped.key.values()))[1][0],
                said,
                f"The same stands on line {self._seen[key]} already.",
            )
        self._seen[key] = line
        self._held[key] = (values, self._aside.text(row))
        if len(self._held) >= bulk.BATCH:
            self._flush()

    def finish(self) -> None:
        self._flush()
        if self.job.counts.created:
            bulk.count_again(self._mapped.model)

    def _flush(self) -> None:
        kept = self._records.keep(self._held)
        counts = self.job.counts
        counts.created += len(kept.created)
        counts.updated += len(kept.changed)
        counts.unchanged += len(self._held) - len(kept.created) - len(kept.changed)
        self._held = {}


def _asked(job: Job, mapped: Mapped) -> set[str]:
    """The URNs or UIDs that an import for some authorities is about."""
    if not job.las or not (mapped.urns or mapped.groups):
        return set()
    numbers = urns_of_authorities(job.las) if mapped.urns else groups_of_authorities(job.las)
    asked = {str(number) for number in numbers}
    if mapped.linking:
        places = job.columns.places(*mapped.urns)
        _reach(asked, [{row[at].strip() for at in places} for row in job.peek()])
    return asked


def _reach(asked: set[str], linked: list[set[str]]) -> None:
    """Add whoever is linked, directly or through others, to somebody asked for."""
    size = -1
    while size != len(asked):
        size = len(asked)
        for pair in linked:
            if pair & asked:
                asked |= pair
