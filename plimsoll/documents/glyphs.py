"""Which characters a TrueType font can draw, read from its `cmap` table."""

import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Shown in place of a character that the typeface does not have.
MARK: Final = "□"


def drawn_by(path: Path) -> frozenset[int]:
    """The code points for which the font has a glyph."""
    font = path.read_bytes()
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    points: set[int] = set()
    for index in range(count):
        (offset,) = struct.unpack_from(">I", font, cmap + 4 + 8 * index + 4)
        points.update(_mapped(font, cmap + offset))
    return frozenset(points)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"The font has no {tag.decode()} table.")


def _mapped(font: bytes, at: int) -> Iterator[int]:
    """Formats 4 (the first 65,536 characters) and 12 (all): what today's fonts use."""
    (kind,) = struct.unpack_from(">H", font, at)
    if kind == 4:
        (twice,) = struct.unpack_from(">H", font, at + 6)
        count = twice // 2
        ends = struct.unpack_from(f">{count}H", font, at + 14)
        starts = struct.unpack_from(f">{count}H", font, at + 16 + twice)
        for start, end in zip(starts, ends, strict=True):
            yield from (point for point in range(start, end + 1) if point != 0xFFFF)
    elif kind == 12:
        (groups,) = struct.unpack_from(">I", font, at + 12)
        for index in range(groups):
            start, end, _ = struct.unpack_from(">III", font, at + 16 + 12 * index)
            yield from range(start, end + 1)


def drawable(text: str, points: frozenset[int]) -> str:
    """The text with a visible mark for each character the font lacks.

    What only joins or varies its neighbour goes without a mark: it has no look of its own.
    """
    return "".join(
        character if ord(character) in points or character == "\n" else _instead(character)
        for character in text
    )


def _instead(character: str) -> str:
    match unicodedata.category(character):
        case "Zs" | "Cc":  # a space of some width, a tab
            return " "
        case "Cf" | "Mn" | "Me":
            return ""
    return MARK
