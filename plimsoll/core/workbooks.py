"""Excel workbooks as rows of text, like a CSV's.

A workbook is unpacked and counted here before anything else reads it, and how large its
sheets say they are is looked at first: a few bytes can claim billions of cells.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

CHUNK: Final = 1 << 20
CELLS: Final = 8_000_000  # more than a national file of schools has
MEMBERS: Final = 2_000
HEADER_WITHIN: Final = 20  # titles and notes may stand above the names of the columns
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")

# A text file that has any of these is refused as binary; line ends and tabs are text.
_CONTROL: Final = {code: " " for code in range(32) if chr(code) not in "\t\n\r"}

Wanted = Callable[[Sequence[str]], bool]


class BadWorkbook(Exception):
    """It cannot be read. Its text is a sentence that follows the file's name."""


def is_workbook(names: Sequence[str]) -> bool:
    """Is a zip with these members an Excel workbook?"""
    return "[Content_Types].xml" in names and "xl/workbook.xml" in names


class SheetRows:
    """The rows after a header, as `csv.reader` gives them: with the line that was last read."""

    def __init__(self, columns: list[str], rows: Iterator[list[Any]], line: int) -> None:
        self.columns, self._rows, self.line_num = columns, rows, line

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        """The cells, as many as the header has; nothing at all for an empty row."""
        row = [shown(cell) for cell in next(self._rows)]
        self.line_num += 1
        while row and not row[-1]:
            row.pop()
        return row + [""] * (len(self.columns) - len(row)) if row else []


def shown(cell: Any) -> str:
    """A cell as text, as a CSV would have it.

    >>> shown(341.0), shown(4.25), shown(date(2026, 5, 1)), shown(True)
    ('341', '4.25', '2026-05-01', 'TRUE')
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell).translate(_CONTROL).strip()


def opened(raw: BinaryIO, limit: int, wanted: Wanted | None) -> tuple[SheetRows, int]:
    """The sheet with the wanted columns, from its header on; and how many lines it has."""
    try:
        book = CalamineWorkbook.from_object(_unpacked(raw, limit))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise BadWorkbook("is a damaged workbook, or one that is locked: save it again.")
    filled = [sheet for sheet in sheets if sheet.end]
    if not filled:
        raise BadWorkbook("is empty.")
    for sheet in filled:
        for at, names in _first_rows(sheet):
            if wanted and wanted(names):
                return _from(sheet, at, names)
    if len(filled) > 1 and wanted:
        listed = ", ".join(f"“{sheet.name}”" for sheet in filled[:5])
        raise BadWorkbook(
            f"has several sheets ({listed}), and none of them has the columns that are wanted."
        )
    return _from(filled[0], *next(_first_rows(filled[0])))


def _first_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """The rows at the top that have something in them, with their places."""
    rows = sheet.to_python(skip_empty_area=False, nrows=HEADER_WITHIN)
    for at, row in enumerate(rows):
        if any(names := [shown(cell) for cell in row]):
            yield at, names


def _from(sheet: CalamineSheet, at: int, names: list[str]) -> tuple[SheetRows, int]:
    while names and not names[-1]:
        names.pop()
    rows = iter(sheet.to_python(skip_empty_area=False))
    for _ in range(at + 1):
        next(rows, None)
    return SheetRows(names, rows, at + 1), (sheet.end or (0, 0))[0] + 1


def _unpacked(raw: BinaryIO, limit: int) -> BinaryIO:
    """The same workbook, each part unpacked and counted, so that none can be larger."""
    safe = io.BytesIO()
    with zipfile.ZipFile(raw) as archive, zipfile.ZipFile(safe, "w") as counted:
        members = [info for info in archive.infolist() if not info.is_dir()]
        if len(members) > MEMBERS:
            raise BadWorkbook("has more parts than any workbook that this reads.")
        if any(info.flag_bits & 1 for info in members):
            raise BadWorkbook("is locked with a password: save it without one.")
        left = limit
        for info in members:
            part = bytearray()
            with archive.open(info) as member:
                while chunk := member.read(CHUNK):
                    part += chunk
                    if len(part) > left:
                        raise BadWorkbook(
                            f"is larger than {limit >> 20} MB when unpacked, which is more than "
                            "any file this reads."
                        )
            left -= len(part)
            if _SHEET.fullmatch(info.filename):
                _refuse_vast(part)
            counted.writestr(info.filename, bytes(part))
    safe.seek(0)
    return safe


def _refuse_vast(sheet: bytearray) -> None:
    """A sheet is held from its first cell to its last, however few there are between."""
    wide, deep = 0, 0
    for found in _PLACE.finditer(sheet):
        wide, deep = max(wide, _column(found[1])), max(deep, int(found[2]))
    if wide * deep > CELLS:
        raise BadWorkbook(
            f"has a sheet of {deep:,} rows and {wide:,} columns, which is more than any file "
            "this reads: save only what is filled in."
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
