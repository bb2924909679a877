"""E1 to E4, E12, Q1, Q2: a year of the demonstration, day by day, against sheets made by hand.

`story.toml` is what people do, `sheet.csv` what the ledger must say at Christmas, at Easter
and when the year is over, `reports.csv` what the clock of each report must say. The clock
moves from day to day, and the worker runs on each.
"""

import csv
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner

from plimsoll.allocations import actions as allocating
from plimsoll.allocations.models import Allocation
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.cli.worker import work
from plimsoll.desk.demo import make
from plimsoll.desk.demo.stories import chosen
from plimsoll.documents.models import Document
from plimsoll.people.actions import create_person
from plimsoll.people.models import User
from plimsoll.schools.actions import appoint
from plimsoll.schools.models import Assignment, School
from plimsoll.visits.days.actions import Change, adjust
from plimsoll.visits.days.queries import balances
from plimsoll.visits.diary.actions import NewVisit, plan_visit
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Entry, Report, Summary, Visit
from plimsoll.visits.reports.actions import extend
from plimsoll.visits.reports.workflow import REPORT
from plimsoll.visits.reports.writing.passages import save
from plimsoll.visits.reports.writing.typed import Said, Typed
from plimsoll.visits.summaries.actions import compose, issue_all, sign_all
from plimsoll.visits.summaries.queries import to_issue, to_sign

HERE = Path(__file__).parent
STORY = tomllib.loads((HERE / "story.toml").read_text(encoding="utf-8"))
NINE = time(9, tzinfo=UTC)
# The demonstration has 26 schools; 24 are of the types that its policy names and are open.
SCHOOLS = 24


def moment(day: date) -> datetime:
    return datetime.combine(day, NINE)


