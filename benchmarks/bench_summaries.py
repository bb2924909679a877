"""How long it takes to issue the termly summaries of a whole service, as PDF and Word.

    python -m benchmarks.bench_summaries

Each school had a visit with its report, a private one, a contact, and actions; each summary is
composed from the records, kept in both forms and told to its head, in a transaction of its own.
"""

import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from benchmarks.process import Database, in_a_process, migrate, tell

NAME = "benchmarks.bench_summaries"
SCHOOLS = 130
SECONDS = 20
YEAR, TERM = "2026-27", "Autumn"
ENDS = date(2026, 12, 18)
AT = datetime(2026, 12, 18, 9, tzinfo=UTC)
HELD = date(2026, 11, 3)


def main() -> int:
    """Print the table; 1 when the limit is passed."""
    print(f"{'':12}{'summaries':>10}{'seconds':>9}{'limit':>7}{'ms each':>9}")
    with tempfile.TemporaryDirectory(prefix="plimsoll-bench-") as folder:
        kept = [_measure(kind, Path(folder, "term")) for kind in ("sqlite", "postgresql")]
    return 0 if all(kept) else 1


def _measure(kind: str, path: Path) -> bool:
    with Database(kind, path) as address:
        in_a_process(NAME, "make", address=address)
        seconds = in_a_process(NAME, "issue", address=address).seconds
    good = seconds <= SECONDS
    print(
        f"{kind:12}{SCHOOLS:10}{seconds:9.1f}{SECONDS:7}{seconds / SCHOOLS * 1000:9.1f}"
        f"  {'pass' if good else 'FAIL'}",
        flush=True,
    )
    return good


def _do(what: str) -> float:
    migrate()
    if what == "make":
        _make()
        return 0.0
    from plimsoll.documents.models import Document
    from plimsoll.people.models import User
    from plimsoll.visits.summaries.actions import issue_all
    from plimsoll.visits.summaries.queries import to_issue

    priya = User.objects.get(email="priya@example.org")
    signed = list(to_issue(priya, YEAR, TERM))
    started = perf_counter()
    done = issue_all(signed, by=priya, at=AT)
    taken = perf_counter() - started
    assert (done.number, done.problems) == (SCHOOLS, [])
    assert Document.objects.filter(kind="summary").count() == 2 * SCHOOLS
    return taken


def _make() -> None:
    """A service in the last week of its autumn term, every summary signed."""
    from benchmarks import world
    from plimsoll.allocations.models import Cycle
    from plimsoll.people.models import User
    from plimsoll.schools.models import Assignment, School, Term
    from plimsoll.visits.days.granting import bring_up_to_date
    from plimsoll.visits.models import Summary
    from plimsoll.visits.summaries.actions import compose

    world.make(register=SCHOOLS, allocated=SCHOOLS, years=1)
    for name, starts, ends in (
        (TERM, date(2026, 9, 1), ENDS),
        ("Spring", date(2027, 1, 4), date(2027, 3, 26)),
    ):
        Term.objects.create(year=YEAR, name=name, starts=starts, ends=ends)
    schools = list(School.objects.order_by("pk"))
    heads = [User(email=f"head{n}@example.org", name=f"Head {n}") for n in range(SCHOOLS)]
    User.objects.bulk_create(heads)
    Assignment.objects.bulk_create(
        Assignment(person=head, role="head", school=school, starts=date(2022, 9, 1))
        for head, school in zip(heads, schools, strict=True)
    )
    cycle = Cycle.objects.get(year=YEAR)
    bring_up_to_date(cycle=cycle, at=world.AT)
    partner = User.objects.get(email="sip0@example.org")
    for school in schools:
        _term_of(school, cycle.edition, partner)
    compose(cycle=cycle, term=TERM, by=User.objects.get(email="priya@example.org"), at=AT)
    Summary.objects.update(state="signed", signed_at=AT, signed_by="Priya Nair")


def _term_of(school: object, edition: str, partner: object) -> None:
    """What one school had in the term, written past the process."""
    from plimsoll.framework import editions
    from plimsoll.visits.models import Action, Call, Entry, Passage, Report, Visit

    shared = {"school": school, "year": YEAR, "edition": edition, "partner": partner}
    visits = [
        Visit.objects.create(
            **shared, kind=kind, line=kind, private=kind == "htpm", funding="core",
            days=Decimal(1), on=day, held_on=None if state == "confirmed" else day,
            state=state, state_since=AT,
        )
        for kind, day, state in (
            ("core", HELD, "held"),
            ("htpm", HELD + timedelta(days=9), "held"),
            ("contact", HELD + timedelta(days=27), "cancelled"),
            ("contact", date(2027, 2, 3), "confirmed"),
        )
    ]  # fmt: skip
    Entry.objects.bulk_create(
        Entry(
            **shared, line=visit.line, kind=Entry.Kind.DELIVER, days=1, funding="core", term=TERM,
            why="Held", made_at=AT, made_by_name="Partner", visit=visit,
        )
        for visit in visits[:2]
    )  # fmt: skip
    due = HELD + timedelta(days=14)
    report = Report.objects.create(
        visit=visits[0], due=due, first_due=due, basis="WD", issued_at=AT, state="issued",
        state_since=AT,
    )  # fmt: skip
    policy = editions.edition(edition)
    Passage.objects.bulk_create(
        Passage(
            report=report, section=section, criteria=[policy.criteria[0].id], saved_at=AT,
            saved_by="Partner", text=f"Leaders know {school} well. They act on it.",
        )
        for section in policy.visit("core").sections
    )  # fmt: skip
    Action.objects.bulk_create(
        Action(
            report=report, school=school, what=f"Plan reading in year {number}", who="Head",
            by_when=date(2026, 12, number), state="open", state_since=AT,
        )
        for number in range(1, 7)
    )  # fmt: skip
    Call.objects.create(
        school=school, on=HELD, spoke_to="head", about="x", logged_at=AT, logged_by=1,
        logged_by_name="Partner",
    )  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    tell(_do, *sys.argv[1:])
