"""From a published file to rows of our own: one transaction, one account of what was done."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from django.conf import settings
from django.db import OperationalError, connection, transaction

from plimsoll.core.streams import Malformed, NothingToRead, Table, Unreadable, legible, table
from plimsoll.evidence.intake import rejects as rejected
from plimsoll.evidence.intake import unread
from plimsoll.evidence.intake.days import as_at
from plimsoll.evidence.layouts import Columns, Job, Keeper, Source
from plimsoll.evidence.models import ImportRun, Reject
from plimsoll.evidence.values import BadCell
from plimsoll.evidence.years import year_of

Progress = Callable[[int, int], None]  # lines read, lines in the file
EVERY: Final = 500
# More rows than there are schools: a file of which so many are turned away is another kind.
MOST_REJECTS: Final = 50_000
PATIENCE: Final = 20  # seconds for another import to end, as long as SQLite waits
LOCK: Final = 20_231_116  # PostgreSQL's number for the one import


@dataclass
class Result:
    """The account of one import."""

    run: ImportRun
    rejects: list[Reject]
    rejects_csv: Path | None = None

    def as_plain(self) -> dict[str, Any]:
        run = self.run
        plain = {
            "source": run.source,
            "file": run.file,
            "sha256": run.sha256,
            "as_at": run.as_at.isoformat() if run.as_at else None,
            "rows": run.rows,
            "selected": run.selected,
            "accepted": run.accepted,
            "rejected": run.rejected,
            "created": run.created,
            "updated": run.updated,
            "unchanged": run.unchanged,
            "seconds": round(run.seconds, 3),
        }
        return plain | ({"rejects_csv": str(self.rejects_csv)} if self.rejects_csv else {})


def run(
    source: Source,
    path: Path,
    *,
    las: Iterable[str] = (),
    year: str = "",
    by: Any,
    at: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Import one file. Raises `Unreadable`, with nothing changed, when it is no such file.

    `year` is the school year of its figures, where neither file nor name tells it.
    """
    started = perf_counter()
    with table(path, wanted=source.knows) as opened:
        columns = Columns(opened.columns)
        if not source.knows(opened.columns) and (why := unread.reason(opened.columns)):
            raise NothingToRead(f"{path.name} is not read. {why}")
        layout = source.layout_of(columns)
        no_rows = NothingToRead(f"{path.name} has the names of its columns and not one row.")
        if opened.look.lines == 1:
            raise no_rows
        with alone():
            record = _record(source, path, opened, las, year or year_of(path), by, at)
            job = Job(
                record,
                columns,
                frozenset(record.las),
                peek=lambda: _peek(source, path),
                year_said=record.year and year,
            )
            rejects = _keep(
                job, layout.keeper(job), opened, short_by=layout.short_by, progress=progress
            )
            if not record.rows:
                raise no_rows
            _account(record, job, rejects, seconds=perf_counter() - started)
            if dry_run:
                transaction.set_rollback(True)
    return Result(record, rejects, _write_rejects(record, rejects) if rejects else None)


@contextmanager
def alone() -> Iterator[None]:
    """A transaction for one import: two at once would each add what the other adds."""
    with ExitStack() as stack:
        try:
            stack.enter_context(transaction.atomic())
            _wait_for_the_other()
        except OperationalError as error:
            if "lock" not in str(error):
                raise
            raise Unreadable("Another file is being read in. Try again when that is done.")
        yield


def _wait_for_the_other() -> None:
    """SQLite has done so where the transaction began."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def _record(
    source: Source,
    path: Path,
    opened: Table,
    las: Iterable[str],
    year: str,
    by: Any,
    at: datetime,
) -> ImportRun:
    day = as_at(path.name)
    if day and day > at.date() + timedelta(days=1):  # somewhere it is tomorrow already
        raise Unreadable(
            f"The name of {path.name} says that its figures are as at {day}, which is yet to "
            "come: give it the name under which it was published."
        )
    return ImportRun.objects.create(
        source=source.name,
        file=legible(path.name)[:255],
        sha256=opened.sha256,
        as_at=day,
        year=year if source.yearly else "",
        las=sorted(set(las)),
        at=at,
        by=by.pk if by else None,
        by_name=str(by) if by else "Plimsoll",
    )


def _keep(
    job: Job, keeper: Keeper, opened: Table, *, short_by: int, progress: Progress | None
) -> list[Reject]:
    record, rejects = job.run, []
    for line, row in opened.rows(short_by=short_by):
        record.rows += 1
        if progress and record.rows % EVERY == 0:
            progress(line, opened.look.lines)
        try:
            if isinstance(row, Malformed):
                record.selected += 1
                raise BadCell("", row.text, row.reason)
            if keeper.wants(row):
                record.selected += 1
                keeper.take(line, row)
        except BadCell as bad:
            rejects.append(_reject(record, line, bad))
            if len(rejects) > MOST_REJECTS:
                _refuse_hopeless(rejects[0])
    keeper.finish()
    return rejects


def _refuse_hopeless(first: Reject) -> None:
    column = f" of “{first.column}”" if first.column else ""
    raise Unreadable(
        f"More than {MOST_REJECTS:,} rows cannot be used, so it is not the file that it should "
        f"be. The first is line {first.line}, because{column}: {first.reason}"
    )


def _peek(source: Source, path: Path) -> Iterable[list[str]]:
    with table(path, wanted=source.knows) as opened:
        yield from (row for _, row in opened.rows() if not isinstance(row, Malformed))


def _reject(record: ImportRun, line: int, bad: BadCell) -> Reject:
    return Reject(
        run=record,
        line=line,
        column=bad.column[:200],
        value=bad.value[:200],
        reason=bad.reason[:300],
    )


def _account(record: ImportRun, job: Job, rejects: list[Reject], *, seconds: float) -> None:
    Reject.objects.bulk_create(rejects, batch_size=EVERY)
    counts = job.counts
    record.rejected = len(rejects)
    record.accepted = record.selected - record.rejected
    record.created, record.updated = counts.created, counts.updated
    record.unchanged = counts.unchanged
    record.seconds = seconds
    record.save()


def _write_rejects(record: ImportRun, rejects: list[Reject]) -> Path:
    folder = Path(settings.VAR) / "rejects"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / rejected.name(record)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        rejected.write(rejects, out)
    return path
