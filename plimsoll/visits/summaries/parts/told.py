"""What one part says by itself, and what an officer should look at first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plimsoll.allocations.brings import in_days
from plimsoll.documents.content import Block, Bullets, Paragraph, in_words


@dataclass(frozen=True)
class Told:
    """`words` are drafted, and stand until a person writes others; `blocks` are facts and stay.

    `missing` is said while there are no words at all; if they are `wanted`, an officer is told.
    """

    words: str = ""
    blocks: tuple[Block, ...] = ()
    attention: tuple[str, ...] = ()
    missing: str = ""
    wanted: bool = False


def listed(lead: str, items: Iterable[str]) -> tuple[Block, ...]:
    """A list with its lead; nothing without an item."""
    found = tuple(items)
    return (Paragraph(lead, leads=True), Bullets(found)) if found else ()


def days(number: Decimal) -> str:
    """1 day, 0.5 days, no days."""
    return in_days(number) if number else "no days"


def on(day: date) -> str:
    return in_words(day)


def number_of(number: int, noun: str) -> str:
    """1 visit, 2 visits."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
