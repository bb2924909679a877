"""What published evidence suggests for 20,000 schools, as the command line prints it.

    python -m benchmarks.bench_suggest

Five years of figures stand behind every school. What one school costs is compared between
one authority and a hundred in the same database: it may not grow.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.process import Database, command, in_a_process, migrate, tell

NAME = "benchmarks.bench_suggest"
FEW, MANY = 200, 20_000
TIMES = 1.5  # a school among many, against a school among few
SECONDS = 60


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    print(f"{'':12}{'schools':>9}{'seconds':>9}{'limit':>7}{'ms each':>9}{'times':>7}{'limit':>7}")
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        results = [_compare(kind, Path(folder, "many")) for kind in ("sqlite", "postgresql")]
    return 0 if all(results) else 1


def _compare(kind: str, path: Path) -> bool:
    with Database(kind, path) as address:
        in_a_process(NAME, "make", address=address)
        few = in_a_process(NAME, "one", address=address).seconds
        many = in_a_process(NAME, "every", address=address).seconds
    each, of_many = few / FEW, many / MANY
    good = many <= SECONDS and of_many / each <= TIMES
    print(f"{kind:12}{FEW:9,}{few:9.2f}{'':7}{each * 1000:9.2f}")
    print(
        f"{'':12}{MANY:9,}{many:9.2f}{SECONDS:7}{of_many * 1000:9.2f}"
        f"{of_many / each:7.2f}{TIMES:7.1f}  {'pass' if good else 'FAIL'}",
        flush=True,
    )
    return good


def _do(what: str) -> float:
    migrate()
    from benchmarks import world
    from plimsoll.schools.models import School

    if what == "make":
        world.make(register=MANY, allocated=FEW, years=0)
        return 0.0
    if what == "one":
        return command("suggest", "--json")
    codes = School.objects.values_list("la", flat=True).distinct()
    return command("suggest", "--json", *(f"--la={code}" for code in codes))


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    tell(_do, *sys.argv[1:])
