"""E1 to E4, E12: a year of the demonstration, played day by day, against a sheet made by hand.

`story.toml` is what people do, `sheet.csv` what the ledger must say at Christmas, at Easter
and when the year is over. The clock moves from day to day, and the worker runs on each.
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
from plimsoll.people.actions import create_person
from plimsoll.people.models import User
from plimsoll.schools.actions import appoint
from plimsoll.schools.models import Assignment, School
from plimsoll.visits.days.actions import Change, adjust
from plimsoll.visits.days.queries import balances
from plimsoll.visits.diary.actions import NewVisit, plan_visit
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Entry, Visit

HERE = Path(__file__).parent
STORY = tomllib.loads((HERE / "story.toml").read_text(encoding="utf-8"))
NINE = time(9, tzinfo=UTC)


def moment(day: date) -> datetime:
    return datetime.combine(day, NINE)


def sheet() -> dict[date, list[dict[str, str]]]:
    """The sheet by the day for which it was worked out."""
    with (HERE / "sheet.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    dated = groupby(sorted(rows, key=lambda row: row["when"]), key=lambda row: row["when"])
    return {date.fromisoformat(when): list(group) for when, group in dated}


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
    """Every day of the story and of the sheet, in their order."""
    yield from sorted({day["on"] for day in STORY["days"]} | sheet().keys())


@pytest.mark.django_db
def test_E1_E2_E3_E4_E12_F3_a_year_agrees_with_the_sheet_made_by_hand() -> None:
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
