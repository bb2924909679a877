"""The sums behind an entitlement: stated, printed and computed, never silently settled (E4)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from plimsoll.framework.model import Edition
from plimsoll.framework.support import Entitlement, Line

# What the stated total has beyond the wording of the lines. No line can have this id.
STATED: Final = "(stated)"


@dataclass(frozen=True)
class Mismatch:
    """A band whose three totals are not the same number."""

    edition: str
    band: str
    stated: Decimal
    printed: Decimal
    computed: Decimal
    source_complete: bool
    note: str

    def __str__(self) -> str:
        numbers = (
            f"stated {self.stated} days, the printed lines add up to {self.printed}, "
            f"the wording of the lines gives {self.computed}"
        )
        cut = "" if self.source_complete else " (the source's lines are incomplete)"
        return f"{self.edition} {self.band}: {numbers}{cut}"


def stated(entitlement: Entitlement) -> Decimal:
    """The total that the source states."""
    return entitlement.stated_days


def printed(entitlement: Entitlement) -> Decimal:
    """The sum of the numbers printed beside the lines."""
    return sum((line.days or Decimal(0) for line in _counted(entitlement)), Decimal(0))


def computed(entitlement: Entitlement, terms: int = 3) -> Decimal:
    """What the wording of the lines comes to in a year of so many terms."""
    lines = _counted(entitlement)
    return sum((line.each * _occasions(line, lines, terms) for line in lines), Decimal(0))


def mismatches(edition: Edition) -> list[Mismatch]:
    """Every band whose totals differ, in the order of the bands."""
    found = []
    for band in edition.bands:
        entitlement = edition.entitlements[band.key]
        sums = (stated(entitlement), printed(entitlement), computed(entitlement))
        if len(set(sums)) > 1:
            complete, note = entitlement.source_complete, entitlement.note
            found.append(Mismatch(edition.key, band.key, *sums, complete, note))
    return found


@dataclass(frozen=True)
class Share:
    """What one line brings a school in a year: days, or visits where policy counts those."""

    line: str
    days: Decimal
    visits: int
    funding: str


def shares(entitlement: Entitlement, *, school_type: str, new_head: bool) -> tuple[Share, ...]:
    """What a school is entitled to, line by line, each as its words say.

    What the stated total has beyond them stands by itself, on no line: the sum is the total
    that is stated, and nobody has settled which line is wrong (E4).
    """
    counted = _counted(entitlement)
    found = [
        _share(line, counted)
        for line in entitlement.lines
        if line.kind == "days"
        and (not line.types or school_type in line.types)
        and (line.condition is None or new_head)
    ]
    sources = {line.funding or "" for line in counted}
    rest = stated(entitlement) - computed(entitlement)
    found.append(Share(STATED, rest, 0, sources.pop() if len(sources) == 1 else ""))
    return tuple(share for share in found if share.days or share.visits)


def _share(line: Line, counted: tuple[Line, ...], terms: int = 3) -> Share:
    times = _occasions(line, counted, terms)
    visits = times if line.unit == "visit" else 0
    return Share(line.id, line.each * times, visits, line.funding or "")


def occasions(line: Line, terms: int = 3) -> int:
    """How often the line falls in a year."""
    return line.times * (terms if line.per == "term" else 1)


def _occasions(line: Line, lines: tuple[Line, ...], terms: int) -> int:
    """As `occasions`, less those that another line has taken up."""
    taken = sum(occasions(other, terms) for other in lines if other.included_in == line.id)
    return max(0, occasions(line, terms) - taken)


def _counted(entitlement: Entitlement) -> tuple[Line, ...]:
    """The lines that make the total; a new head's days stand outside it."""
    return tuple(
        line
        for line in entitlement.lines
        if line.kind == "days" and line.counts_toward_total and line.condition is None
    )
