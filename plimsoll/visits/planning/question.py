"""What a year of visits is proposed from, and what a proposal says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from plimsoll.core.deadlines import Calendar, Span
from plimsoll.visits.planning.days import Limits, Taken

# Where the authority has not entered its terms: the months in which there is school.
ASSUMED: Final = (("Autumn", 9, 12), ("Spring", 1, 3), ("Summer", 4, 7))


@dataclass(frozen=True)
class Need:
    """What is left of one line: so many visits of one length.

    `each_term` is how many fall in a term, 0 where the line is for the year. A line that counts
    as one of another's occasions takes its turns: both have that line's id as `turn`.
    """

    kind: str
    line: str
    funding: str
    label: str
    days: Decimal
    left: int
    each_term: int
    turn: str
    visits: int = 0
    mode: str = "in-person"


@dataclass(frozen=True)
class Standing:
    """A visit that the school has in the diary already."""

    on: date
    turn: str


@dataclass(frozen=True)
class Season:
    """A term, or the months that stand for one."""

    name: str
    span: Span
    assumed: bool = False


@dataclass(frozen=True)
class Proposed:
    """One visit on one day."""

    need: Need
    on: date
    part: str
    season: str


@dataclass(frozen=True)
class LeftOpen:
    """So many visits that have no day, and why."""

    need: Need
    season: str
    why: str


@dataclass(frozen=True)
class Proposal:
    visits: tuple[Proposed, ...]
    open: tuple[LeftOpen, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """All that a proposal follows from."""

    needs: Sequence[Need]
    seasons: Sequence[Season]
    calendar: Calendar
    standing: Sequence[Standing]  # at this school
    diary: Sequence[Taken]  # the partner's, this school among the others
    limits: Limits
    today: date


def seasons_of(terms: Iterable[tuple[str, Span]], year: int) -> tuple[Season, ...]:
    """The terms that were entered; for those of the year that were not, its months."""
    known = [Season(name, span) for name, span in terms]
    missing = [
        season
        for season in (_assumed(name, first, last, year) for name, first, last in ASSUMED)
        if not any(_overlap(season.span, other.span) for other in known)
    ]
    return tuple(sorted((*known, *missing), key=lambda season: season.span))


def _assumed(name: str, first: int, last: int, year: int) -> Season:
    calendar_year = year if first >= ASSUMED[0][1] else year + 1
    return Season(name, Span(date(calendar_year, first, 1), _end(calendar_year, last)), True)


def _end(year: int, month: int) -> date:
    """The last day of a month in which there can be school."""
    return date(year, month, 22 if month in (7, 12) else 30)


def _overlap(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last
