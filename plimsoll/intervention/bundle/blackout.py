"""Blacking words out of text that is set anew: there is nothing left under the black (S7).

A phrase is found however it is written: in any case, across a line's end, with spaces that do
not break, with another hyphen or apostrophe, with marks between its letters that nobody sees.
Inside longer words too: what is found too much is seen before the file is made, what is found
too little is not.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, Final, TypeVar

from plimsoll.documents.content import plain

BLOCK: Final = "█" * 4
# Soft hyphens, joiners, marks of direction and of variation: between letters they are not seen.
HIDDEN: Final = "\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
UNSEEN: Final = f"[{HIDDEN}]*"
BETWEEN: Final = rf"[\s{HIDDEN}]+"
ALIKE: Final = (
    (re.compile(r"['’‘ʼ`´′＇]"), "['’‘ʼ`´′＇]"),
    (re.compile(r'["“”„″]'), '["“”„″]'),
    (re.compile(r"[-‐‑‒–—−]"), rf"[-‐‑‒–—−]{UNSEEN}\s*"),
)
SHORTEST: Final = 2
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
        words = _as_found(plain(self.words)).split()
        return re.compile(BETWEEN.join(map(_word, words)), re.IGNORECASE)

    def times_in(self, text: str) -> int:
        """Letters may be written as one sign that stands for two: then that counts too."""
        tidy = plain(text)
        return max(len(self.pattern.findall(each)) for each in (tidy, _as_found(tidy)))


def _word(word: str) -> str:
    return UNSEEN.join(map(_sign, word))


def _sign(sign: str) -> str:
    return next((like for signs, like in ALIKE if signs.match(sign)), re.escape(sign))


def _as_found(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@dataclass(frozen=True)
class Blackout:
    """What is blacked out."""

    phrases: Sequence[Phrase]

    def text(self, text: str) -> str:
        """The text with a black block for each phrase in it."""
        for phrase in self.phrases:
            found = phrase.times_in(text)
            if found:
                tidy = plain(text)
                tidy = tidy if len(phrase.pattern.findall(tidy)) == found else _as_found(tidy)
                text = phrase.pattern.sub(phrase.mark.replace("\\", r"\\"), tidy)
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
    if isinstance(part, tuple | list):
        return "\n".join(map(words_of, part))
    if is_dataclass(part) and not isinstance(part, type):
        return "\n".join(words_of(getattr(part, each.name)) for each in fields(part))
    return ""