def sheet() -> dict[date, list[dict[str, str]]]:
    """The sheet by the day for which it was worked out."""
    with (HERE / "sheet.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    dated = groupby(sorted(rows, key=lambda row: row["when"]), key=lambda row: row["when"])
    return {date.fromisoformat(when): list(group) for when, group in dated}


def reports() -> list[dict[str, str]]:
    """What each report's clock must say when the year is over, by hand."""
    with (HERE / "reports.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Year:
    """The year as it is played: who does what, and the visits by the names of the story."""

    def __init__(self) -> None:
        self.visits: dict[str, int] = {}

    def person(self, name: str, school: School) -> User:
        if name == "the head":
            return Assignment.objects.get(role="head", school=school, ends=None).person
        return User.objects.get(name=PEOPLE[name])

    def play(self, day: Mapping[str, Any]) -> None:
        school = School.objects.get(pk=day["school"])
        by = self.person(day["by"], school)
        for nth, act in enumerate(day["acts"]):
            facts = dict(act)
            at = moment(day["on"]) + timedelta(minutes=nth)
            do: Callable[..., None] = getattr(self, facts.pop("do"), self.step)
            name = act["do"] if do == self.step else ""
            do(school, by, at, **facts, **({"step": name} if name else {}))

    def case(self, school: School) -> Allocation:
        return Allocation.objects.filter(school=school).latest("round")

    # --- what the story's acts do, by the steps that people take ------------------------

    def plan(self, school: School, by: User, at: datetime, **facts: Any) -> None:
        name, on, days = facts.pop("name"), facts.pop("for"), Decimal(facts.pop("days"))
        wanted = NewVisit(on=on, days=days, partner=by, **({"funding": "core"} | facts))
        cycle = self.case(school).cycle
        visit = plan_visit(cycle=cycle, school=school, wanted=wanted, by=by, at=at)
        self.visits[name] = visit.pk

    def known(self, school: School, by: User, at: datetime, *, name: str, on: date) -> None:
        """A visit that the demonstration itself has planned."""
        self.visits[name] = Visit.objects.get(school=school, on=on).pk

    def step(self, school: School, by: User, at: datetime, *, step: str, **facts: Any) -> None:
        if "visit" not in facts:
            ALLOCATION.take(self.case(school), step, by=by, at=at, **facts)
            return
        visit = Visit.objects.get(pk=self.visits[facts.pop("visit")])
        if "days" in facts:
            facts |= {"days": Decimal(facts["days"]), "held_on": at.date()}
        if step == "complete":
            facts["completed_on"] = at.date()
        if step == "move":
            facts["on"] = facts.pop("to")
        VISIT.take(visit, step, by=by, at=at, version=visit.version, **facts)

    def adjust(self, school: School, by: User, at: datetime, **facts: Any) -> None:
        facts["days"] = Decimal(facts["days"])
        cycle = self.case(school).cycle
        adjust(Change(cycle=cycle, school=school, by=by, at=at, funding="core", **facts))

    def appoint(self, school: School, by: User, at: datetime, *, name: str) -> None:
        email = f"{name.replace(' ', '.')}@harbourside.example"
        person = create_person(email=email, name=name, by=by, at=at)
        appoint(
            person=person, role="head", school=school, starts=at.date(), first_headship=True,
            by=by, at=at,
        )  # fmt: skip

    def proposal(
        self, school: School, by: User, at: datetime, *, band: str, releaser: str, reasons: str
    ) -> None:
        """The service's views, its proposal, and the release to the head."""
        case = self.case(school)
        if case.state == "not_started":
            case = ALLOCATION.take(case, "start", by=by, at=at)
        allocating.save_views(
            case=case, side="service", views=chosen(case, {"band": band}), submit=True, by=by,
            at=at, version=getattr(case.sheets.filter(side="service").first(), "version", 0),
        )  # fmt: skip
        ALLOCATION.take(case, "propose", by=by, at=at, band=band, reasons=reasons)
        reader = self.person(releaser, school)
        ALLOCATION.take(self.case(school), "release", by=reader, at=at)

    def write(self, school: School, by: User, at: datetime, *, visit: str) -> None:
        """Every section, then off to be checked."""
        report = Report.objects.get(visit=self.visits[visit])
        versions = dict(report.passages.values_list("section", "version"))
        said = {
            section: Said(text="What was seen, and what follows.", version=versions.get(section, 0))
            for section in report.visit.type.sections
        }
        save(report=report, typed=Typed(sections=said), by=by, at=at)
        REPORT.take(report, "send", by=by, at=at)

    def report(
        self, school: School, by: User, at: datetime, *, visit: str, step: str, **facts: Any
    ) -> None:
        report = Report.objects.get(visit=self.visits[visit])
        if "answers" in facts:
            comment = report.comments.get().pk
            facts["answers"] = [each | {"comment": comment} for each in facts["answers"]]
        REPORT.take(report, step, by=by, at=at, version=report.version, **facts)

    def extend(
        self, school: School, by: User, at: datetime, *, visit: str, due: date, why: str
    ) -> None:
        report = Report.objects.get(visit=self.visits[visit])
        extend(report=report, due=due, why=why, version=report.version, by=by, at=at)

    def summaries(self, school: School, by: User, at: datetime, *, term: str) -> None:
        """Composed, signed off and issued for every school of the service, twice."""
        cycle = self.case(school).cycle
        for _ in range(2):
            compose(cycle=cycle, term=term, by=by, at=at)
            sign_all(to_sign(by, cycle.year, term), by=by, at=at)
            issue_all(to_issue(by, cycle.year, term), by=by, at=at)

    def rounds(
        self, school: School, by: User, at: datetime, *, proposer: str, **facts: Any
    ) -> None:
        """An in-year review: asked for by the head, opened, prepared and proposed."""
        head, partner = self.person("the head", school), self.person(proposer, school)
        case = self.case(school)
        allocating.ask_for_review(
            case=case, side="school", reasons="We have moved on.", by=head, at=at
        )
        ALLOCATION.take(case, "open_review", by=by, at=at, reasons=facts["reasons"])
        self.proposal(school, partner, at, **facts)


PEOPLE = {
    "ada": "Ada Quick", "sadia": "Sadia Rahman", "sam": "Sam Okoro", "marcus": "Marcus Lyle",
    "priya": "Priya Nair", "paul": "Paul Whitfield",
}  # fmt: skip


def days() -> Iterator[date]:
    """Every day of the story and of the sheets, in their order."""
    final = {date.fromisoformat(row["final"]) for row in reports()}
    yield from sorted({day["on"] for day in STORY["days"]} | sheet().keys() | final)


@pytest.mark.django_db
def test_E1_E2_E3_E4_E12_F3_Q1_Q2_Q5_a_year_agrees_with_the_sheets_made_by_hand() -> None:
    with time_machine.travel(moment(STORY["made"]), tick=False):
        make(at=moment(STORY["made"]))
    year, wanted = Year(), sheet()
    for today in days():
        with time_machine.travel(moment(today), tick=False):
            assert CliRunner().invoke(work, ["--once"], catch_exceptions=False).exit_code == 0
            for day in STORY["days"]:
                if day["on"] == today:
                    year.play(day)
            CliRunner().invoke(work, ["--once"], catch_exceptions=False)
            if today in wanted:
                assert _told(wanted[today]) == _told_by_hand(wanted[today])
    assert [_clock(year, row["visit"]) for row in reports()] == [
        {key: value for key, value in row.items() if key != "how it was worked out"}
        for row in reports()
    ]
    # Every school of the cycle has one summary of the autumn, in two forms, and none has two.
    assert Summary.objects.filter(term="Autumn term", state="issued").count() == SCHOOLS
    assert Document.objects.filter(kind="summary").count() == 2 * SCHOOLS


def _clock(year: Year, visit: str) -> dict[str, str]:
    report = Report.objects.get(visit=year.visits[visit])
    assert report.issued_at is not None
    assert report.final_at is not None
    reached = report.issued_at.date()
    return {
        "visit": visit,
        "first due": report.first_due.isoformat(),
        "due": report.due.isoformat(),
        "reached the school": reached.isoformat(),
        "in time": "yes" if reached <= report.due else "no",
        "final": report.final_at.date().isoformat(),
        "state": report.state,
    }


SUMS = ("entitled", "planned", "used", "left")
Row = tuple[str, ...] | tuple[Decimal, ...]


def _told_by_hand(rows: list[dict[str, str]]) -> dict[Row, Row]:
    return {
        (row["school"], row["line"], row["funding"]): tuple(Decimal(row[sum_]) for sum_ in SUMS)
        for row in rows
    }


def _told(rows: list[dict[str, str]]) -> dict[Row, Row]:
    """What the ledger says, line by line, of the schools that stand in these rows."""
    found: dict[Row, Row] = {}
    for name in {row["school"] for row in rows}:
        own = Entry.objects.filter(school__name__startswith=name)
        for (line, funding), there in balances(own, "line", "funding").items():
            found[(name, line, funding)] = tuple(getattr(there, sum_) for sum_ in SUMS)
    return found
