"""School years: how publishers write them, and the one way in which they are kept."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_SPAN: Final = re.compile(r"(?<!\d)(20\d\d)[-_/ ]?(?:20)?(\d\d)(?!\d)")
_SINGLE: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# In a name one that a month or another number follows is of a day, or a period of its own.
_ALONE: Final = re.compile(r"(?<!\d)(20\d\d)(?![-_/ ]?\d\d)(?!\d)")
# As the names of files and the usual months of release write them.
MONTHS: Final = (
    "january february march april may june july august september october november december"
).split()


def ending(year: int) -> str:
    """The school year that ends in this one.

    >>> ending(2016)
    '2015-16'
    """
    return f"{year - 1}-{year % 100:02d}"


def school_year(text: str) -> str:
    """A school year as a cell writes it; ValueError when it is none.

    >>> school_year("202324"), school_year("2018-2019"), school_year("2022/23")
    ('2023-24', '2018-19', '2022-23')
    >>> school_year("2016")
    '2015-16'
    """
    text = text.strip()
    if (found := _SPAN.fullmatch(text)) and (year := _whole(*found.groups())):
        return year
    if _SINGLE.fullmatch(text):
        return ending(int(text))
    raise ValueError("It is not a school year like 2023-24.")


def is_school_year(period: str) -> bool:
    """Is a period a school year, written as it is kept? Areas have others too.

    >>> is_school_year("2023-24"), is_school_year("2014-16")
    (True, False)
    """
    try:
        return school_year(period) == period
    except ValueError:
        return False


def year_of(path: Path) -> str:
    """The school year that a file's name, or else its folder's, tells; "" when neither does.

    >>> year_of(Path("2018-2019/england_abs.csv")), year_of(Path("ks2_perf_2016.csv"))
    ('2018-19', '2015-16')
    >>> year_of(Path("census-2022-23_23112023.csv"))
    '2022-23'
    >>> year_of(Path("absence_2023-11-23.csv")), year_of(Path("absence_2023-25.csv"))
    ('', '')
    """
    for name in (path.name, path.parent.name):
        spans = (_whole(*found.groups()) for found in _SPAN.finditer(name))
        if year := next(filter(None, spans), ""):
            return year
        if found := _ALONE.search(name):
            return ending(int(found.group(1)))
    return ""


def before(year: str, count: int = 1) -> str:
    """The school year so many before.

    >>> before("2023-24")
    '2022-23'
    """
    return ending(int(year[:4]) + 1 - count)


def following(year: str) -> str:
    """The school year after this one.

    >>> following("2023-24")
    '2024-25'
    """
    return before(year, -1)


def in_spans(years: Sequence[str]) -> str:
    """Years in their order, those that follow each other as one.

    >>> in_spans(["2016-17", "2017-18", "2018-19", "2022-23"])
    '2016-17 to 2018-19, 2022-23'
    """
    spans: list[list[str]] = []
    for year in years:
        if spans and following(spans[-1][-1]) == year:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(span[0] if len(span) == 1 else f"{span[0]} to {span[-1]}" for span in spans)


def _whole(start: str, end: str) -> str:
    """The year from its two halves, if the second follows the first."""
    follows = (int(start) + 1) % 100 == int(end)
    return f"{start}-{end}" if follows else ""
