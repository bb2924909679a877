"""A letter as a tagged PDF (PDF/UA-1). The only file that imports the PDF maker."""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst
from django.conf import settings

from plimsoll.documents.content import Letter, in_words, plain
from plimsoll.documents.glyphs import MARK, drawable, drawn_by

TEMPLATES: Final = Path(__file__).parent / "typst"
LETTER: Final = "letter.typ"
STAMPS: Final = "stamps.typ"
FACES: Final = ("Arimo_400Regular.ttf", "Arimo_700Bold.ttf")

# One compiler serves every thread in turn: a letter takes it some ten milliseconds.
_turn = Lock()


class NotRendered(Exception):
    """The letter could not be made; the message says why."""


def pdf(letter: Letter, *, at: datetime) -> bytes:
    """The letter's bytes. The same letter at the same moment gives the same bytes."""
    fonts = settings.ASSETS / "fonts"
    data = _data(letter, _points(fonts))
    return _made(LETTER, data, what=f"The letter “{letter.title}”", at=at)


def stamps(lines: Sequence[str], *, at: datetime) -> bytes:
    """A page for each line with the line at its top right, to be laid over other pages."""
    return _made(STAMPS, list(lines), what="The page numbers", at=at)


def _made(template: str, data: Any, *, what: str, at: datetime) -> bytes:
    with _turn:
        try:
            made, warnings = _compiler(settings.ASSETS / "fonts", template).compile_with_warnings(
                format="pdf",
                sys_inputs={"letter": json.dumps(data)},
                pdf_standards="ua-1",
                timestamp=int(at.timestamp()),
            )
        except typst.TypstError as error:
            raise NotRendered(f"{what} could not be made: {error}.")
    if warnings:
        reasons = "; ".join(warning.message for warning in warnings)
        raise NotRendered(f"{what} could not be made well: {reasons}.")
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=2)
def _compiler(fonts: Path, template: str) -> typst.Compiler:
    _points(fonts)
    return typst.Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
        ),
        ignore_system_fonts=True,
    )


@lru_cache(maxsize=1)
def _points(fonts: Path) -> frozenset[int]:
    """The characters that every face of the letter has."""
    lacking = [face for face in FACES if not (fonts / face).exists()]
    if lacking:
        raise NotRendered(f"The fonts are not installed ({', '.join(lacking)}): run make.")
    return frozenset.intersection(*(drawn_by(fonts / face) for face in FACES))


def _data(letter: Letter, points: frozenset[int]) -> dict[str, Any]:
    """The letter as the template reads it: plain data, every text drawable."""
    data: dict[str, Any] = _drawn(letter, points)
    language, _, region = letter.language.partition("-")
    return data | {
        "date": in_words(letter.date),
        "day": [letter.date.year, letter.date.month, letter.date.day],
        "language": [language, region or None],
        "incomplete": MARK in repr(data),
    }


def _drawn(part: Any, points: frozenset[int]) -> Any:
    if isinstance(part, str):
        return drawable(plain(part), points)
    if isinstance(part, tuple):
        return [_drawn(item, points) for item in part]
    if not is_dataclass(part):
        return part
    drawn = {entry.name: _drawn(getattr(part, entry.name), points) for entry in fields(part)}
    return {"kind": type(part).__name__.lower()} | drawn
