"""Reading in the whole register, against merely reading its file with `csv.DictReader`.

    python -m benchmarks.bench_import

Makes a file of 52,000 fictional schools and 140 columns, and on each database imports it,
imports it again, and imports it with one row in twenty changed. Each import is a process
of its own, whose peak memory counts; the time is that of the import, without the start of
Python and Django. PostgreSQL is a throw-away cluster that need not reach the disk.
"""

import csv
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from time import perf_counter

from benchmarks.process import Database, Measured, best, in_a_process, migrate, tell
from tests.evidence.register_file import many, write

SCHOOLS = 52_000
ROUNDS = 3
MEMORY = 120  # MB
# What is done in turn, and how many times as long as reading it may take.
LIMITS = {"first": 8.0, "same": 2.0, "changed": 3.0}
TITLES = {"first": "first import", "same": "same file again", "changed": "5 % of rows changed"}
NAME = "benchmarks.bench_import"


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as name:
        folder = Path(name)
        # The PostgreSQL server may be another person than this process.
        files = _files(folder)
        measured = list(_measure(folder, files))
        reading = best(measured.pop(0)[2])
        print(f"csv.DictReader, {SCHOOLS:,} rows of 140 columns: {reading:.2f} s\n")
        print(f"{'':12}{'':22}{'seconds':>9}{'times':>7}{'limit':>7}{'peak MB':>9}{'limit':>7}")
        results = [_row(*one, reading) for one in measured]
    return 0 if all(results) else 1


def _files(folder: Path) -> dict[str, Path]:
    whole = write(folder / "register.csv", many(SCHOOLS))
    changed = (
        row | {"EstablishmentName": f"{row['EstablishmentName']} Academy", "NumberOfBoys": "1"}
        if place % 20 == 0
        else row
        for place, row in enumerate(many(SCHOOLS))
    )
    return {
        "first": whole,
        "same": whole,
        "changed": write(folder / "register_changed.csv", changed),
    }


def _measure(folder: Path, files: dict[str, Path]) -> Iterator[tuple[str, str, list[Measured]]]:
    """What was measured, the reading first: read between the rounds, as others are at work."""
    databases = ("sqlite", "postgresql")
    reading: list[Measured] = []
    found: dict[tuple[str, str], list[Measured]] = {
        (database, step): [] for database in databases for step in LIMITS
    }
    for turn, database in product(range(ROUNDS), databases):
        reading.append(in_a_process(NAME, "read", files["first"]))
        with Database(database, folder / f"{turn}.sqlite3") as address:
            in_a_process(NAME, "migrate", address=address)
            for step in LIMITS:
                done = in_a_process(NAME, "import", files[step], address=address)
                found[database, step].append(done)
    yield "", "read", reading
    yield from ((database, step, measured) for (database, step), measured in found.items())


def _row(database: str, step: str, measured: list[Measured], reading: float) -> bool:
    seconds = best(measured)
    peak = max(one.megabytes for one in measured)
    times, limit = seconds / reading, LIMITS[step]
    good = times <= limit and peak <= MEMORY
    print(
        f"{database:12}{TITLES[step]:22}{seconds:9.2f}{times:7.2f}{limit:7.1f}"
        f"{peak:9.0f}{MEMORY:7}  {'pass' if good else 'FAIL'}"
    )
    return good


def _do(what: str, path: str = "") -> float:
    if what == "read":
        started = perf_counter()
        with Path(path).open(encoding="cp1252", newline="") as file:
            for _ in csv.DictReader(file):
                pass
        return perf_counter() - started
    if what == "migrate":
        migrate()
        return 0.0
    import django

    django.setup()
    from django.utils import timezone

    from plimsoll.evidence import sources
    from plimsoll.evidence.intake import pipeline

    source = sources.known()["gias"]
    result = pipeline.run(source, Path(path), by=None, at=timezone.now())
    return result.run.seconds


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    tell(_do, *sys.argv[1:])
