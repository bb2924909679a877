"""How long the watch list takes in a register of 200 schools, and in one of 20,000.

    python -m benchmarks.bench_watch

Of the authority's 200 schools 60 are watched: for an open case with what is owed in it, for
their band, for a high-risk mark, for a category; there are five years of everything behind the
large one. The sizes take turns, so that whatever else the computer does slows both alike. What
counts is the ratio.
"""

import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from benchmarks.process import Database, in_a_process, migrate, tell

NAME: Final = "benchmarks.bench_watch"
LIMIT: Final = 1.5
TURNS, REPEATS = 5, 8
AUTHORITY: Final = 200
EACH: Final = 20  # so many with a case, so many with a band or a mark, so many in a category
SIZES: Final = (("200 schools", 200, 1), ("20,000 schools", 20_000, 5))
PAGES: Final = {"list": "/concern/", "file": "/concern/watch-list.csv"}


def main() -> int:
    """Print the table; 1 when the limit is passed."""
    print(f"{'milliseconds':22}{SIZES[0][0]:>16}{SIZES[1][0]:>16}{'ratio':>8}")
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        kept = [_compare(kind, Path(folder)) for kind in ("sqlite", "postgresql")]
    return 0 if all(kept) else 1


def _compare(kind: str, folder: Path) -> bool:
    with ExitStack() as stack:
        addresses = [
            stack.enter_context(Database(kind, folder / f"{register}.sqlite3"))
            for _, register, _ in SIZES
        ]
        for (_, register, years), address in zip(SIZES, addresses, strict=True):
            in_a_process(NAME, "make", str(register), str(years), address=address)
        kept = [_row(kind, page, addresses) for page in PAGES]
    return all(kept)


def _row(kind: str, page: str, addresses: list[str]) -> bool:
    turns = [
        [in_a_process(NAME, page, address=address).seconds for address in addresses]
        for _ in range(TURNS)
    ]
    small, large = (statistics.median(each) * 1000 for each in zip(*turns, strict=True))
    kept = large / small <= LIMIT
    said = "pass" if kept else "FAIL"
    print(
        f"{kind + ', ' + page:22}{small:16.1f}{large:16.1f}{large / small:8.2f}  {said}", flush=True
    )
    return kept


def _do(what: str, *words: str) -> float:
    # The product's own, without a second factor and without collected files.
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    migrate()
    if what == "make":
        _make(*map(int, words))
        return 0.0
    from django.test import Client

    from plimsoll.people.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(email="priya@example.org"))
    client.get(PAGES[what])
    return statistics.median(_seconds(client, PAGES[what]) for _ in range(REPEATS))


def _seconds(client: Any, address: str) -> float:
    started = perf_counter()
    answer = client.get(address)
    taken = perf_counter() - started
    assert answer.status_code == 200, answer.status_code
    return taken


def _make(register: int, years: int) -> None:
    """Written past the process, as the world around it is."""
    from benchmarks import world
    from plimsoll.allocations.models import Allocation, HighRisk
    from plimsoll.evidence.models import Inspection
    from plimsoll.framework.editions import current

    world.make(register=register, allocated=AUTHORITY, years=years)
    policy = current()
    watched = policy.concern.watched_bands[0]
    marked = next(band for band in policy.bands if band.high_risk)
    agreed = Allocation.objects.exclude(concluded_at=None).order_by("-concluded_at", "pk")
    standing = list(agreed.filter(cycle__year="2026-27")[:EACH])
    for number, row in enumerate(standing):
        row.band = watched if number % 2 else marked.key
        row.save(update_fields=["band"])
    HighRisk.objects.bulk_create(
        HighRisk(
            allocation=row, reason="x", review_on=date(2026, 12, 1), marked_at=world.AT,
            marked_by_name="x", state="marked", state_since=world.AT,
        )
        for row in standing if row.band == marked.key
    )  # fmt: skip
    placed = list(range(world.FIRST + 2 * EACH, world.FIRST + 3 * EACH))
    Inspection.objects.filter(urn__in=placed).update(category="sm", category_status="graded")
    for urn in range(world.FIRST + EACH, world.FIRST + 2 * EACH):
        _case(urn)


def _case(urn: int) -> None:
    """An open case with what is owed in it, a year of events, calls and visits."""
    from benchmarks import world
    from plimsoll.core.models import Event
    from plimsoll.framework.editions import current
    from plimsoll.intervention.models import Case, Discussion, Obligation
    from plimsoll.visits.models import Call

    on = world.AT.date()
    ladder = current().ladder_for("01")
    assert ladder
    case = Case.objects.create(
        school_id=urn, number=1, edition=current().key, ladder=ladder.key, opened_on=on,
        opened_by="x", trigger="x", concerns="x", intentions="x", review_on=on + timedelta(days=42),
        stands_since=on, state="opened", state_since=world.AT,
    )  # fmt: skip
    Discussion.objects.create(
        case=case, invited_on=on, invited_how="x", result="held", on=on, present="x", points="x",
        recorded_at=world.AT, recorded_by="x",
    )  # fmt: skip
    Obligation.objects.bulk_create(
        Obligation(
            case=case, kind="action-plan", label="x", owner="school", starts=on, due=due,
            first_due=due, basis="WD", source="x", state="open", state_since=world.AT,
        )
        for due in (on + timedelta(days=21), on + timedelta(days=60))
    )  # fmt: skip
    Call.objects.bulk_create(
        Call(
            school_id=urn, on=on - timedelta(weeks=week), spoke_to="head", about="x",
            logged_at=world.AT, logged_by=1, logged_by_name="x",
        )
        for week in range(30)
    )  # fmt: skip
    Event.objects.bulk_create(
        Event(
            at=world.AT - timedelta(days=day), actor_name="x", verb="case.found", urn=urn,
            subject="intervention.case", subject_id=case.pk, permission="concern.see",
        )
        for day in range(200)
    )  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    tell(_do, *sys.argv[1:])
