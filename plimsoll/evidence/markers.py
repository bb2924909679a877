"""Figures as published, and the words that stand where there is no figure.

A marker is never a number: it is kept apart from the file to the page, enters no average
and leaves a gap in a chart.
"""

import re
from collections.abc import Callable
from typing import Final

from django.db import models

Cell = tuple[float | None, str]  # a number and no marker, or a marker and no number


class Marker(models.TextChoices):
    """Why there is no figure."""

    SUPPRESSED = "suppressed", "Suppressed: too few pupils to publish"
    NOT_APPLICABLE = "not-applicable", "Does not apply"
    NOT_ENTERED = "not-entered", "No pupils entered"
    LOW_COVERAGE = "low-coverage", "Covers too few pupils to publish"
    TOO_SMALL = "too-small", "Above nought, but rounds to it"
    NOT_PUBLISHED = "not-published", "Not published"
    NOT_AVAILABLE = "not-available", "Not available"
    MISSING = "missing", "Left blank by the publisher"


# What performance tables, Explore Education Statistics and LAIT write, in lower case.
WORDS: Final = {
    "": Marker.MISSING,
    "null": Marker.MISSING,
    "supp": Marker.SUPPRESSED,
    "c": Marker.SUPPRESSED,
    "ne": Marker.NOT_ENTERED,
    "np": Marker.NOT_PUBLISHED,
    "lowcov": Marker.LOW_COVERAGE,
    "sp": Marker.TOO_SMALL,
    "low": Marker.TOO_SMALL,
    "k": Marker.TOO_SMALL,
    "new": Marker.NOT_APPLICABLE,
    "na": Marker.NOT_APPLICABLE,
    "n/a": Marker.NOT_APPLICABLE,
    "z": Marker.NOT_APPLICABLE,
    "x": Marker.NOT_AVAILABLE,
    "u": Marker.NOT_AVAILABLE,
    "re": Marker.NOT_AVAILABLE,
    "dns": Marker.NOT_AVAILABLE,
    ":": Marker.NOT_AVAILABLE,
    ".": Marker.NOT_AVAILABLE,
    "..": Marker.NOT_AVAILABLE,
    "-": Marker.NOT_AVAILABLE,
}
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def figure(low: float, high: float) -> Callable[[str], Cell]:
    """Read a cell as a number from `low` to `high`, or as a marker; else ValueError.

    >>> figure(0, 100)("23%")
    (23.0, '')
    >>> figure(0, 100)("SUPP")
    (None, 'suppressed')

    A comma parts thousands and nothing else, so that 1,2 is not taken for 12.

    >>> figure(0, 5000)("1,234")
    (1234.0, '')
    """

    def read(value: str) -> Cell:
        if (marker := WORDS.get(value.casefold())) is not None:
            return None, marker.value
        plain = value.removesuffix("%").removeprefix("£").replace("−", "-").strip()
        plain = _THOUSANDS.sub("", plain)
        if not (plain.isascii() and _NUMBER.fullmatch(plain)):
            raise ValueError("It is neither a number nor a marker that the publisher uses.")
        number = float(plain)
        if not low <= number <= high:
            raise ValueError(f"It is not between {low:,g} and {high:,g}.")
        return number, ""

    return read
