"""Every published file of five authorities read in by one command, against merely reading them.

    python -m benchmarks.bench_sources

The files are those in `../shared/data/merseyside`. The command is a process of its own, whose
peak memory counts; the time is that of the command, without the start of Python and Django.
"""

import csv
import gzip
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.process import Database, Measured, best, command, in_a_process, migrate, tell

NAME = "benchmarks.bench_sources"
FILES = Path(__file__).resolve().parents[2] / "shared" / "data" / "merseyside"
AUTHORITIES = ("341", "343", "340", "344", "342")
ROUNDS = 2
TIMES = 250.0  # as long as reading: the files are small, and each has its account and its means
SECONDS, MEMORY = 60, 250  # MB


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    reading: list[Measured] = []
    found: dict[str, list[Measured]] = {"sqlite": [], "postgresql": []}
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        for turn in range(ROUNDS):
            for kind, measured in found.items():
                reading.append(in_a_process(NAME, "read"))
                with Database(kind, Path(folder, f"{turn}.sqlite3")) as address:
                    in_a_process(NAME, "migrate", address=address)
                    measured.append(in_a_process(NAME, "import", address=address))
    files = len(list(_files()))
    print(f"csv.reader, {files} files: {best(reading):.2f} s\n")
    print(f"{'':12}{'seconds':>9}{'limit':>7}{'times':>7}{'limit':>7}{'peak MB':>9}{'limit':>7}")
    results = [_row(kind, measured, best(reading)) for kind, measured in found.items()]
    return 0 if all(results) else 1


def _row(database: str, measured: list[Measured], reading: float) -> bool:
    seconds = best(measured)
    peak = max(one.megabytes for one in measured)
    times = seconds / reading
    good = times <= TIMES and seconds <= SECONDS and peak <= MEMORY
    print(
        f"{database:12}{seconds:9.2f}{SECONDS:7}{times:7.2f}{TIMES:7.1f}"
        f"{peak:9.0f}{MEMORY:7}  {'pass' if good else 'FAIL'}"
    )
    return good


def _files() -> list[Path]:
    return sorted(path for path in FILES.rglob("*") if path.suffix in (".csv", ".gz"))


def _do(what: str) -> float:
    if what == "migrate":
        migrate()
        return 0.0
    if what == "import":
        return command("import-folder", str(FILES), *(f"--la={code}" for code in AUTHORITIES))
    started = perf_counter()
    for path in _files():
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="latin-1", newline="") as file:
            for _ in csv.reader(file):
                pass
    return perf_counter() - started


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    tell(_do, *sys.argv[1:])
