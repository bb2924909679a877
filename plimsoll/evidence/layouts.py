"""The layout of a published file: its columns, found by name, and who keeps its rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, Protocol

from plimsoll.core.streams import Unreadable
from plimsoll.evidence.models import ImportRun
from plimsoll.evidence.values import BadCell, cell

# Cells that a row may lack at its end, where a publisher leaves out all that are empty.
EVERY_EMPTY: Final = 1_000
Names = str | tuple[str, ...]  # one column, or any of several


def folded(name: str) -> str:
    """Names are compared without regard to case and to how many spaces they have."""
    return " ".join(name.split()).casefold()


class Columns:
    """The header of one file."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self._places: dict[str, int] = {}
        self.repeated: list[str] = []
        for place, name in enumerate(names):
            if folded(name) in self._places:
                self.repeated.append(name)
            self._places.setdefault(folded(name), place)

    def place(self, *names: str) -> int | None:
        """Where the first of these columns that the file has stands."""
        return next(
            (self._places[folded(name)] for name in names if folded(name) in self._places), None
        )

    def places(self, *names: str) -> list[int]:
        """Where those of these columns that the file has stand."""
        return [self._places[folded(name)] for name in names if folded(name) in self._places]

    def lacks(self, needs: Iterable[Names]) -> list[str]:
        """The needed columns that are not there."""
        wanted = [(name,) if isinstance(name, str) else name for name in needs]
        return [names[0] for names in wanted if self.place(*names) is None]


@dataclass(frozen=True)
class Reading:
    """One row, read by the names of its columns."""

    columns: Columns
    row: list[str]

    def has(self, names: tuple[str, ...]) -> bool:
        return self.columns.place(*names) is not None

    def get(self, reader: Callable[[str], Any], names: tuple[str, ...]) -> Any:
        """The first of these columns that the file has, as a value."""
        value = cell(self.row, self.columns.place(*names))
        try:
            return reader(value)
        except ValueError as error:
            raise BadCell(names[0] if names else "", value, str(error))


@dataclass
class Counts:
    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class Job:
    """What a keeper needs to know of the import it works for."""

    run: ImportRun
    columns: Columns
    las: frozenset[str]
    peek: Callable[[], Iterable[list[str]]]  # the file's rows, read over again
    year_said: str = ""  # the school year that whoever reads the file in said it is of
    counts: Counts = field(default_factory=Counts)

    def is_older(self, run: int | None) -> bool:
        """Is this file, as at its date, older than the one that run read?"""
        mine, theirs = self.run.as_at, self._days.get(run or 0)
        return mine is not None and theirs is not None and mine < theirs

    @cached_property
    def _days(self) -> dict[int, date | None]:
        return dict(ImportRun.objects.values_list("pk", "as_at"))


class Keeper(Protocol):
    """Keeps the rows of one layout."""

    def wants(self, row: list[str]) -> bool:
        """Is this row about one of the local authorities asked for?"""

    def take(self, line: int, row: list[str]) -> None:
        """Keep the row, now or with its batch; raise BadCell if it cannot be used."""

    def finish(self) -> None:
        """Keep what is still waiting, and write the events."""


@dataclass(frozen=True)
class Layout:
    """One shape in which a source publishes."""

    needs: tuple[Names, ...]
    keeper: Callable[[Job], Keeper]
    short_by: int = 0


@dataclass(frozen=True)
class Covers:
    """Of which schools that the state pays for a source should have a row, so that one that
    is lacking can be told: by kind, by the ages of their pupils, by whose accounts they are in.
    """

    groups: tuple[str, ...]
    age_from: int = 99  # takes pupils of this age, or younger ones
    age_to: int = 0  # keeps pupils until this age, or longer
    academies: bool = True


@dataclass(frozen=True)
class Source:
    """A published dataset. Each is one file in `evidence/sources/`."""

    name: str
    title: str
    publisher: str
    address: str
    usual_month: str
    layouts: tuple[Layout, ...]
    yearly: bool = False  # its figures are of a school year ...
    lag: int = 0  # ... that ended so many calendar years before the usual month of release
    covers: Covers | None = None

    def knows(self, names: Sequence[str]) -> bool:
        """Has a file with these columns one of its layouts?"""
        columns = Columns(names)
        return any(not columns.lacks(layout.needs) for layout in self.layouts)

    def layout_of(self, columns: Columns) -> Layout:
        """The layout whose needed columns are all there, or a refusal that names one."""
        lacking = {layout: columns.lacks(layout.needs) for layout in self.layouts}
        for layout, missing in lacking.items():
            if not missing:
                _refuse_repeated(columns, layout)
                return layout
        nearest = min(lacking.values(), key=len)
        shown = ", ".join(columns.names[:12])
        more = f" and {len(columns.names) - 12} more" if len(columns.names) > 12 else ""
        noun = "columns" if len(nearest) > 1 else "column"
        wanted = ", ".join(f"“{name}”" for name in nearest)
        raise Unreadable(
            f"The file has no {noun} {wanted}, so it is not {self.title}. It has: {shown}{more}."
        )


def _refuse_repeated(columns: Columns, layout: Layout) -> None:
    for names in layout.needs:
        for name in (names,) if isinstance(names, str) else names:
            if folded(name) in map(folded, columns.repeated):
                raise Unreadable(f"The file has the column “{name}” more than once.")
