"""Blacking words out of text that is set anew: there is nothing left under the black (S7).

A phrase is found however it is written: in any case, with its accents or without, across a
line's end or a hyphen at it, with other signs between its words, with marks between its letters
that nobody sees. Inside longer words too: what is found too much is seen before the file is
made, what is found too little is not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar

from plimsoll.core.forms import long_date
from plimsoll.documents.content import plain
from plimsoll.intervention.bundle.folding import BROKEN, folded, placed, words_in

BLOCK: Final = "█" * 4
SHORTEST: Final = 2
# Words that are written together are found from so many letters: fewer stand in any word.
TOGETHER: Final = 5
T = TypeVar("T")


@dataclass(frozen=True)
class Phrase:
    """Words to black out everywhere, and why."""

    words: str
    why: str

    @property
    def mark(self) -> str:
        return f"{BLOCK} [redacted: {self.why}]"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("".join(_parts(words_in(self.words))) or r"(?!)")

    def times_in(self, text: str) -> int:
        return len(self.pattern.findall(folded(plain(text))))

    def spans_in(self, text: str) -> list[tuple[int, int]]:
        """Where it stands in a plain text, with the unseen marks behind its last letter."""
        tidy, places = placed(text)
        found = (each.span() for each in self.pattern.finditer(tidy))
        return [(places[first], places[last]) for first, last in found]


def _parts(words: Sequence[str]) -> Iterable[str]:
    before = ""
    for word in words:
        if before:
            yield r"[\W_]*" if len(before + word) >= TOGETHER else r"[\W_]+"
        yield BROKEN.join(word)
        before = word


@dataclass(frozen=True)
class Blackout:
    """What is blacked out."""

    phrases: Sequence[Phrase]

    def text(self, text: str) -> str:
        """The text with a black block for each phrase in it."""
        for phrase in self.phrases:
            if phrase.times_in(text):
                text = _without(plain(text), phrase)
        return text

    def over(self, part: T) -> T:
        """The same content with every text in it blacked out."""
        done: Any = part
        if isinstance(part, str):
            done = self.text(part)
        elif isinstance(part, tuple):
            done = tuple(self.over(item) for item in part)
        elif is_dataclass(part) and not isinstance(part, type):
            values = {each.name: self.over(getattr(part, each.name)) for each in fields(part)}
            done = replace(part, **values)
        return done

    def left_in(self, text: str) -> str:
        """The first phrase that can still be read, or nothing."""
        return next((each.words for each in self.phrases if each.times_in(text)), "")


def _without(text: str, phrase: Phrase) -> str:
    for first, last in reversed(phrase.spans_in(text)):
        text = text[:first] + phrase.mark + text[last:]
    return text


def phrases_of(kept: Iterable[dict[str, str]]) -> tuple[Phrase, ...]:
    """As a bundle keeps them, the longest first: a name goes before its parts."""
    phrases = (Phrase(each["words"], each["why"]) for each in kept)
    return tuple(sorted(phrases, key=lambda each: -len(each.words)))


def said_by_marks(phrases: Sequence[Phrase]) -> str:
    """A phrase that a mark would say itself, or nothing: then nothing could black it out."""
    marks = " ".join(phrase.mark for phrase in phrases)
    return next((phrase.words for phrase in phrases if phrase.times_in(marks)), "")


def words_of(part: Any) -> str:
    """Every text in a content, one under the other."""
    if isinstance(part, str):
        return part
    if isinstance(part, date):
        return long_date(part)
    if isinstance(part, tuple | list):
        return "\n".join(map(words_of, part))
    if is_dataclass(part) and not isinstance(part, type):
        return "\n".join(words_of(getattr(part, each.name)) for each in fields(part))
    return ""
