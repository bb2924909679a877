"""Reading in the whole register, against merely reading its file with `csv.DictReader`.

    python -m benchmarks.bench_import

Makes a file of 52,000 fictional schools and 140 columns, and on each database imports it,
imports it again, and imports it with one row in twenty changed. Each import is a process
of its own, whose peak memory counts; the time is that of the import, without the start of
Python and Django. PostgreSQL is a throw-away cluster that need not reach the disk.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from time import perf_counter

from tests.evidence.register_file import many, write
from tests.plugins.cluster import Cluster

SCHOOLS = 52_000
ROUNDS = 3
MEMORY = 120  # MB
# What is done in turn, and how many times as long as reading it may take.
LIMITS = {"first": 8.0, "same": 2.0, "changed": 3.0}
TITLES = {"first": "first import", "same": "same file again", "changed": "5 % of rows changed"}


@dataclass(frozen=True)
class Measured:
    seconds: float
    megabytes: float


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as name:
        folder = Path(name)
        # The PostgreSQL server may be another person than this process.
        files = _files(folder)
        measured = list(_measure(folder, files))
        reading = _best(measured.pop(0)[2])
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
        reading.append(_in_a_process("read", files["first"]))
        with _Database(database, folder / f"{turn}.sqlite3") as address:
            _in_a_process("migrate", address=address)
            for step in LIMITS:
                done = _in_a_process("import", files[step], address=address)
                found[database, step].append(done)
    yield "", "read", reading
    yield from ((database, step, measured) for (database, step), measured in found.items())


def _best(measured: list[Measured]) -> float:
    """What else the machine does only ever adds, so the quickest is nearest the truth."""
    return min(one.seconds for one in measured)


class _Database:
    """An empty database of this kind, for one round."""

    def __init__(self, kind: str, path: Path) -> None:
        self.cluster = Cluster() if kind == "postgresql" else None
        self.path = path

    def __enter__(self) -> str:
        return self.cluster.start() if self.cluster else f"sqlite:///{self.path}"

    def __exit__(self, *_: object) -> None:
        if self.cluster:
            self.cluster.stop()


def _row(database: str, step: str, measured: list[Measured], reading: float) -> bool:
    seconds = _best(measured)
    peak = max(one.megabytes for one in measured)
    times, limit = seconds / reading, LIMITS[step]
    good = times <= limit and peak <= MEMORY
    print(
        f"{database:12}{TITLES[step]:22}{seconds:9.2f}{times:7.2f}{limit:7.1f}"
        f"{peak:9.0f}{MEMORY:7}  {'pass' if good else 'FAIL'}"
    )
    return good


# --- one thing, in a process of its own ------------------------------------------------


def _in_a_process(what: str, path: Path = Path(), *, address: str = "") -> Measured:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_import", what, str(path)],
        env=os.environ
        | {
            "DATABASE_URL": address or "sqlite:///",
            "DJANGO_SETTINGS_MODULE": "plimsoll.config.settings",
            "PLIMSOLL_DEMO": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return Measured(**json.loads(done.stdout))


def _do(what: str, path: Path) -> float:
    if what == "read":
        started = perf_counter()
        with path.open(encoding="cp1252", newline="") as file:
            for _ in csv.DictReader(file):
                pass
        return perf_counter() - started
    import django

    django.setup()
    if what == "migrate":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return 0.0
    from django.utils import timezone

    from plimsoll.evidence import pipeline, sources

    source = sources.known()["gias"]
    result = pipeline.run(source, path, by=None, at=timezone.now())
    return result.run.seconds


def _peak() -> float:
    """The most memory this process has had, in MB. `ru_maxrss` would tell the parent's."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    print(json.dumps({"seconds": _do(sys.argv[1], Path(sys.argv[2])), "megabytes": _peak()}))
