"""How long a letter takes, and whether many letters use up memory.

python -m benchmarks.bench_letter
"""

import os
import statistics
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plimsoll.config.settings")
os.environ.setdefault("PLIMSOLL_DEMO", "1")
django.setup()

from plimsoll.documents import render  # noqa: E402
from plimsoll.documents.content import (  # noqa: E402
    Bullets,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Sender,
    Signatory,
    Signatures,
    Table,
)

RUNS = 50
MANY = 300
MEDIAN_LIMIT = 50.0  # milliseconds
GROWTH_LIMIT = 16.0  # megabytes over the many
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
LETTER = Letter(
    title="School Support Allocation",
    reference="SSA/900001",
    date=date(2026, 11, 24),
    sender=Sender("School Improvement Service", ("1 Quay Street", "Harbourside")),
    recipient=("The Headteacher", "Harbour View Primary School"),
    marking="Confidential",
    blocks=(
        Paragraph("This letter confirms the support your school is owed. " * 4),
        Facts((("Band", "B"), ("From", "1 January 2027"))),
        Heading("What your school receives"),
        Table(
            "Visits and contacts",
            ("Support", "When", "Days"),
            tuple((f"Visit {number}", "Each term", "1.5") for number in range(12)),
        ),
        Bullets(("You may answer this letter.", "We will agree the dates with you.")),
        Signatures((Signatory("Jo Ashworth", "Principal Officer"),), "Yours sincerely"),
    ),
)


def one(number: int) -> float:
    """Milliseconds for one letter, each unlike the last, so that nothing is remembered."""
    letter = replace(LETTER, reference=f"SSA/{900001 + number}")
    start = time.perf_counter()
    render.pdf(letter, at=AT)
    return (time.perf_counter() - start) * 1000


def resident() -> float:
    """Megabytes in use now, as Linux tells."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def main() -> int:
    for number in range(10):
        one(-number)
    median = statistics.median(one(number) for number in range(RUNS))
    # What the compiler keeps for reuse settles within the first hundred.
    for number in range(100):
        one(1000 + number)
    before = resident()
    for number in range(MANY):
        one(2000 + number)
    growth = resident() - before
    print(f"letter: median of {RUNS} {median:.1f} ms, limit {MEDIAN_LIMIT:.0f} ms, ", end="")
    print(f"ratio {median / MEDIAN_LIMIT:.2f}")
    print(f"memory: {growth:+.1f} MB over {MANY} letters, limit {GROWTH_LIMIT:.0f} MB, ", end="")
    print(f"ratio {max(growth, 0) / GROWTH_LIMIT:.2f}")
    return int(median > MEDIAN_LIMIT or growth > GROWTH_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
