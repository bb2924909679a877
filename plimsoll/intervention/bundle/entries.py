"""One thing in the file of a case: what the chronology says of it, and the record itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plimsoll.core.forms import long_date
from plimsoll.documents.content import Block, Facts, Paragraph
from plimsoll.documents.models import Document

Row = tuple[str, str | date | None]


@dataclass(frozen=True)
class Entry:
    """A record. Without blocks it is a line of the chronology and nothing more."""

    key: str
    group: str
    on: date
    title: str
    blocks: tuple[Block, ...] = ()

    @property
    def label(self) -> str:
        return f"{long_date(self.on)}: {self.title}"


@dataclass(frozen=True)
class Paper:
    """A stored document. A letter is bound in; an upload goes along as it is."""

    document: Document
    group: str
    on: date
    twin: Document | None = None  # the same letter as Word, which can be searched

    @property
    def key(self) -> str:
        return f"document-{self.document.pk}"

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def is_upload(self) -> bool:
        return self.twin is None

    @property
    def label(self) -> str:
        how = f", {self.document.filename}" if self.is_upload else ""
        return f"{long_date(self.on)}: {self.title}{how}"


def facts(*rows: Row) -> tuple[Block, ...]:
    """What there is to say of a record; nothing is said of what is empty."""
    said = tuple((label, _plain(value)) for label, value in rows if value)
    return (Facts(said),) if said else ()


def _plain(value: str | date | None) -> str:
    return long_date(value) if isinstance(value, date) else str(value)


def paragraphs(text: str) -> Iterator[Block]:
    """Text as typed, a paragraph between blank lines."""
    for each in text.replace("\r\n", "\n").split("\n\n"):
        if each.strip():
            yield Paragraph(each.strip())


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The oldest first; of one day, as they were found."""
    return sorted(entries, key=lambda each: each.on)
