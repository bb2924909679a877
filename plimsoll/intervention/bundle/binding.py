"""The file made: one tagged PDF of everything that can be bound, and what goes into the zip."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.documents import archive, binder, render
from plimsoll.documents.binder import Part
from plimsoll.documents.content import Heading, Letter
from plimsoll.documents.models import Document
from plimsoll.documents.reading import letter_of
from plimsoll.intervention.bundle.anew import set_anew
from plimsoll.intervention.bundle.blackout import Blackout, words_of
from plimsoll.intervention.bundle.choosing import Choice
from plimsoll.intervention.bundle.entries import Paper
from plimsoll.intervention.bundle.volume import Volume

FILE: Final = "file.pdf"
INDEX: Final = "index.html"
SUMS: Final = "SHA256SUMS"
# Enough to let page numbers settle: they have no more than a few figures.
PASSES: Final = 4


@dataclass(frozen=True)
class Entry:
    """One file of the zip: made now, or a document as it was stored."""

    name: str
    title: str
    made: bytes | None = None
    document: Document | None = None

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].upper()

    @property
    def body(self) -> bytes:
        if self.made is not None:
            return self.made
        assert self.document is not None
        return body_of(self.document.pk)


@dataclass(frozen=True)
class Bound:
    """What was made: the PDF, the index, and each document in the order of the index."""

    pdf: bytes
    index: bytes
    entries: Sequence[Entry]


def body_of(pk: int) -> bytes:
    return bytes(Document.objects.values_list("body", flat=True).get(pk=pk))


def bound(choice: Choice, *, at: datetime) -> Bound:
    """As the choice stands. The same choice at the same moment gives the same bytes."""
    return _Binding(choice, at).made()


class _Binding:
    def __init__(self, choice: Choice, at: datetime) -> None:
        self.choice, self.at = choice, at
        self.blackout = Blackout(choice.phrases)
        papers = (*choice.letters, *choice.uploads)
        self.titles = {each.key: self.blackout.text(each.title) for each in papers}
        self.names = {
            each.key: archive.entry_name(number, self.titles[each.key], _extension(each))
            for number, each in enumerate(papers, start=1)
        }

    def made(self) -> Bound:
        letters = [self._letter(each) for each in self.choice.letters]
        parts = [Part(each.title, each.body) for each in letters]
        lengths = [binder.pages_of(part.body) for part in parts]
        front = self._front(lengths)
        total = binder.pages_of(front) + sum(lengths)
        stamps = render.stamps(
            [f"File, page {n} of {total}" for n in range(1, total + 1)], at=self.at
        )
        uploads = [
            Entry(self.names[each.key], self.titles[each.key], document=each.document)
            for each in self.choice.uploads
        ]
        entries = [*letters, *uploads]
        return Bound(binder.bind(front, parts, stamps), self._index(entries), entries)

    def _letter(self, paper: Paper) -> Entry:
        """As it is stored; or a copy set anew, where something in it may not be read."""
        name, title = self.names[paper.key], self.titles[paper.key]
        if paper.key not in self.choice.anew or paper.twin is None:
            return Entry(name, title, document=paper.document)
        letter = set_anew(
            letter_of(body_of(paper.twin.pk)),
            title=paper.title,
            on=paper.on,
            policy=self.choice.there.case.policy,
            private=self.choice.private,
            blackout=self.blackout,
        )
        return Entry(name, title, made=self._set(letter))

    def _front(self, lengths: Sequence[int]) -> bytes:
        """Set until the pages that it names are those on which things stand."""
        pages: Mapping[str, str] = {}
        for _ in range(PASSES):
            volume = Volume(self.choice, self.names, pages, self.at)
            letter = volume.letter()
            front = self._set(self.blackout.over(letter))
            assert len(volume.marks) == sum(isinstance(x, Heading) for x in letter.blocks)
            found = dict(_pages(volume.marks, front, self.choice.letters, lengths))
            if found == pages:
                break
            pages = found
        return front

    def _set(self, letter: Letter) -> bytes:
        """As a PDF, once nothing is left to read of what is blacked out. Raises Refused.

        Words that stand half in one line and half in the next are found nowhere by themselves.
        """
        if left := self.blackout.left_in(words_of(letter)):
            raise Refused(
                f"“{left}” stands across two lines or cells of “{letter.title}”, or in what the "
                "file says of itself, such as its day: black out its parts as well, or other words."
            )
        return render.pdf(letter, at=self.at)

    def _index(self, entries: Sequence[Entry]) -> bytes:
        case = self.choice.there.case
        context = {
            "title": self.blackout.text(f"The file of case {case.number}: {case.school.name}"),
            "made": long_date(timezone.localdate(self.at)),
            "purpose": self.blackout.text(self.choice.bundle.purpose),
            "audience": self.choice.there.audience.label,
            "file": FILE,
            "sums": SUMS,
            "entries": entries,
        }
        return render_to_string("intervention/bundle/index.html", context).encode()


def _extension(paper: Paper) -> str:
    return paper.document.filename.rpartition(".")[2].lower()


def _pages(
    marks: Sequence[str], front: bytes, letters: Sequence[Paper], lengths: Sequence[int]
) -> Iterator[tuple[str, str]]:
    _, *headings = binder.headings_of(front)  # the first is the title
    for mark, page in zip(marks, headings, strict=True):
        yield mark, str(page)
    first = binder.pages_of(front) + 1
    for letter, length in zip(letters, lengths, strict=True):
        yield letter.key, str(first)
        first += length
