"""Text as words are looked for in it: small letters without accents, nothing that is not seen."""

import re
from typing import Final
from unicodedata import category, normalize

# Letters with a stroke or in one with another: no accent can be taken off them.
_STROKES: Final = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th",
}  # fmt: skip
_APOSTROPHES: Final = "'’‘ʼ`´′＇"
# Letters by name, and nothing to the eye.
_FILLERS: Final = "\u115f\u1160\u3164\uffa0"
_UNSEEN: Final = ("Mn", "Me", "Cf")
# Between two letters of a word: a hyphen, where a line ended.
BROKEN: Final = r"(?:[-‐‑‒–—−]\s+)?"
_WORD: Final = re.compile(r"[^\W_]+")


class _Kept(dict[int, str]):
    """For `str.translate`: what is left of each sign, found out when it first comes."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        gone = sign in _APOSTROPHES or sign in _FILLERS or category(sign) in _UNSEEN
        self[code] = "" if gone else _STROKES.get(sign, sign)
        return self[code]


_KEPT: Final = _Kept()


def folded(text: str) -> str:
    # An apostrophe that stands alone would become a space and a mark.
    apart = normalize("NFKD", text.translate(_QUOTES)).casefold()
    return normalize("NFKD", apart).translate(_KEPT)


_QUOTES: Final = dict.fromkeys(map(ord, _APOSTROPHES), "'")


def placed(text: str) -> tuple[str, list[int]]:
    """The text folded, and where in it each sign came from; the end of the text at last.

    Signs that are gone belong to the one before them: who cuts there leaves no mark standing.
    """
    signs, places = list[str](), list[int]()
    for place, sign in enumerate(text):
        kept = folded(sign)
        signs.append(kept)
        places += [place] * len(kept)
    return "".join(signs), [*places, len(text)]


def words_in(text: str) -> list[str]:
    """Its runs of letters and figures, folded."""
    return _WORD.findall(folded(text))
