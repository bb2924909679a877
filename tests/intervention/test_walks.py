"""Random walks on every ladder of both policies: whatever people try, the law is kept.

What the walk expects is kept beside the case in plain Python, from what was done, and never
asked of the guards.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django import Settings

from plimsoll.allocations.models import PastBand
from plimsoll.core.workflow import Refused
from plimsoll.documents.models import Document
from plimsoll.framework.casework import Rung
from plimsoll.intervention.cases import keeping
from plimsoll.intervention.cases.findings import withdraw_finding
from plimsoll.intervention.clocks.extending import extend
from plimsoll.intervention.clocks.meeting import meet, reopen
from plimsoll.intervention.models import Case, Notice, Obligation
from plimsoll.people.models import User
from plimsoll.schools.models import School
from tests.cast import NOW, TODAY, Cast, make_cast
from tests.intervention import steps

WALKS = 12
STEPS = 45  # of each walk: 12 x 45 on each of six ladders are thousands of steps in all
BACK = timedelta(days=3)
# Whose step is whose, by hand; Paul is the officer of the other phases.
ROLES = {"po": "priya", "doe": "dorothy", "dcs": "declan"}
OWED = {"meet": meet, "extend": extend, "reopen": reopen}
LAW = ("discussion", "statutory-ground", "no-block")


class Walk(RuleBasedStateMachine):
    """One case, from its opening to wherever it gets."""

    cast: Cast
    school: School

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()

    @initialize(safety=st.sampled_from((False, True)), band=st.sampled_from(("A", "C", "D")))
    def begin(self, safety: bool, band: str) -> None:
        PastBand.objects.create(
            school=self.school, year="2025-26", band=band, source="sheet", entered_at=NOW
        )
        self.band, self.safety = band, safety
        self.kept: dict[int, tuple[Any, ...]] = {}
        self.bytes: dict[int, bytes] = {}
        self.today = TODAY
        self._open()

    def _open(self) -> None:
        ground = "safety" if self.safety else "leadership"
        self.case = steps.opened(self.cast, self.school, ground, at=self.now)
        self.last = self.today
        self.talks: list[date] = []
        self.findings: dict[str, list[date]] = {}
        self.blocked = False

    # --- what people do ---------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return NOW + (self.today - TODAY)

    @property
    def rungs(self) -> dict[str, Rung]:
        ladder = self.case.steps
        return {rung.id: rung for rung in (*ladder.steps, *ladder.always)}

    def person(self, role: str) -> User:
        name = "paul" if role == "po" and self.school.phase == "secondary" else ROLES[role]
        return getattr(self.cast, name if self.school.pk != 900005 or role != "po" else "paul")

    @rule(days=st.integers(1, 30))
    def time_goes_by(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(data=st.data())
    def somebody_tries_a_step(self, data: st.DataObject) -> None:
        """Any step, any person, any day near today; often what could be the right one."""
        near = [] if self.case.closed_on else [rung.id for rung in self._next()]
        rung = data.draw(st.sampled_from([*near, *sorted(self.rungs)]), label="step")
        rights = [self.person(self.rungs[rung].by)] * 12
        who = data.draw(st.sampled_from([*rights, *self.cast.everyone.values()]), label="who")
        day = self.today - data.draw(st.sampled_from((BACK, timedelta(0), -BACK)), label="day")
        self._try(self.rungs[rung], who, day)

    @precondition(lambda self: self.case.closed_on is not None)
    @rule()
    def another_case_follows(self) -> None:
        """Of the other kind: where safety was threatened it is not, and the other way round."""
        self.safety = not self.safety
        self._open()

    @precondition(lambda self: self.case.closed_on is None)
    @rule(data=st.data())
    def the_right_person_goes_on(self, data: st.DataObject) -> None:
        """Everything that one of the next steps demands is done, and then it is taken."""
        for _ in range(data.draw(st.integers(1, 4), label="steps")):
            if self.case.closed_on is None:
                self._go_on(data.draw(st.sampled_from(self._next()), label="next"))

    @precondition(lambda self: self.case.closed_on is None)
    @rule(data=st.data())
    def everything_is_prepared(self, data: st.DataObject) -> None:
        """As before a step is taken, by whoever it may be."""
        self._prepare(data.draw(st.sampled_from(self._next()), label="next"))

    @rule(data=st.data())
    def somebody_puts_on_record(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.cast.everyone)), label="who")
        fact = data.draw(st.sampled_from([each.id for each in self.case.policy.facts]))
        self._put_on_record(fact, self.cast.everyone[who])

    @rule(data=st.data())
    def a_finding_is_withdrawn(self, data: st.DataObject) -> None:
        rows = list(self.case.findings.filter(withdraws=None, withdrawn_by=None))
        if not rows or self.case.closed_on:
            return
        row = data.draw(st.sampled_from(rows))
        withdraw_finding(finding=row, on=self.today, why="Not so", by=self.cast.declan, at=self.now)
        self.findings[row.fact].remove(row.on)

    @rule()
    def the_secretary_of_state_bars_or_lets(self) -> None:
        act = keeping.lift_block if self.blocked else keeping.record_block
        facts = {"on": self.today, "told_how": "Letter", "by": self.cast.declan, "at": self.now}
        try:
            self.case = act(case=self.case, **facts)
        except Refused:
            return
        self.blocked = not self.blocked

    @rule(data=st.data())
    def something_owed_is_met_moved_or_opened_again(self, data: st.DataObject) -> None:
        """Any of it, by anybody, to any day; often what could be the right one."""
        if data.draw(st.booleans(), label="by a notice"):
            self._go_until_something_is_owed()
        elif self.case.closed_on is None and "category" in self.rungs:
            self._go_on(self.rungs["category"])
        rows = [*self.case.obligations.all()] * 3 + [
            *Obligation.objects.filter(case__school=self.school)
        ]
        for _ in range(4 if rows else 0):
            row = data.draw(st.sampled_from(rows), label="owed")
            rights = [self.cast.dorothy] * 3 * len(self.cast.everyone)
            who = data.draw(st.sampled_from([*rights, *self.cast.everyone.values()]), label="who")
            days = data.draw(st.sampled_from((-40, -3, 0, 7, 14, 40, 183, 184)), label="days")
            day = data.draw(st.sampled_from((self.today, row.first_due + timedelta(days=days))))
            self._owed(row, data.draw(st.sampled_from(sorted(OWED)), label="act"), who, day)

    # --- how it is done ---------------------------------------------------------------------

    def _next(self) -> list[Rung]:
        here = self.rungs.get(self.case.state)
        ids = here.then if here else (self.case.steps.first,)
        found = [self.rungs[each] for each in ids]
        # Most go on: a walk that ends at once has seen little.
        return [each for each in found if each.then] * 3 + found

    def _go_until_something_is_owed(self) -> None:
        """Up the ladder, as far as the steps that take longest lead."""
        for _ in range(5):
            ahead = [each for each in self._next() if each.then and not each.urgent]
            if self.case.closed_on or self.case.obligations.exists() or not ahead:
                return
            self._go_on(ahead[-1])

    def _go_on(self, rung: Rung) -> None:
        self._prepare(rung)
        self._try(rung, self.person(rung.by), self.today)

    def _prepare(self, rung: Rung) -> None:
        for fact in rung.requires:
            self._put_on_record(fact)
        if rung.notice:
            self._approve(rung.notice)

    def _put_on_record(self, name: str, by: User | None = None) -> None:
        fact = self.case.policy.fact(name)
        person = by or self.person(fact.by or "dcs")
        if fact.shown_by == "period" and by is None:
            self.today += timedelta(days=22)
        try:
            if fact.shown_by == "discussion":
                steps.discussed(self.case, person, day=self.today)
                self.talks.append(self.today)
            elif fact.shown_by in ("finding", "statutory-ground"):
                ground = "s60-safety" if fact.shown_by == "statutory-ground" else ""
                row = steps.found(self.case, name, person, day=self.today, ground=ground)
                days = self.findings.setdefault(name, [])
                if (
                    len(days)
                    < self.case.findings.filter(
                        fact=name, withdraws=None, withdrawn_by=None
                    ).count()
                ):
                    days.append(row.on)
        except Refused:
            assert by is not None or self.case.closed_on or fact.after_period

    def _approve(self, kind: str) -> None:
        notice = steps.approved(self.case, kind, day=self.today)
        paper = Document.objects.create(
            issue="00000000-0000-0000-0000-000000000001", urn=self.school.pk, kind=kind,
            title=kind, filename="a.pdf", media_type="application/pdf", language="en-GB",
            size=1, sha256=f"{notice.pk:064}", body=str(notice.pk).encode(),
            permission="concern.told", subject="intervention.notice", subject_id=notice.pk,
            issued_at=self.now, issued_by_name="Declan Byrne",
        )  # fmt: skip
        self.bytes[paper.pk] = bytes(paper.body)

    def _try(self, rung: Rung, by: User, day: date) -> None:
        before = self.case.state
        given = set(Notice.objects.filter(given_on__isnull=False).values_list("pk", flat=True))
        try:
            case = steps.take(self.case, rung.id, by, day=day, at=self.now)
        except Refused:
            self.case.refresh_from_db()
            assert self.case.state == before
            after = Notice.objects.filter(given_on__isnull=False).values_list("pk", flat=True)
            assert set(after) == given
            return
        self._allowed(rung, by, day, before)
        self.case, self.last = case, day
        if rung.means == "secretary-of-state":
            self.blocked = True
        if rung.notice:
            self._note_given(rung, day, given)

    def _owed(self, row: Obligation, act: str, by: User, day: date) -> None:
        row.refresh_from_db()
        was = (row.state, row.due, row.met_on)
        facts: dict[str, Any] = {"obligation": row, "by": by, "at": self.now}
        facts |= {"meet": {"on": day, "note": ""}, "extend": {"due": day, "why": "Illness"}}.get(
            act, {"why": "Not whole"}
        )
        try:
            OWED[act](**facts)
        except Refused:
            row.refresh_from_db()
            assert (row.state, row.due, row.met_on) == was
            return
        row.refresh_from_db()
        assert row.case.closed_on is None
        assert row.state == ("met" if act == "meet" else "open")
        assert was[0] == ("met" if act == "reopen" else "open")
        if act == "meet":
            assert row.starts <= day <= self.today
        if act == "extend":
            assert row.kind != "statement-of-action", "the law sets its day"
            assert max(row.first_due, self.today) <= day <= row.first_due + timedelta(days=183)

    # --- what must hold ---------------------------------------------------------------------

    def _allowed(self, rung: Rung, by: User, day: date, before: str) -> None:
        """The step was taken: was everything there that the law and the framework demand?"""
        here = self.rungs.get(before)
        assert here is None or here.then, "a closed case goes nowhere"
        leads = here.then if here else (self.case.steps.first,)
        assert rung.id in leads or rung in self.case.steps.always
        assert by == self.person(rung.by) or (rung.by == "po" and by == self.cast.paul)
        assert self.last <= day <= self.today
        for name in rung.requires:
            fact = self.case.policy.fact(name)
            if fact.shown_by in ("finding", "statutory-ground"):
                assert any(on <= day for on in self.findings.get(name, ())), name
            if fact.shown_by == "no-block":
                assert not self.blocked
        if rung.bands:
            assert self.band in rung.bands
        if rung.notice and self.case.policy.notice(rung.notice).warning:
            self._warned(rung, day)

    def _warned(self, rung: Rung, day: date) -> None:
        if rung.urgent:
            assert self.safety
            assert self.findings["urgent-reasons"]
            assert self.findings["legal-advice"]
        else:
            assert any(talk <= day for talk in self.talks)
        if self.case.policy.notice(rung.notice or "").route:
            assert self.findings["statutory-ground"]
            assert self.findings["legal-advice"]

    def _note_given(self, rung: Rung, day: date, before: set[int]) -> None:
        (notice,) = Notice.objects.filter(given_on__isnull=False).exclude(pk__in=before)
        assert (notice.kind, notice.given_on) == (rung.notice, day)
        assert timezone.localdate(notice.approved_at) <= day
        assert all(notice.texts[part.id] for part in notice.type.parts)
        self.kept[notice.pk] = self._words(notice)
        for key in rung.starts:
            assert Obligation.objects.filter(notice=notice, kind=key, starts=day).count() == 1

    @staticmethod
    def _words(notice: Notice) -> tuple[Any, ...]:
        return (notice.kind, notice.texts, notice.grounds, notice.period_ends, notice.given_on)

    def teardown(self) -> None:
        try:
            if hasattr(self, "case"):
                self._everything_still_stands()
                self._it_can_end()
        finally:
            transaction.savepoint_rollback(self.savepoint)

    def _everything_still_stands(self) -> None:
        """No given document was altered, whatever came after."""
        for notice in Notice.objects.filter(pk__in=self.kept).select_related("case"):
            assert self._words(notice) == self.kept[notice.pk]
        self._nothing_is_owed_by_what_has_ended()
        papers = Document.objects.filter(pk__in=self.bytes)
        assert {paper.pk: bytes(paper.body) for paper in papers} == self.bytes

    def _nothing_is_owed_by_what_has_ended(self) -> None:
        """In a closed case nothing stays open, nor of a notice that was superseded."""
        rows = Obligation.objects.filter(case__school=self.school)
        assert not rows.filter(state="open", case__closed_on__isnull=False).exists()
        assert not rows.filter(state="open", notice__state="superseded").exists()
        for row in rows:
            assert (row.met_on is not None) == (row.state == "met")
            assert row.starts <= row.first_due <= row.due

    def _it_can_end(self) -> None:
        """By what may happen at any time, if not before."""
        if self.case.closed_on is None:
            self.case = steps.take(
                self.case, "school-closed", self.person("po"), day=self.today, at=self.now
            )
        assert self.case.closed_on
        assert Case.objects.filter(school=self.school, closed_on=None).count() == 0
        self._nothing_is_owed_by_what_has_ended()


@pytest.mark.parametrize("authority", ["liverpool", "northmoor"])
@pytest.mark.parametrize("name", ["harbour_view", "tidewater", "dock_road"])
def test_I2_I3_I7_no_walk_on_any_ladder_leaves_the_law(
    db: None, settings: Settings, authority: str, name: str
) -> None:
    """A voluntary aided school, a unit and an academy, under both frameworks."""
    settings.AUTHORITY = authority
    cast = make_cast()
    walk = type("Walk", (Walk,), {"cast": cast, "school": getattr(cast, name)})
    run_state_machine_as_test(walk, settings=QUICK)


QUICK = settings(
    max_examples=WALKS,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    phases=(Phase.generate,),  # to make a walk of hundreds of queries shorter takes too long
    suppress_health_check=list(HealthCheck),
)
