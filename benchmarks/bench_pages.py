"""How long the main pages take with 200 schools, and with 20,000 and five years behind them.

    python -m benchmarks.bench_pages

Each size is served by a process of its own, and the sizes take turns at every page, so that
whatever else the computer does slows all of them alike. What counts is the ratio.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from time import perf_counter
from typing import Any

from tests.plugins.cluster import Cluster

LIMIT = 1.5
TURNS = 10
REPEATS = 3


@dataclass(frozen=True)
class Size:
    """How many schools are in the register, how many of them have allocations, since when."""

    name: str
    register: int
    allocated: int
    years: int
    limited: bool = True


SMALL = Size("200 schools", 200, 200, 1)
LARGE = (
    Size("register of 20,000, cycle of 200, 5 years", 20_000, 200, 5),
    # No authority is a hundred times the size of one: for the record.
    Size("register and cycle of 20,000, 5 years", 20_000, 20_000, 5, limited=False),
)
# Page, who opens it, address; {case} and {urn} are the same school's.
PAGES = (
    ("my work, partner", "sip0@example.org", "/"),
    ("my work, Principal Officer", "priya@example.org", "/"),
    ("schools", "priya@example.org", "/schools/"),
    ("search", "priya@example.org", "/schools/?text=kitiwake+primary"),
    ("school", "sip0@example.org", "/schools/{urn}/"),
    ("profile", "sip0@example.org", "/schools/{urn}/evidence/"),
    ("map", "priya@example.org", "/schools/map/"),
    ("authority", "priya@example.org", "/authority/"),
    ("data health", "priya@example.org", "/data/health/"),
    ("data health of a source", "priya@example.org", "/data/health/sources/absence/"),
    ("cycle", "priya@example.org", "/allocations/cycle/2026-27/"),
    ("cycle, partner", "sip0@example.org", "/allocations/cycle/2026-27/"),
    ("allocation", "sip0@example.org", "/allocations/{case}/"),
    ("moderation", "priya@example.org", "/allocations/cycle/2026-27/moderation/"),
)
# These draw or count all that is held, so they grow with it: for the record, without a limit.
WHOLE = ("map", "data health", "data health of a source")


def main() -> int:
    """Print a table for each database; 1 when a limit is passed."""
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        passed = [_compare("SQLite", [f"sqlite:///{folder}/{n}.sqlite3" for n in range(3)])]
    clusters = [Cluster() for _ in range(3)]
    try:
        passed.append(_compare("PostgreSQL", [cluster.start() for cluster in clusters]))
    finally:
        for cluster in clusters:
            cluster.stop()
    return 0 if all(passed) else 1


def _compare(database: str, addresses: list[str]) -> bool:
    """Serve every size, in turns, and print how the large ones stand to the small one."""
    small, *large = [
        _Server(size, address) for size, address in zip((SMALL, *LARGE), addresses, strict=True)
    ]
    try:
        for _, page, server in product(range(TURNS), range(len(PAGES)), (small, *large)):
            server.measure(page)
    finally:
        for server in (small, *large):
            server.stop()
    kept = [_table(database, small, each) for each in large]
    return all(kept)


def _table(database: str, small: "_Server", large: "_Server") -> bool:
    record = "" if large.size.limited else " (for the record, without a limit)"
    print(f"\n{database}: {large.size.name}, against {small.size.name}{record}")
    print(f"{'milliseconds':28}{'median':>8}{'p95':>8}{'median':>10}{'p95':>8}{'ratio':>8}")
    kept = [_row(*row) for row in zip(PAGES, small.times, large.times, strict=True)]
    return all(kept) or not large.size.limited


def _row(page: tuple[str, ...], small: list[float], large: list[float]) -> bool:
    ratio = statistics.median(large) / statistics.median(small)
    cells = f"{statistics.median(small):8.1f}{_p95(small):8.1f}"
    cells += f"{statistics.median(large):10.1f}{_p95(large):8.1f}{ratio:8.2f}"
    passed = ratio <= LIMIT or page[0] in WHOLE
    print(f"{page[0]:28}{cells}  {'' if passed else f'over {LIMIT}'}")
    return passed


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


class _Server:
    """A process that holds one size, and opens every page when it is told to."""

    def __init__(self, size: Size, address: str) -> None:
        self.size = size
        self.times: list[list[float]] = [[] for _ in PAGES]
        words = (size.register, size.allocated, size.years)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.bench_pages", *map(str, words)],
            env=os.environ | {"DATABASE_URL": address},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def measure(self, page: int) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{page}\n")
        self.process.stdin.flush()
        self.times[page] += json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.communicate()


def serve(register: int, allocated: int, years: int) -> None:
    """Fill the database, open each page once, then measure whichever a line asks for."""
    # The product's own, without a second factor and without collected files.
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks import world

    call_command("migrate", verbosity=0)
    world.make(register=register, allocated=allocated, years=years)
    pages = list(_pages())
    for line in sys.stdin:
        client, address = pages[int(line)]
        print(json.dumps([_time(client, address) for _ in range(REPEATS)]), flush=True)


def _pages() -> Iterator[tuple[Any, str]]:
    """A client of whoever opens each page, and its address, once opened."""
    from django.test import Client

    from plimsoll.allocations.models import Allocation
    from plimsoll.people.models import User

    case = Allocation.objects.filter(cycle__year="2026-27").order_by("pk")[2]
    for _, email, address in PAGES:
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.get(email=email))
        to = address.format(case=case.pk, urn=case.school_id)
        _time(client, to)
        yield client, to


def _time(client: Any, address: str) -> float:
    """Milliseconds for one page, from the request to the last byte."""
    start = perf_counter()
    response = client.get(address)
    taken = (perf_counter() - start) * 1000
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return taken


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    serve(*map(int, sys.argv[1:]))
