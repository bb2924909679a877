"""Excel workbooks as rows of text, like a CSV's.

A workbook is unpacked and counted here before anything else reads it, and how large its
sheets say they are is looked at first: a few bytes can claim billions of cells.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, BinaryIO, Final
from xml.parsers.expat import ExpatError, ParserCreate

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

CHUNK: Final = 1 << 20
CELLS: Final = 8_000_000  # more than a national file of schools has
MEMBERS: Final = 2_000
HEADER_WITHIN: Final = 20  # titles and notes may stand above the names of the columns
# What unpacking raises for an archive that is damaged, or packed as nothing here can unpack.
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
    UnicodeDecodeError,
)  # fmt: skip
# A sheet by what it has in it: its name may be any.
_SHEET: Final = b"sheetData"
_CELL: Final = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ROW: Final = re.compile(r"[1-9][0-9]{0,6}")
# The parts that rows are read from. Without others it can be taken for nothing but a workbook.
_READ: Final = re.compile(r"\[Content_Types\]\.xml|(_rels|xl)/.*\.(xml|rels)")

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
        return _opened(_unpacked(raw, limit), wanted)
    except (CalamineError, ExpatError, *DAMAGED):
        raise BadWorkbook("is a damaged workbook, or one that is locked: save it again.")
    except BaseException as error:
        # What Rust gives up on, as a date beyond all time; its class has no module to name.
        if type(error).__name__ != "PanicException":
            raise
        raise BadWorkbook("has a cell that is no date, number or text: look it over.")


def _opened(safe: BinaryIO, wanted: Wanted | None) -> tuple[SheetRows, int]:
    book = CalamineWorkbook.from_object(safe)
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
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
        members = [info for info in archive.infolist() if _READ.fullmatch(info.filename)]
        if len(members) > MEMBERS:
            raise BadWorkbook("has more parts than any workbook that this reads.")
        if any(info.flag_bits & 1 for info in members):
            raise BadWorkbook("is locked with a password: save it without one.")
        if len({info.filename for info in members}) < len(members):
            raise BadWorkbook("has two parts of one name: save it again.")
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
            if _SHEET in part:
                _refuse_vast(part)
            with counted.open(info.filename, "w") as copy:
                copy.write(part)
    safe.seek(0)
    return safe


def _refuse_vast(sheet: bytearray) -> None:
    """A sheet is held from its first cell to its last, however few there are between."""
    extent = _Extent()
    parser = ParserCreate()
    parser.StartElementHandler = extent.take
    parser.Parse(bytes(sheet), True)
    if extent.wide * extent.deep > CELLS:
        raise BadWorkbook(
            f"has a sheet of {extent.deep:,} rows and {extent.wide:,} columns, which is more "
            "than any file this reads: save only what is filled in."
        )


class _Extent:
    """How far the cells of a sheet reach. One that tells no place follows the one before."""

    def __init__(self) -> None:
        self.wide, self.deep = 0, 0
        self._row, self._column = 0, 0

    def take(self, element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(":")[2]
        if name == "c":
            self._take_cell(attributes.get("r"))
        elif name == "row":
            self._take_row(attributes.get("r"))

    def _take_row(self, told: str | None) -> None:
        self._row = self._row + 1 if told is None else int(_place(_ROW, told)[0])
        self._column, self.deep = 0, max(self.deep, self._row)

    def _take_cell(self, told: str | None) -> None:
        if told is None:
            self._column += 1
        else:
            place = _place(_CELL, told)
            self._column, self.deep = _column(place[1]), max(self.deep, int(place[2]))
        self.wide = max(self.wide, self._column)


def _place(pattern: re.Pattern[str], told: str) -> re.Match[str]:
    if found := pattern.fullmatch(told):
        return found
    raise BadWorkbook("has a cell at a place that no sheet has: save it again.")


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
