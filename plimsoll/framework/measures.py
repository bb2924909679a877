"""What is measured about schools: the national names, units and bounds, as published.

They stand in `measures.toml` beside this file. What follows from a figure (which difference
is worth a sentence, which cohort is small, what a figure suggests) is policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from plimsoll.core.policy import read_file


@dataclass(frozen=True, kw_only=True)
class Theme:
    key: str
    label: str
    about: str  # what the figures are, in a sentence
    lacks: str = ""  # what a reader looks for and no file has
    describes: bool = False  # what a school is, rather than how it does


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One thing that is measured; `measures.toml` explains each part."""

    key: str
    theme: str
    label: str
    short: str = ""
    unit: Literal["%", "£", ""] = ""
    decimals: int = 0
    good: Literal["high", "low", ""] = ""
    low: int = 0
    high: int
    since: str = ""
    adds: bool = False
    cohort: str = ""
    of: str = ""
    interval: tuple[str, ...] = ()
    other: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    shown: bool = True
    headline: bool = False

    @property
    def counts_pupils(self) -> bool:
        """Whether it is a share of its cohort, so that one pupil is a part of it."""
        return self.unit == "%" and bool(self.cohort) and not self.of

    @property
    def name(self) -> str:
        """What it is called inside a sentence or beside a small chart."""
        return self.short or self.label


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The file as a whole."""

    themes: tuple[Theme, ...]
    measures: tuple[Measure, ...]


class BadTables(Exception):
    """The file of measures that came with Plimsoll is not sound."""


def _read() -> Tables:
    tables, problems = read_file(Path(__file__).with_name("measures.toml"), Tables)
    if tables is None:
        raise BadTables("; ".join(map(str, problems)))
    return tables


_TABLES: Final = _read()
THEMES: Final[Mapping[str, Theme]] = {theme.key: theme for theme in _TABLES.themes}
MEASURES: Final[Mapping[str, Measure]] = {measure.key: measure for measure in _TABLES.measures}


def shown(measure: Measure, value: float) -> str:
    """The value as a reader sees it.

    >>> shown(MEASURES["absence.overall"], 4.7), shown(MEASURES["money.balance"], -47936.85)
    ('4.7 %', '−£47,937')
    """
    number = f"{abs(value):,.{measure.decimals}f}"
    sign = "−" if value < 0 and float(number.replace(",", "")) else ""
    if measure.unit == "£":
        return f"{sign}£{number}"
    return f"{sign}{number} {measure.unit}".strip()
