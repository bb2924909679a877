"""Keeps the figures of schools and areas: a column a measure, a row a school and year."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from plimsoll.core.streams import NothingToRead, Unreadable
from plimsoll.evidence.aside import Aside
from plimsoll.evidence.groups import PRIMARY, SECONDARY, SPECIAL, of_kind
from plimsoll.evidence.keepers import averages, bulk
from plimsoll.evidence.keepers.figures import Change, Figures
from plimsoll.evidence.keepers.records import Key, Records
from plimsoll.evidence.keepers.register import urn
from plimsoll.evidence.layouts import Job, Reading
from plimsoll.evidence.markers import Cell, Marker, figure
from plimsoll.evidence.models import ENGLAND, AreaFact, Fact, PublishedRow, Release
from plimsoll.evidence.values import BadCell, required
from plimsoll.evidence.years import before, school_year
from plimsoll.framework.measures import MEASURES
from plimsoll.schools.queries import urns_of_authorities

RECORDED, CHANGED = "figures.recorded", "figures.changed"
# Rows of England have the first word where the code of an authority or the URN would stand,
# and one of the others beside it.
_NATION: Final = "NAT"
_KINDS: Final = {"PRI": PRIMARY, "SEC": SECONDARY, "SPE": SPECIAL}
About = Literal["school", "authority", "england"]
Row = About | Literal["unknown"]
Names = tuple[str, ...]
_AUTHORITY: Final = re.compile(r"[1-9][0-9]{2}")
_NOT_HERE: Final[Cell] = (None, Marker.NOT_AVAILABLE.value)
_OF_NOBODY: Final[Cell] = (None, Marker.NOT_APPLICABLE.value)


@dataclass(frozen=True)
class FactTable:
    """Which columns hold which measures, and whom a row is about."""

    measures: Mapping[str, Names]
    urn: Names = ("URN",)
    la: Names = ()
    # The column that tells the school year. Without one the file's name, or whoever reads it
    # in, must tell it; the figures are of pupils so many years before.
    year: Names = ()
    years_back: int = 0
    # The kinds of row, and whom each is about: None is passed over, any other turned away.
    record: Names = ("RECTYPE",)
    records: Mapping[str, About | None] = field(default_factory=dict)
    # Columns one of which tells the kind of school in a row of England.
    national: Names = ()
    # Measures of which this file writes nought where it has no figure.
    nought_is_none: frozenset[str] = frozenset()
    # Which of the source's files it is, where a school has a row in several.
    part: str = ""
    release: Release = Release.FINAL

    @property
    def names(self) -> list[str]:
        columns = (self.urn, self.la, self.year, self.record, *self.measures.values())
        return [name for names in columns for name in names]

    def release_of(self, file: str) -> Release:
        """How final a file is: the department names its provisional and revised ones so."""
        named = (
            each for each in (Release.PROVISIONAL, Release.REVISED) if each.name in file.upper()
        )
        return min(self.release, next(named, self.release))


def authority(value: str) -> str:
    """The code of a local authority."""
    if not _AUTHORITY.fullmatch(value):
        raise ValueError("It is not a code of three figures, as 341.")
    return value


class Facts:
    """The keeper of such rows."""

    def __init__(self, job: Job, table: FactTable) -> None:
        self.job, self._table = job, table
        columns = job.columns
        self._measures = {
            key: (figure(MEASURES[key].low, MEASURES[key].high), names)
            for key, names in table.measures.items()
            if columns.place(*names) is not None
        }
        self._has_year = columns.place(*table.year) is not None
        if not self._has_year and not job.run.year:
            raise Unreadable(
                f"{job.run.file} does not say which school year its figures are of. Say it: "
                "--year 2023-24 on the command line, or “School year” on the page."
            )
        if not self._has_year and self._is_to_come(job.run.year):
            raise Unreadable(f"The school year {job.run.year} has not begun: say another.")
        self._la, self._record = columns.place(*table.la), columns.place(*table.record)
        self._national = columns.places(*table.national)
        self._release = table.release_of(job.run.file)
        self._aside = Aside(columns, table.names)
        key, fields = ("urn", "source", "year", "part"), ("as_at", "release")
        self._rows = Records(job, PublishedRow, key, fields, self._aside)
        self._schools = Figures(job, Fact, "urn", self._release)
        self._areas = Figures(job, AreaFact, "area", self._release)
        self._seen: dict[Key, int] = {}
        self._held: dict[Key, str] = {}

    def wants(self, row: list[str]) -> bool:
        about = self._about(row)
        if about is None:
            return False
        if not self.job.las or about == "england":
            return True
        if self._la is not None:
            return row[self._la].strip() in self.job.las
        return row[self.job.columns.places(*self._table.urn)[0]].strip() in self._of_las

    def take(self, line: int, row: list[str]) -> None:
        reading = Reading(self.job.columns, row)
        about, kind = self._about(row), self._kind(row)
        subject = self._subject(about, reading)
        key = self._key(subject, self._year(reading))
        if (once := (*key, kind)) in self._seen:
            raise BadCell(
                self._table.urn[0], str(subject), f"It is already on line {self._seen[once]}."
            )
        cells = self._cells(key[2], reading, of_school=about == "school")
        if kind:
            cells = {of_kind(measure, kind): cell for measure, cell in cells.items()}
        self._seen[once] = line
        (self._schools if about == "school" else self._areas).take(subject, key[2], cells)
        if about == "school":
            self._held[key] = self._aside.text(row)
        if len(self._held) >= bulk.BATCH:
            self._flush()

    def finish(self) -> None:
        self._flush()
        counts = self.job.counts
        bulk.created_events(self.job.run, PublishedRow, verb=RECORDED, urn="urn")
        if counts.created:
            bulk.count_again(Fact, PublishedRow)
        if counts.created or counts.updated:
            averages.refresh(self.job.run.source, {year for _, _, year, *_ in self._seen})

    @cached_property
    def _of_las(self) -> set[str]:
        found = {str(number) for number in urns_of_authorities(self.job.las)}
        if not found:
            codes = ", ".join(sorted(self.job.las))
            raise NothingToRead(
                f"The register has no school of {codes}, and the file tells its schools only by "
                "their URNs: read in the register first, gias."
            )
        return found

    def _kind(self, row: list[str]) -> str:
        """The kind of school that a row of England is about; "" for any other row."""
        words = {row[place].strip() for place in self._national}
        if _NATION not in words:
            return ""
        return next((kind for word, kind in _KINDS.items() if word in words), "")

    def _about(self, row: list[str]) -> Row | None:
        if self._kind(row):
            return "england"
        if self._record is None or not self._table.records:
            return "school"
        kind = row[self._record].strip()
        about: Row | None = self._table.records.get(kind, "unknown")
        return None if about == "authority" and self._la is None else about

    def _subject(self, about: str | None, reading: Reading) -> int | str:
        if about == "school":
            return int(reading.get(urn, self._table.urn))
        if about == "authority":
            return str(reading.get(authority, self._table.la))
        if about == "england":
            return ENGLAND
        kind = reading.get(str, self._table.record)
        raise BadCell(self._table.record[0], kind, "It is no kind of row that this file has.")

    def _year(self, reading: Reading) -> str:
        if not self._has_year:
            return before(self.job.run.year, self._table.years_back)
        told: str = reading.get(required(school_year), self._table.year)
        if self.job.year_said not in ("", told):
            raise Unreadable(
                f"The file has rows of {told}, and it was said to be of {self.job.year_said}. "
                "It tells the years itself: leave the school year out."
            )
        if self._is_to_come(told):
            raise BadCell(self._table.year[0], told, "This school year has not begun.")
        return before(told, self._table.years_back)

    def _is_to_come(self, year: str) -> bool:
        return int(year[:4]) > self.job.run.at.year

    def _key(self, subject: Any, year: str) -> Key:
        return subject, self.job.run.source, year, self._table.part

    def _cells(self, year: str, reading: Reading, *, of_school: bool) -> dict[str, Cell]:
        """The row's figures; one from before its measure began is of something else."""
        read = {
            key: reading.get(*column)
            for key, column in self._measures.items()
            if year >= MEASURES[key].since and (of_school or not MEASURES[key].adds)
        }
        return {key: self._meant(key, cell, read) for key, cell in read.items()}

    def _meant(self, key: str, cell: Cell, row: Mapping[str, Cell]) -> Cell:
        """A nought that is no figure, as the marker that says so."""
        if cell[0] != 0:
            return cell
        if key in self._table.nought_is_none:
            return _NOT_HERE
        pupils, _ = row.get(MEASURES[key].cohort, (None, ""))
        return _OF_NOBODY if pupils == 0 else cell

    def _flush(self) -> None:
        final = self._more_final()
        rows = self._rows.keep(
            {
                key: ((self.job.run.as_at, int(self._release)), aside)
                for key, aside in self._held.items()
                if key not in final
            }
        )
        changes = self._schools.keep()
        touched = {self._key(number, year) for number, year in changes}
        counts = self.job.counts
        counts.created += len(rows.created)
        updated = (rows.changed | touched) - rows.created
        counts.updated += len(updated)
        counts.unchanged += len(self._held) - len(rows.created) - len(updated)
        self._tell(changes, rows.created)
        areas = self._areas.keep()
        counts.created += sum(change.is_new for change in areas.values())
        counts.updated += sum(not change.is_new for change in areas.values())
        counts.unchanged += self._areas.taken - len(areas)
        self._areas.taken = self._schools.taken = 0
        self._held = {}

    def _more_final(self) -> set[Key]:
        """The rows that are held from a more final release: they stay as they are."""
        rows = PublishedRow.objects.filter(
            urn__in={key[0] for key in self._held},
            source=self.job.run.source,
            release__gt=self._release,
        )
        return set(rows.values_list("urn", "source", "year", "part"))

    def _tell(self, changes: Mapping[Key, Change], created: Iterable[Key]) -> None:
        """An event for each school whose known figures changed: as they were, as they are."""
        new = set(created)
        changed = {
            (number, year): change
            for (number, year), change in changes.items()
            if self._key(number, year) not in new
        }
        if not changed:
            return
        rows = PublishedRow.objects.filter(
            source=self.job.run.source,
            part=self._table.part,
            urn__in={number for number, _ in changed},
        )
        keys = {(number, year): pk for pk, number, year in rows.values_list("pk", "urn", "year")}
        events = [
            (keys[key], key[0], change.before, change.after) for key, change in changed.items()
        ]
        bulk.changed_events(self.job.run, PublishedRow, events, verb=CHANGED)
