"""What a letter says, apart from how it looks: one content, written as PDF and as Word."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

# Marks that turn the direction of the text that follows: a name with one in it could make
# a letter show something other than what was typed.
_TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LAYOUT: Final = frozenset("\n\t")


def plain(text: str) -> str:
    """The text without what no page can hold: control characters, halves of pairs, turns."""
    tidy = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        character
        for character in tidy
        if character in _LAYOUT
        or (character not in _TURNS and unicodedata.category(character) not in ("Cc", "Cs", "Cn"))
    )


@dataclass(frozen=True)
class Heading:
    """A heading inside the letter; the letter's own title is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Text; one that `leads` stays on the page of what follows it."""

    text: str
    leads: bool = False


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Pairs of a label and its value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.head or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(
                f"The table “{self.caption}” must have as many cells in each row as it has "
                f"headings ({len(self.head)})."
            )


@dataclass(frozen=True)
class Chart:
    """A table with its picture beside it, as SVG, and what that shows in words.

    `lead` is what is said above them, `notes` are small print under the table; both stay with
    them. The caption is not seen in PDF: a heading or the lead says it. Word has all but the
    picture.
    """

    svg: str
    words: str
    table: Table
    lead: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Small:
    """A small table under a heading of level 3 that says what its caption would."""

    lead: str
    table: Table
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pairs:
    """Small tables, two beside each other in PDF and one after the other in Word."""

    tables: tuple[Small, ...]


@dataclass(frozen=True)
class Note:
    """Small print: what the figures above it are, and where they are from."""

    text: str


@dataclass(frozen=True)
class Signatory:
    name: str
    post: str


@dataclass(frozen=True)
class Signatures:
    """Who signs, side by side, under a closing such as “Yours sincerely”."""

    people: tuple[Signatory, ...]
    closing: str = ""


Block = Heading | Paragraph | Bullets | Facts | Table | Chart | Pairs | Note | Signatures


@dataclass(frozen=True)
class Sender:
    service: str
    address: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A whole letter. Its marking, if any, stands at the top of every page."""

    title: str
    reference: str
    date: date
    sender: Sender
    recipient: tuple[str, ...]
    blocks: tuple[Block, ...]
    marking: str = ""
    language: str = "en-GB"


def in_words(day: date) -> str:
    """24 November 2026."""
    return f"{day.day} {day:%B %Y}"
