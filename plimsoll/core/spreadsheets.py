"""Text that a spreadsheet opens without harm."""

from typing import Final

# A spreadsheet would take a cell that begins so for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: str) -> str:
    """The cell as text, whatever it begins with.

    >>> harmless("=1+1"), harmless("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{value}" if value.startswith(FORMULA) else value
