"""Cells of published files as values. Each reader raises ValueError with a reason."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

Reader = Callable[[str], Any]

_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})( 00:00(:00)?)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)([T ]00:00(:00)?)?")
_WHOLE: Final = re.compile(r"-?[0-9]+(\.0+)?")
_EARLIEST, _LATEST = 1000, 2100
LONGEST: Final = 100
# Ofsted writes the word for an empty cell.
_EMPTY: Final = frozenset({"", "NULL"})


class BadCell(Exception):
    """A cell that makes its row unusable."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        self.column, self.value, self.reason = column, value, reason
        super().__init__(f"{column}: {reason}")


def cell(row: list[str], place: int | None) -> str:
    """The cell's text, or nothing for a column the file does not have."""
    value = "" if place is None else row[place].strip()
    return "" if value in _EMPTY else value


def text(limit: int) -> Reader:
    def read(value: str) -> str:
        if len(value) > limit:
            raise ValueError(f"It is longer than {limit} characters.")
        return value

    return read


def required(reader: Reader) -> Reader:
    def read(value: str) -> Any:
        if not value:
            raise ValueError("It must not be empty.")
        return reader(value)

    return read


def whole(low: int = -(2**31), high: int = 2**31 - 1) -> Reader:
    """A whole number, or None for an empty cell."""

    def read(value: str) -> int | None:
        if not value:
            return None
        if not _WHOLE.fullmatch(value):
            raise ValueError("It is not a whole number.")
        # Python itself refuses to turn thousands of digits into a number.
        if len(value) > LONGEST or not low <= (number := int(value.partition(".")[0])) <= high:
            raise ValueError(f"It is not between {low} and {high}.")
        return number

    return read


@lru_cache(maxsize=20_000)
def day(value: str) -> date | None:
    """A date as the register and Ofsted write them (day first), or None."""
    if not value:
        return None
    if found := _DAY_FIRST.fullmatch(value):
        d, m, y = map(int, found.groups()[:3])
    elif found := _YEAR_FIRST.fullmatch(value):
        y, m, d = map(int, found.groups()[:3])
    else:
        raise ValueError("It is not a date like 31/08/2025.")
    if not _EARLIEST <= y <= _LATEST:
        raise ValueError(f"The year {y} is impossible.")
    try:
        return date(y, m, d)
    except ValueError:
        raise ValueError("There is no such day.")


def coded(
    names: Mapping[str, str],
    *,
    digits: int = 1,
    closed: bool = False,
    otherwise: str | None = None,
) -> Reader:
    """A code, or the name that stands for it where an extract leaves the codes out.

    `names` leads from a name to its code; a code that a spreadsheet has robbed of its
    leading nought gets it back. A code that is not in the table is new, unless the table is
    `closed`.
    """
    folded = {name.casefold(): code for name, code in names.items()}

    @lru_cache(maxsize=500)
    def read(value: str) -> str:
        if value.isdigit() and len(value) <= digits:
            code = value.zfill(digits)
            if code in folded.values() or not closed:
                return code
        if (named := folded.get(value.casefold(), otherwise)) is None:
            raise ValueError("It is neither a code nor a name that the register uses.")
        return named

    return read
