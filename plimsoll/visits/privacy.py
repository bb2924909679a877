"""Words that want a second look: a band, a pupil's name, a sensitive category.

A band is refused (S7). The others are a warning and never a bar (Q1): a program cannot know
who is a pupil, so it shows the sentence and leaves the judgement to the author.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from plimsoll.framework.model import Edition

# A sentence ends with its mark, or with its line.
SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?]+(?!\s)[^.!?\n]+)*[.!?]*")
NAME: Final = r"(?:[A-ZÀ-Þ][’'])?[A-ZÀ-Þ][a-zß-ÿ]+(?:[’'-]?[A-ZÀ-Þ][a-zß-ÿ]+)*"
PAIR: Final = re.compile(rf"\b({NAME}) ({NAME})\b")
WORD: Final = re.compile(r"[\w’'-]+")
TITLES: Final = frozenset("Mr Mrs Ms Miss Mx Dr Sir Dame Father Rev Revd Canon".split())
# Besides the authority's own words for a band, those that anybody may use for one.
CALLED: Final = ("band", "banded", "category", "allocation")
BETWEEN: Final = (
    "band is was as of at a now still remains stays should be level to set given agreed moved from"
).split()
# Letters of other alphabets that look like ours, so that a band could be written with them.
LOOK_ALIKE: Final = str.maketrans(
    "АВСЕНІКМОРЅТХУасеіорѕхуΑΒΕΗΙΚΜΝΟΡΤΧο",
    "ABCEHIKMOPSTXYaceiopsxyABEHIKMNOPTXo",
)
# A line that goes on with one letter or number, which is no word that begins a sentence.
RUN_ON: Final = re.compile(r"\s*\n\s*(?=[\W_]*(?:[B-Z]\b|\w\b(?!\s+[a-z])))")
# Written with a capital in any school's report, and nobody's name.
ORDINARY: Final = frozenset(
    """
    A An And As At Both But By Each For From He Her His How If In It Its Key Many Most No Not
    Of On One Or Our She Some That The Their There These They This Those To We What When Where
    Which While Who With
    Stage Year Years Reception Nursery Early Foundation Primary Secondary Sixth Form School
    Schools Academy Academies College Trust Centre Council Church Catholic England English Maths
    Mathematics Science History Geography Art Music Computing Design Technology Religious
    Education Physical Personal Social Health Phonics Reading Writing Spanish French German
    Pupil Premium Free Meals Special Educational Needs Head Headteacher Deputy Assistant
    Principal Chair Governor Governors Governing Board Leader Leaders Director Officer Lead
    Teacher Designated Safeguarding Senior Local Authority Department Ofsted Inspector
    Inspection Framework Report Plan Policy Development Improvement Self Evaluation Form
    Learning Walk Book Look Single Central Record Spring Summer Autumn Term Half Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Christmas Easter Level Good Outstanding Requires
    Inadequate North South East West
    """.split()
)


NAMED: Final = "Perhaps the name of a pupil"


@dataclass(frozen=True)
class Finding:
    """A word that wants a second look, in its sentence; `part` is where it stands."""

    part: str
    word: str
    sentence: str
    why: str


def band_named(text: str, policy: Edition) -> str:
    """The sentence in which a band is named, or nothing."""
    words = policy.words
    called = (words.band, words.bands, words.allocation, words.allocation_short, *CALLED)
    pattern = _band_pattern(called, tuple(each.label for each in policy.bands))
    read = RUN_ON.sub(" ", _as_read(text))
    return next((each for each in sentences(read) if pattern.search(each)), "")


def _as_read(text: str) -> str:
    """The text as an eye reads it: one form of each letter, and nothing that cannot be seen."""
    plain = unicodedata.normalize("NFKC", text).translate(LOOK_ALIKE)
    seen = "".join(each for each in plain if unicodedata.category(each) != "Cf")
    return "\n".join(seen.splitlines())


@lru_cache(maxsize=8)
def _band_pattern(called: tuple[str, ...], bands: tuple[str, ...]) -> re.Pattern[str]:
    """A band's label after what the authority calls a band or an allocation, or before “band”."""
    names = "|".join(map(re.escape, sorted(set(called), key=len, reverse=True)))
    # “a” is a word: “a band a year” names none, and neither does “A band of leaders”.
    labels = {*bands, *map(str.lower, bands)}
    after = "|".join(map(re.escape, sorted(labels - {"a"})))
    before = "|".join(map(re.escape, sorted(labels - {"A", "a"})))
    between = rf"""[\s:=–—‐“"'‘«([/*#_→>-]*(?:(?i:{"|".join(BETWEEN)})[\s:“"'‘]+){{0,3}}"""
    return re.compile(
        rf"\b(?i:{names}){between}(?:{after})\b(?!-|[’'](?!s\b)\w)"
        rf"|\b(?:{before})[\s_‐-]*(?i:band|banded)\b"
    )


def sentences(text: str) -> Iterator[str]:
    return (each.strip() for each in SENTENCE.findall(text) if each.strip())


def look(
    part: str, text: str, *, policy: Edition, adults: Iterable[str], words: Iterable[str] = ()
) -> list[Finding]:
    """What wants a second look in one part of a report, each word once in its sentence.

    `adults` are the names of people who may be named, `words` other words with capitals.
    """
    known = Known(
        adults=[frozenset(WORD.findall(name)) for name in adults],
        words=ORDINARY | TITLES | {each for text in words for each in WORD.findall(text)},
    )
    return [
        finding
        for sentence in sentences(text)
        for finding in (
            *_sensitive(part, sentence, policy),
            *_names(part, sentence, policy, known),
        )
    ]


@dataclass(frozen=True)
class Known:
    """The names and the words that are no pupil's."""

    adults: list[frozenset[str]]
    words: frozenset[str]

    def __contains__(self, name: str) -> bool:
        parts = set(name.split())
        return bool(parts & self.words) or any(parts <= adult for adult in self.adults)


def _sensitive(part: str, sentence: str, policy: Edition) -> Iterator[Finding]:
    for word in policy.reports.sensitive_words:
        if found := re.search(rf"\b{re.escape(word)}\b", sentence, re.IGNORECASE):
            yield Finding(part, found[0], sentence, "A sensitive word")


def _names(part: str, sentence: str, policy: Edition, known: Known) -> Iterator[Finding]:
    told: set[str] = set()
    for name in (*_after_a_person(sentence, policy, known), *_pairs(sentence, known)):
        if not any(name in each for each in told):
            told.add(name)
            yield Finding(part, name, sentence, NAMED)


def _after_a_person(sentence: str, policy: Edition, known: Known) -> Iterator[str]:
    """A name right after “pupil”, “boy” and such: one word is enough there."""
    people = "|".join(map(re.escape, policy.reports.people_words))
    for found in re.finditer(rf"\b(?i:{people})s?,? ((?:{NAME})(?: {NAME})*)", sentence):
        if found[1] not in known:
            yield found[1]


def _pairs(sentence: str, known: Known) -> Iterator[str]:
    """Two capitalised words that belong to no adult of the school or the service."""
    for found in PAIR.finditer(sentence):
        if found[0] not in known:
            yield found[0]
