"""The front part of the file, set anew: index, what is left out, chronology, records.

It is set twice: where everything stands is known only once it has been set.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.documents.content import (
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Sender,
    Table,
)
from plimsoll.intervention.bundle.choosing import Choice
from plimsoll.intervention.bundle.entries import Entry, Paper
from plimsoll.intervention.models import Notice

NEVER: Final = (
    "Legal advice, and what a legal reviewer said of a notice: it is privileged.",
    "Drafts, and notices that were never given.",
    "Safeguarding concerns about children, which have a route of their own.",
    "The service’s own notes and calendars, and what concerns other schools.",
)
CHECK: Final = (
    "The zip that belongs to this document holds each file on its own, with the SHA-256 of each in "
    "SHA256SUMS. “sha256sum -c SHA256SUMS” says whether they are as they were made. Letters are "
    "bound in behind the records; a letter’s Word twin has the same words and is not repeated."
)
OPEN: Final[Mapping[str, str]] = {
    "pdf": "any PDF reader",
    "docx": "Word or LibreOffice",
    "xlsx": "Excel or LibreOffice",
    "odt": "LibreOffice or Word",
    "ods": "LibreOffice or Excel",
    "png": "any browser",
    "jpg": "any browser",
    "csv": "Excel, LibreOffice or a text editor",
    "txt": "any text editor",
}


@dataclass
class Volume:
    """The front part as blocks, and which heading belongs to what."""

    choice: Choice
    names: Mapping[str, str]  # of each paper in the zip
    pages: Mapping[str, str]  # where things stand, as far as it is known
    at: datetime
    marks: list[str] = field(default_factory=list)

    def letter(self) -> Letter:
        case, authority = self.choice.there.case, self.choice.there.case.policy.authority
        made = long_date(timezone.localdate(self.at))
        blocks = tuple(self._blocks())
        return Letter(
            title=f"The file of case {case.number}: {case.school.name}",
            reference=f"{case.school_id}, case {case.number}",
            date=timezone.localdate(self.at),
            sender=Sender(authority.service_name, authority.address),
            recipient=(self.choice.there.audience.label,),
            blocks=blocks,
            marking=f"Confidential: case {case.number}, {case.school.name}, made on {made}",
        )

    def _blocks(self) -> Iterator[Block]:
        yield Facts(tuple(self._about()))
        yield self._heading("contents", "What is in this file")
        yield Table("Contents", ("Part", "Page"), tuple(self._contents()))
        if self.choice.letters:
            yield self._heading("letters", "Letters and reports")
            yield Table(
                "Bound in behind the records", ("No.", "What", "Of", "Page"), self._letters()
            )
        if self.choice.uploads:
            yield self._heading("uploads", "Other files")
            yield Table(
                "In the zip as they are", ("File", "What it is", "SHA-256"), self._uploads()
            )
        yield self._heading("without", "What is not in it, and why")
        yield from self._without()
        if times := self._times():
            yield self._heading("redacted", "What is blacked out")
            yield Table("Words blacked out", ("Reason", "Times"), times)
        yield self._heading("check", "How to check it")
        yield Paragraph(CHECK)
        yield self._heading("chronology", "Chronology")
        yield Table("The oldest first", ("Day", "What happened", "Page"), self._chronology())
        for group, entries in self._groups():
            yield self._heading(f"group-{group}", group)
            for entry in entries:
                yield self._heading(entry.key, entry.label, level=3)
                yield from entry.blocks

    def _heading(self, mark: str, text: str, level: int = 2) -> Heading:
        self.marks.append(mark)
        return Heading(text, level)

    def _about(self) -> Iterator[tuple[str, str]]:
        there = self.choice.there
        case, bundle = there.case, self.choice.bundle
        yield "School", f"{case.school.name}, URN {case.school_id}"
        yield "For", there.audience.label
        yield "Purpose", bundle.purpose
        yield "Days", f"{long_date(case.opened_on)} to {self._until()}"
        if there.held_since:
            yield (
                "Legal hold",
                f"Nothing of the case is disposed of since {long_date(there.held_since)}",
            )

    def _until(self) -> str:
        closed = self.choice.there.case.closed_on
        return long_date(closed or timezone.localdate(self.at)) + (
            "" if closed else " (still open)"
        )

    def _contents(self) -> Iterator[tuple[str, str]]:
        parts = {
            "letters": "Letters and reports" if self.choice.letters else "",
            "uploads": "Other files" if self.choice.uploads else "",
            "without": "What is not in it, and why",
            "redacted": "What is blacked out" if self._times() else "",
            "check": "How to check it",
            "chronology": "Chronology",
        } | {f"group-{group}": group for group, _ in self._groups()}
        for mark, text in parts.items():
            if text:
                yield text, self.pages.get(mark, "")
        if self.choice.letters:
            yield (
                "The letters and reports themselves",
                self.pages.get(self.choice.letters[0].key, ""),
            )

    def _letters(self) -> tuple[tuple[str, ...], ...]:
        return tuple(
            (
                number_of(self.names[each.key]),
                self._title(each),
                long_date(each.on),
                self._page(each.key),
            )
            for each in self.choice.letters
        )

    def _title(self, paper: Paper) -> str:
        copied = paper.key in self.choice.anew
        return f"{paper.title} (copy, set anew)" if copied else paper.title

    def _uploads(self) -> tuple[tuple[str, ...], ...]:
        return tuple(
            (self.names[each.key], what_it_is(each, self.names[each.key]), each.document.sha256)
            for each in self.choice.uploads
        )

    def _without(self) -> Iterator[Block]:
        audience = self.choice.there.audience
        if withheld := self.choice.withheld:
            rows = tuple((each.what, each.why) for each in withheld)
            yield Table("Left out", ("What", "Why"), rows)
        yield Paragraph("Never in the file of a case:", leads=True)
        allocation = () if audience.allocation else (f"The allocation of support. {audience.why}",)
        yield Bullets((*NEVER, *allocation))

    def _times(self) -> tuple[tuple[str, str], ...]:
        """Why words are blacked out, and how often they were found; not which they are."""
        return tuple((x.phrase.why, str(x.times)) for x in self.choice.found if x.times)

    def _chronology(self) -> tuple[tuple[str, str, str], ...]:
        """A notice and its letter are one line, with the pages of both."""
        letters = {_subject(each): each for each in self.choice.letters}
        lines = []
        for entry in self.choice.entries:
            letter = letters.pop(entry.key, None)
            pages = (self._page(x.key) for x in (entry, letter) if x)
            lines.append((entry.on, entry.title, ", ".join(filter(None, pages))))
        lines += [(each.on, self._title(each), self._page(each.key)) for each in letters.values()]
        lines += [(each.on, each.title, "zip") for each in self.choice.uploads]
        return tuple(
            (long_date(on), what, page) for on, what, page in sorted(lines, key=lambda x: x[0])
        )

    def _groups(self) -> list[tuple[str, list[Entry]]]:
        groups: dict[str, list[Entry]] = {}
        for each in self.choice.entries:
            groups.setdefault(each.group, []).append(each)
        return list(groups.items())

    def _page(self, key: str) -> str:
        return self.pages.get(key, "")


def _subject(paper: Paper) -> str:
    """The entry of the notice that a letter is, or a key of its own."""
    document = paper.document
    is_notice = document.subject == Notice._meta.label_lower
    return f"notice-{document.subject_id}" if is_notice else paper.key


def what_it_is(paper: Paper, name: str) -> str:
    """“Attendance, 12 KB, opens with Excel.”"""
    extension = name.rpartition(".")[2]
    how = OPEN.get(extension, "a program for its kind of file")
    size = max(1, paper.document.size // 1000)
    return f"{paper.title} ({long_date(paper.on)}), {size} KB, opens with {how}"


def number_of(name: str) -> str:
    """“documents/012-report.pdf” is number 12."""
    return str(int(name.rpartition("/")[2][:3]))
