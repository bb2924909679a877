"""Keeps the rows of the national register as schools.

A whole register has 52,000 rows of 140 columns. Each school holds a digest of its row as
published, so that an unchanged row costs one comparison.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from django.db import connection

from plimsoll.evidence.aside import SEPARATOR, Aside
from plimsoll.evidence.keepers import averages, bulk
from plimsoll.evidence.layouts import Columns, Job
from plimsoll.evidence.values import BadCell, Reader, coded, day, required, text, whole
from plimsoll.schools import trigrams
from plimsoll.schools.models import School
from plimsoll.schools.types import PHASES, STATUSES, TYPES

# Change it when the way a cell is read changes: then every row is read again.
EDITION: Final = b"1"
CREATED, CHANGED = "school.created", "school.changed"

urn = required(whole(1))
type_code = required(coded(TYPES, digits=2))
status_code = required(coded({name: code for code, name in STATUSES.items()}, closed=True))
_PHASE_NAMES: Final = {
    "Not applicable": "0",
    "Nursery": "1",
    "Primary": "2",
    "Middle deemed primary": "3",
    "Secondary": "4",
    "Middle deemed secondary": "5",
    "16 plus": "6",
    "All-through": "7",
}
_phase_code = coded(_PHASE_NAMES, otherwise="0")


def phase(value: str) -> str:
    """Special schools and PRUs have no phase, whatever word stands there."""
    return str(PHASES.get(_phase_code(value), PHASES["0"]).value)


def group_uid(value: str) -> int | None:
    """The register lists several trusts with a separator: the first is the school's own."""
    return whole(1)(value.replace(";", "|").split("|")[0].strip())


# What each field of a school is read from: the first of these columns that has something.
FIELDS: Final[Mapping[str, tuple[Reader, tuple[str, ...]]]] = {
    "urn": (urn, ("URN",)),
    "name": (required(text(200)), ("EstablishmentName",)),
    "la": (required(whole(1, 999)), ("LA (code)",)),
    "la_name": (text(60), ("LA (name)",)),
    "number": (whole(0, 9999), ("EstablishmentNumber",)),
    "type": (type_code, ("TypeOfEstablishment (code)", "TypeOfEstablishment (name)")),
    "type_name": (text(80), ("TypeOfEstablishment (name)",)),
    "status": (status_code, ("EstablishmentStatus (code)", "EstablishmentStatus (name)")),
    "phase": (phase, ("PhaseOfEducation (code)", "PhaseOfEducation (name)")),
    "opened": (day, ("OpenDate",)),
    "closed": (day, ("CloseDate",)),
    "age_from": (whole(0, 120), ("StatutoryLowAge",)),
    "age_to": (whole(0, 120), ("StatutoryHighAge",)),
    "religious_character": (text(80), ("ReligiousCharacter (name)",)),
    "diocese": (text(80), ("Diocese (name)",)),
    "trust_uid": (group_uid, ("Trusts (code)",)),
    "trust_name": (text(250), ("Trusts (name)",)),
    "trust_flag": (text(60), ("TrustSchoolFlag (name)",)),
    "federation_uid": (text(12), ("Federations (code)",)),
    "federation_name": (text(250), ("Federations (name)",)),
    "ukprn": (text(8), ("UKPRN",)),
    "street": (text(120), ("Street",)),
    "town": (text(80), ("Town",)),
    "postcode": (text(8), ("Postcode",)),
    "easting": (whole(), ("Easting",)),
    "northing": (whole(), ("Northing",)),
    "website": (text(250), ("SchoolWebsite",)),
    "telephone": (text(30), ("TelephoneNum",)),
    "pupils": (whole(0), ("NumberOfPupils",)),
}
NEEDS: Final = tuple(FIELDS[name][1] for name in ("urn", "name", "la", "type", "status"))
# What says with which schools a school is compared.
COMPARED_BY: Final = frozenset({"la", "type", "phase"})
# What a school has where the file that it first comes with lacks the column.
WITHOUT: Final = {"phase": PHASES["0"].value} | {
    name: ""
    for name in FIELDS
    if School._meta.get_field(name).get_internal_type() == "CharField" and name != "phase"
}


