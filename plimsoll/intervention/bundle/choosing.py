"""What goes into the file, what is left out and why, and where the words to black out stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from plimsoll.documents.actions import WORD
from plimsoll.documents.models import Document
from plimsoll.documents.reading import text_of
from plimsoll.intervention.bundle.anew import private_words
from plimsoll.intervention.bundle.blackout import Blackout, Phrase, phrases_of, words_of
from plimsoll.intervention.bundle.entries import Entry, Paper
from plimsoll.intervention.bundle.gathering import Gathered
from plimsoll.intervention.models import Bundle
from plimsoll.visits.privacy import band_named

UNSEEN: Final = "Nobody has looked in it for the words that are blacked out."
STANDS: Final = "Words that are blacked out stand in it, and it cannot be set anew."
READABLE: Final = (WORD, "text/plain", "text/csv")


@dataclass(frozen=True)
class Withheld:
    what: str
    why: str


@dataclass(frozen=True)
class Found:
    """Where a phrase stands, and how often."""

    phrase: Phrase
    places: list[tuple[str, int]]

    @property
    def times(self) -> int:
        return sum(times for _, times in self.places)


@dataclass
class Choice:
    """A bundle as it would be made now."""

    bundle: Bundle
    there: Gathered

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        return phrases_of(self.bundle.phrases)

    @cached_property
    def entries(self) -> list[Entry]:
        return [each for each in self.there.entries if each.key not in self.bundle.left_out]

    @cached_property
    def letters(self) -> list[Paper]:
        return [each for each in self._papers if not each.is_upload]

    @cached_property
    def uploads(self) -> list[Paper]:
        return [each for each in self._papers if each.is_upload and not self._why_not(each)]

    @property
    def going_in(self) -> list[Entry | Paper]:
        return [*self.entries, *self.letters, *self.uploads]

    @property
    def to_look_in(self) -> list[Paper]:
        """Uploads that go in only when somebody has looked in them."""
        if not self.phrases:
            return []
        return [each for each in self._papers if each.is_upload and self._why_not(each) != STANDS]

    @cached_property
    def withheld(self) -> list[Withheld]:
        """By hand first, then by what follows from the words."""
        out = self.bundle.left_out
        by_hand = [
            Withheld(each.label, out[each.key]) for each in self.there.all if each.key in out
        ]
        follows = [(each, self._why_not(each)) for each in self._papers if each.is_upload]
        return [*by_hand, *(Withheld(each.label, why) for each, why in follows if why)]

    @cached_property
    def names_band(self) -> list[str]:
        """What would tell a band to somebody who may not know it (S7): a warning and no bar, for
        a program cannot know what a letter to Ofsted had to say."""
        if self.there.audience.allocation:
            return []
        policy, blackout = self.there.case.policy, Blackout(self.phrases)
        return [label for label, text in self._readable if band_named(blackout.text(text), policy)]

    @cached_property
    def found(self) -> list[Found]:
        """For each phrase, where it stands among what goes in."""
        return [Found(phrase, _places(phrase, self._readable)) for phrase in self.phrases]

    @property
    def _readable(self) -> list[tuple[str, str]]:
        """What can be read of each thing that goes in, under its label."""
        records = [(each.label, f"{each.title}\n{words_of(each.blocks)}") for each in self.entries]
        letters = [(each.label, self.texts[each.key]) for each in self.letters]
        return [*records, *letters, *((each.label, each.label) for each in self.uploads)]

    @cached_property
    def anew(self) -> set[str]:
        """The letters that cannot go in as they are stored."""
        phrases = (*self.phrases, *self.private)
        return {
            each.key
            for each in self.letters
            if any(phrase.times_in(self.texts[each.key]) for phrase in phrases)
        }

    @cached_property
    def private(self) -> tuple[Phrase, ...]:
        return private_words(self.there.case.policy)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What can be read of each document: one query."""
        return texts_of(self._papers)

    @cached_property
    def _papers(self) -> list[Paper]:
        return [each for each in self.there.papers if each.key not in self.bundle.left_out]

    def _why_not(self, upload: Paper) -> str:
        """An upload cannot be set anew: where words are blacked out, somebody looks in it."""
        if not self.phrases:
            return ""
        if any(phrase.times_in(self.texts[upload.key]) for phrase in self.phrases):
            return STANDS
        return "" if upload.key in self.bundle.seen else UNSEEN


def _places(phrase: Phrase, texts: Sequence[tuple[str, str]]) -> list[tuple[str, int]]:
    counted = ((label, phrase.times_in(text)) for label, text in texts)
    return [(label, times) for label, times in counted if times]


def texts_of(papers: Sequence[Paper]) -> dict[str, str]:
    read = {each.key: each.twin or each.document for each in papers}
    wanted = [each.pk for each in read.values() if each.media_type in READABLE]
    bodies = dict(Document.objects.filter(pk__in=wanted).values_list("pk", "body"))
    return {
        key: _text(document, bytes(bodies.get(document.pk, b""))) for key, document in read.items()
    }


def _text(document: Document, body: bytes) -> str:
    """Nothing, where it cannot be read."""
    if document.media_type != WORD:
        return _decoded(body)
    try:
        return text_of(body)
    except ValueError:
        return ""


def _decoded(body: bytes) -> str:
    """As the check of uploads knows text: what is no Unicode was saved by an older spreadsheet."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")
