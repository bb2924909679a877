"""A folder of published files: each is known by its columns, and read in the order it needs."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from plimsoll.core.streams import NothingToRead, Unreadable, legible, table
from plimsoll.evidence import sources
from plimsoll.evidence.intake import pipeline, unread
from plimsoll.evidence.intake.days import as_at
from plimsoll.evidence.layouts import Columns, Source
from plimsoll.evidence.years import year_of

# Schools before what is said of them, and what a file's years are before its figures; every
# other source comes after these, by its name.
FIRST: Final = (
    "gias", "gias-links", "gias-groups", "ofsted", "ofsted-report-cards", "lait-measures",
)  # fmt: skip

READ, NOT_READ, REFUSED = "read", "not read", "refused"
Watch = Callable[[str], AbstractContextManager[pipeline.Progress | None]]


@dataclass(frozen=True)
class Outcome:
    """What became of one file: read, not read for a reason, or refused because it is broken."""

    file: str
    state: str
    source: Source | None = None
    reason: str = ""
    result: pipeline.Result | None = None

    def as_plain(self) -> dict[str, Any]:
        plain = self.result.as_plain() if self.result else {}
        source = self.source.name if self.source else None
        return plain | {
            "file": self.file, "outcome": self.state, "source": source, "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A file in the folder, and the source that its columns are of."""

    path: Path
    source: Source | None = None
    outcome: Outcome | None = None  # where it is clear before anything is read

    @property
    def place(self) -> tuple[int, str, date, str, str]:
        """The older file first; one whose name gives no day is taken for the newest."""
        if self.source is None:
            return len(FIRST) + 1, "", date.max, "", str(self.path)
        name = self.source.name
        rank = FIRST.index(name) if name in FIRST else len(FIRST)
        day = as_at(self.path.name) or date.max
        return rank, name, day, year_of(self.path), str(self.path)


def files(folder: Path) -> list[Path]:
    """Every file in it and below it, but for hidden ones."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def read(
    folder: Path, *, las: Iterable[str], by: Any, clock: Callable[[], datetime], watch: Watch
) -> Iterator[Outcome]:
    """Read in each file that a source knows; a broken one changes nothing and stops none.

    Each has a moment of its own, by which what it changed is found among all that was.
    """
    las = list(las)
    found = [_recognise(folder, path) for path in files(folder)]
    for each in sorted(found, key=lambda one: one.place):
        name = legible(str(each.path.relative_to(folder)))
        if each.source is None:
            yield each.outcome or Outcome(name, NOT_READ)
            continue
        with watch(name) as progress:
            yield _read(name, each.path, each.source, las, by=by, at=clock(), progress=progress)


def _read(name: str, path: Path, source: Source, las: Sequence[str], **how: Any) -> Outcome:
    try:
        return Outcome(name, READ, source, result=pipeline.run(source, path, las=las, **how))
    except NothingToRead as nothing:
        return Outcome(name, NOT_READ, source, str(nothing))
    except Unreadable as refusal:
        return Outcome(name, REFUSED, source, str(refusal))
    except Exception:
        logging.getLogger(__name__).exception("%s could not be read", path)
        return Outcome(name, REFUSED, source, "It could not be read: the log says why.")


def _recognise(folder: Path, path: Path) -> Found:
    name = legible(str(path.relative_to(folder)))
    try:
        with table(path, wanted=lambda names: _source_of(names) is not None) as opened:
            columns = opened.columns
    except NothingToRead as nothing:
        return Found(path, outcome=Outcome(name, NOT_READ, reason=str(nothing)))
    except Unreadable as refusal:
        return Found(path, outcome=Outcome(name, REFUSED, reason=str(refusal)))
    if source := _source_of(columns):
        return Found(path, source)
    reason = unread.reason(columns) or "Its columns are those of no source that this knows."
    return Found(path, outcome=Outcome(name, NOT_READ, reason=reason))


def _source_of(names: Sequence[str]) -> Source | None:
    """The source that asks for the most of these columns, of those that have all they need."""
    columns = Columns(names)
    fitting = [
        (len(layout.needs), source.name, source)
        for source in sources.known().values()
        for layout in source.layouts
        if not columns.lacks(layout.needs)
    ]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None
