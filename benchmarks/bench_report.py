"""How long the report of a visit takes, as PDF and as Word (Q1).

python -m benchmarks.bench_report
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plimsoll.config.settings")
os.environ.setdefault("PLIMSOLL_DEMO", "1")
django.setup()

from plimsoll.documents import render, word  # noqa: E402
from plimsoll.documents.content import Letter  # noqa: E402
from plimsoll.framework.editions import current  # noqa: E402
from plimsoll.schools.models import School  # noqa: E402
from plimsoll.visits.models import Report, Visit  # noqa: E402
from plimsoll.visits.reports.content import Agreed, Carried, Content, Part  # noqa: E402
from plimsoll.visits.reports.letters import written  # noqa: E402

RUNS = 50
MEDIAN_LIMIT = 60.0  # milliseconds, of the PDF
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
SEEN = (
    "Leaders know the school well and act on what they see in lessons. In Years 3 and 4 pupils "
    "read aloud with confidence; in Year 5 some guess at longer words. "
)


def letter() -> Letter:
    """A report of three pages: eleven sections, six actions, four of an earlier visit."""
    policy = current()
    school = School(urn=900001, name="Harbour View Primary School")
    kind = policy.visits[0]
    visit = Visit(
        school=school, kind=kind.id, edition=policy.key, on=AT.date(), held_on=date(2026, 11, 10)
    )
    sections = (policy.section(key) for key in kind.sections)
    content = Content(
        facts=(("School", school.name), ("Visit", kind.label), ("Met", "Head, Chair of governors")),
        carried=(Carried("Share the attendance plan", "1 Oct 2026", "Done, and read."),) * 4,
        parts=tuple(Part(each.id, each.label, f"{SEEN * 2}\n\n{SEEN * 2}") for each in sections),
        agreed=(Agreed("Read daily in Year 5", "The reading lead", "1 Feb 2027", "A check"),) * 6,
    )
    return written(Report(visit=visit), content, at=AT)


def median_of(make: Callable[[Letter], bytes]) -> float:
    """Milliseconds for one report when warm, each unlike the last."""
    report, took = letter(), []
    for number in range(10 + RUNS):
        each = replace(report, reference=f"{number}")
        start = time.perf_counter()
        make(each)
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took[10:])


def main() -> int:
    pdf = median_of(lambda each: render.pdf(each, at=AT))
    docx = median_of(lambda each: word.docx(each, at=AT))
    print(f"report: PDF, median of {RUNS} {pdf:.1f} ms, limit {MEDIAN_LIMIT:.0f} ms, ", end="")
    print(f"ratio {pdf / MEDIAN_LIMIT:.2f}; Word {docx:.1f} ms")
    return int(pdf > MEDIAN_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
