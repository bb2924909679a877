"""The watch list as the address narrows and orders it, for the page and the file alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from plimsoll.intervention.watch.rows import Row

FAR: Final = date.max
LONG_AGO: Final = date.min


@dataclass(frozen=True)
class Wanted:
    """What the address says. Empty means everything, what needs attention first."""

    reason: str = ""
    partner: str = ""
    phase: str = ""
    attention: bool = False
    order: str = ""


def _review(row: Row) -> date:
    return row.standing.case.review_on if row.standing else FAR


# How the list may be ordered: in the address, in words, and by what.
ORDERS: Final[Mapping[str, tuple[str, Callable[[Row], Any]]]] = {
    "": ("Attention", lambda row: row.order),
    "school": ("School", lambda row: row.school.name),
    "since": ("Time on the list", lambda row: row.since or LONG_AGO),
    "contact": ("Oldest contact", lambda row: row.last.on if row.last else LONG_AGO),
    "happened": ("Oldest event", lambda row: row.happened or LONG_AGO),
    "review": ("Next review", _review),
    "partner": ("Partner", lambda row: row.partner),
}


def narrowed(rows: Sequence[Row], wanted: Wanted) -> list[Row]:
    """Those that are wanted, in the order that is wanted; within it as they came."""
    _, key = ORDERS[wanted.order]
    return sorted((row for row in rows if _fits(row, wanted)), key=key)


def _fits(row: Row, wanted: Wanted) -> bool:
    return (
        (not wanted.reason or any(each.kind == wanted.reason for each in row.reasons))
        and (not wanted.partner or int(wanted.partner) in row.partners)
        and (not wanted.phase or row.school.phase == wanted.phase)
        and (not wanted.attention or bool(row.flags))
    )
