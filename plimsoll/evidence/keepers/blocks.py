"""A block of columns that tells of one inspection, by the names each layout gives them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from plimsoll.evidence.eras import WHERE_APPLICABLE, Era, Kind, era_of
from plimsoll.evidence.keepers.grades import (
    Grade,
    card_grade,
    card_grade_where_applicable,
    category,
    grade_1_to_4,
    overall,
    safeguarding,
)
from plimsoll.evidence.layouts import Columns, Reading
from plimsoll.evidence.values import BadCell, Reader, day, required, text, whole

Names = tuple[str, ...]


def link(value: str) -> str:
    """An address on the web; older files have only a word in its place."""
    return text(250)(value) if value.startswith(("http://", "https://")) else ""


PLAIN: Final[Mapping[str, Reader]] = {
    "number": text(20),
    "school_name": text(200),
    "type": text(120),
    "ends": day,
    "published": day,
    "outcome": text(120),
    "web_link": link,
}
WITH_STATUS: Final[Mapping[str, Callable[[str], tuple[Any, str]]]] = {
    "overall": overall,
    "category": category,
    "safeguarding": safeguarding,
}
_urn = required(whole(1))


@dataclass
class Found:
    """One inspection as one file tells it: `facts` holds only what the file speaks of."""

    urn: int
    starts: date
    kind: str
    era: str
    facts: dict[str, Any] = field(default_factory=dict)
    grades: dict[tuple[str, date], Grade] = field(default_factory=dict)

    @property
    def key(self) -> tuple[int, date, str]:
        return self.urn, self.starts, self.kind


@dataclass(frozen=True)
class Block:
    """Which columns say what. Each is known by any of several names."""

    facts: Mapping[str, Names]
    areas: Mapping[str, Names] = field(default_factory=dict)
    graded_on: Mapping[str, Names] = field(default_factory=dict)
    kind: str = Kind.GRADED
    era: str = ""  # by default, that of the day

    @property
    def names(self) -> list[str]:
        """Every column that this block reads."""
        tables = (self.facts, self.areas, self.graded_on)
        return [name for table in tables for names in table.values() for name in names]

    def read(self, columns: Columns, row: list[str]) -> Found | None:
        """The inspection that the row tells of in this block, if any."""
        reading = Reading(columns, row)
        starts = reading.get(day, self.facts["starts"])
        if starts is None or reading.get(text(10), self.facts.get("converted", ())) == "Yes":
            return None
        found = Found(self._urn(reading), starts, self.kind, self.era or era_of(starts))
        for name, reader in PLAIN.items():
            # An empty cell says nothing: it never takes away what another file has said.
            if value := reading.get(reader, self.facts.get(name, ())):
                found.facts[name] = value
        for name, with_status in WITH_STATUS.items():
            if reading.has(self.facts.get(name, ())):
                value, status = reading.get(with_status, self.facts[name])
                found.facts |= {name: value, f"{name}_status": status}
        self._read_areas(reading, found)
        return found

    def _read_areas(self, reading: Reading, found: Found) -> None:
        for area, names in self.areas.items():
            if reading.has(names):
                on = reading.get(day, self.graded_on.get(area, ())) or found.starts
                found.grades[area, on] = reading.get(self._grade(area), names)

    def _grade(self, area: str) -> Callable[[str], Grade]:
        if self.era != Era.REPORT_CARD:
            return grade_1_to_4
        return card_grade_where_applicable if area in WHERE_APPLICABLE else card_grade

    def _urn(self, reading: Reading) -> int:
        """Whose inspection it was: the row's school, or a predecessor that it names."""
        then = self.facts.get("urn", ())
        if reading.get(text(10), then):
            return int(reading.get(_urn, then))
        if reading.get(text(10), self.facts.get("own", ())) == "No":
            raise BadCell(
                self.facts["own"][0],
                "No",
                "The inspection was of a predecessor, and the file does not say which.",
            )
        return int(reading.get(_urn, ("URN",)))
