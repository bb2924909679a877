"""The day that a published file's figures are as at, as its name tells it."""

import re
from datetime import date
from typing import Any

from plimsoll.evidence.years import MONTHS


def as_at(name: str) -> date | None:
    """The day a file's name says its figures are as at; None when it does not say.

    >>> as_at("edubasealldata20260821.csv")
    datetime.date(2026, 8, 21)
    >>> as_at("outcomes_as_at_31_August_2025.csv")
    datetime.date(2025, 8, 31)
    """
    for found in re.finditer(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?!\d)", name):
        if day := _day(*found.groups()):
            return day
    words = re.finditer(r"(?<!\d)(\d{1,2})[ _-]*([A-Za-z]+)[ _-]*(20\d\d)(?!\d)", name)
    for d, month, y in (found.groups() for found in words):
        if month.lower() in MONTHS and (day := _day(y, MONTHS.index(month.lower()) + 1, d)):
            return day
    return None


def _day(y: Any, m: Any, d: Any) -> date | None:
    try:
        return date(int(y), int(m), int(d))
    except ValueError:
        return None