class Register:
    """The keeper of school rows."""

    def __init__(self, job: Job) -> None:
        self.job = job
        columns = job.columns
        self._la = columns.places("LA (code)")[0]
        self._plan = [
            (reader, columns.names[places[0]], places)
            for reader, names in FIELDS.values()
            if (places := columns.places(*names))
        ]
        self._fields = [name for name, (_, names) in FIELDS.items() if columns.places(*names)]
        self._days = self._places_of("opened", "closed")
        self._missing = {name: value for name, value in WITHOUT.items() if name not in self._fields}
        self._aside = Aside(columns, (name for _, names in FIELDS.values() for name in names))
        self._digest = digester(columns)
        self._known = _digests()
        self._seen: dict[int, int] = {}
        self._search_is_paused = False
        self._moved = False
        self._new: list[Sequence[Any]] = []
        self._held: dict[int, tuple[list[Any], str, bytes]] = {}

    def wants(self, row: list[str]) -> bool:
        return not self.job.las or row[self._la].strip() in self.job.las

    def take(self, line: int, row: list[str]) -> None:
        number = self._number(row)
        if number in self._seen:
            raise BadCell("URN", str(number), f"This URN is already on line {self._seen[number]}.")
        digest = self._digest(row)
        if self._known.get(number) == digest:
            self._seen[number] = line
            self.job.counts.unchanged += 1
            return
        values = self._read(row)
        self._seen[number] = line
        aside = self._aside.text(row)
        if number in self._known:
            self._held[number] = (values, aside, digest)
        else:
            run = self.job.run.pk
            values += [*self._missing.values(), aside, self._aside.columns, digest, run, run]
            self._new.append(values)
        if len(self._new) + len(self._held) >= bulk.BATCH:
            self._flush()

    def finish(self) -> None:
        self._flush()
        if self._search_is_paused:
            trigrams.catch_up(connection, run=self.job.run.pk)
        if self.job.counts.created:
            bulk.created_events(self.job.run, School, verb=CREATED, urn="urn")
            bulk.count_again(School)
        if self._moved or self.job.counts.created:
            averages.refresh_all()

    def _places_of(self, *names: str) -> list[int] | None:
        """Where these fields stand in the values of a row, if the file has them all."""
        there = all(name in self._fields for name in names)
        return [self._fields.index(name) for name in names] if there else None

    def _number(self, row: list[str]) -> int:
        reader, column, (place, *_) = self._plan[0]
        try:
            return int(reader(row[place].strip()))
        except ValueError as error:
            raise BadCell(column, row[place], str(error))

    def _read(self, row: list[str]) -> list[Any]:
        """The row's values, in the order of `_fields`."""
        values: list[Any] = []
        value = ""
        try:
            for reader, _, places in self._plan:
                value = row[places[0]].strip()
                if not value and len(places) > 1:
                    value = row[places[1]].strip()
                values.append(reader(value))
        except ValueError as error:
            _, column, _ = self._plan[len(values)]
            raise BadCell(column, value, str(error))
        self._refuse_backwards(values)
        return values

    def _refuse_backwards(self, values: list[Any]) -> None:
        if self._days is None:
            return
        opened, closed = values[self._days[0]], values[self._days[1]]
        if opened and closed and closed < opened:
            raise BadCell("CloseDate", f"{closed:%d-%m-%Y}", "It is before the day of opening.")

    def _flush(self) -> None:
        if not self._new and not self._held:
            return
        self._pause_search()
        kept = ["aside", "aside_columns", "digest", "first_run", "source_run"]
        bulk.insert(School, [*self._fields, *self._missing, *kept], self._new)
        self.job.counts.created += len(self._new)
        self._new = []
        if self._held:
            self._change()
            self._held = {}

    def _pause_search(self) -> None:
        """Let the search catch up once, at the end: row by row costs more than the rest."""
        if not self._search_is_paused:
            trigrams.pause(connection)
            self._search_is_paused = True

    def _change(self) -> None:
        """Compare the rows whose digest differs, field by field, and change what changed.

        A file older than the one that last spoke of a school changes nothing of it.
        """
        fields = self._fields[1:]
        changed: list[Sequence[Any]] = []
        same: list[Sequence[Any]] = []
        events: list[bulk.Change] = []
        rows = School.objects.filter(urn__in=self._held)
        for number, last, columns, aside, *stored in rows.values_list(
            "urn", "source_run", "aside_columns", "aside", *fields
        ):
            if self.job.is_older(last):
                self.job.counts.unchanged += 1
                continue
            values, new_aside, digest = self._held[number]
            before, after = bulk.differences(fields, stored, values[1:])
            laid = self._aside.laid_over(columns, aside, new_aside)
            if after or laid.after:
                changed.append(
                    (*values[1:], laid.columns, laid.text, digest, self.job.run.pk, number)
                )
                events.append((number, number, before | laid.before, after | laid.after))
                self._moved = self._moved or not COMPARED_BY.isdisjoint(after)
            else:
                same.append((digest, number))
        bulk.update(School, [*fields, "aside_columns", "aside", "digest", "source_run"], changed)
        bulk.update(School, ["digest"], same)
        bulk.changed_events(self.job.run, School, events, verb=CHANGED)
        self.job.counts.updated += len(changed)
        self.job.counts.unchanged += len(same)


def digester(columns: Columns) -> Callable[[list[str]], bytes]:
    """Sixteen bytes that stand for a row as published, whatever the order of its columns."""
    order = sorted(range(len(columns.names)), key=columns.names.__getitem__)
    names = SEPARATOR.join(columns.names[place] for place in order)
    salted = hashlib.blake2b(EDITION + names.encode(), digest_size=16)
    ordered = itemgetter(*order)

    def digest(row: list[str]) -> bytes:
        own = salted.copy()
        own.update(SEPARATOR.join(ordered(row)).encode())
        return own.digest()

    return digest


def _digests() -> dict[int, bytes]:
    """Every school's digest, by its URN: a school may have come from another authority."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT urn, digest FROM schools_school")
        return {number: bytes(digest) for number, digest in cursor}
