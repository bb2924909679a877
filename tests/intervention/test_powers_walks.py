"""Random walks over the powers: whatever people try, none is in force that the law bars (I9).

What the walk expects is kept in plain Python, from what was done, and never asked of the guards.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from plimsoll.core.workflow import Refused
from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.intervention.powers import bar, using
from plimsoll.intervention.powers.consultees import consultees
from tests.cast import Cast
from tests.intervention import steps
from tests.intervention.steps import WHY, on
from tests.intervention.using import AFTER, HOW, said, secretary
from tests.intervention.using import rule as rule_of

LAST = date(2026, 12, 26)
# By hand from section 1.8 of the notes: which power a route opens, and which has a window.
OPEN = {
    "s60": {"s63", "s64", "s65", "s66"},
    "s60a": {"s64", "s65", "s66"},
    "category": {"s63", "s64", "s65", "s66"},
}
LIMITED = {"s63", "s64", "s66"}
CONSULTED = {"s63": 2, "s65": 2, "s64": 0, "s66": 0}  # at a Roman Catholic aided school
POWERS = ("s63", "s64", "s65", "s66")
STEPS = ("put_forward", "take_back", "decide", "put_in_force", "end", "give_up")


class Walk(RuleBasedStateMachine):
    """An eligible case, and the powers that people try in it."""

    cast: Cast
    begun: Case
    route: str

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()

    @initialize()
    def begin(self) -> None:
        self.case = Case.objects.get(pk=self.begun.pk)
        self.by_category = self.route == "category"
        self.today = AFTER
        self.barred = False
        self.answered: dict[int, set[str]] = {}
        self.told: dict[int, date] = {}
        self.budget = False

    @property
    def now(self) -> datetime:
        return on(self.today)

    def _who(self, data: st.DataObject) -> Any:
        right = [self.cast.declan] * 12
        return data.draw(st.sampled_from([*right, *self.cast.everyone.values()]), label="who")

    def _a_use(self, data: st.DataObject) -> PowerInUse | None:
        uses = list(PowerInUse.objects.filter(case=self.case, ended_on=None))
        return data.draw(st.sampled_from(uses), label="use") if uses else None

    @staticmethod
    def _tried(act: Callable[..., Any], *args: Any, **facts: Any) -> bool:
        try:
            with transaction.atomic():
                act(*args, **facts)
        except Refused:
            return False
        return True

    # --- what people do ---------------------------------------------------------------------

    @rule(days=st.sampled_from((1, 3, 20)))
    def time_goes_by(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(data=st.data(), power=st.sampled_from(POWERS))
    def somebody_proposes(self, data: st.DataObject, power: str) -> None:
        before = PowerInUse.objects.count()
        facts = {"on": self.today, "why": WHY, "by": self._who(data), "at": self.now}
        self._tried(using.propose, case=self.case, power=rule_of(self.case, power), **facts)
        if PowerInUse.objects.count() > before:  # and no second click
            assert power in self._opened()
            assert self.by_category or power not in LIMITED or self.today <= LAST
            assert not (self.barred and power in LIMITED)

    @rule(data=st.data())
    def everything_is_done_for_one(self, data: st.DataObject) -> None:
        if (use := self._a_use(data)) is None or use.decision_id:
            return
        for each in consultees(use):
            self._says(use, each.who.label, answered=True)
        self._tells(use)

    @rule(data=st.data(), power=st.sampled_from(POWERS), far=st.integers(1, 3))
    def the_right_people_go_on(self, data: st.DataObject, power: str, far: int) -> None:
        """From a proposal as far as to the decision, or the power in force, or its end."""
        facts = {"on": self.today, "why": WHY, "by": self.cast.declan, "at": self.now}
        self._tried(using.propose, case=self.case, power=rule_of(self.case, power), **facts)
        use = PowerInUse.objects.filter(case=self.case, power=power, ended_on=None).first()
        if use is None:
            return
        if use.state in ("proposed", "before"):
            for each in consultees(use):
                self._says(use, each.who.label, answered=True)
            self._tells(use)
            self.the_budget_is_found_to_be_delegated()
        for name in ("decide", "put_in_force", "end")[:far]:
            self._tries(use, name, self.cast.declan, self.today)

    @rule(data=st.data(), answered=st.booleans())
    def a_consultee_is_asked(self, data: st.DataObject, answered: bool) -> None:
        use = self._a_use(data)
        asked = consultees(use) if use else []
        if use and asked:
            label = data.draw(st.sampled_from([each.who.label for each in asked]), label="whom")
            self._says(use, label, answered=answered)

    @rule(data=st.data())
    def the_secretary_of_state_is_told(self, data: st.DataObject) -> None:
        if use := self._a_use(data):
            self._tells(use)

    def _says(self, use: PowerInUse, label: str, *, answered: bool) -> None:
        if self._tried(said, self.cast, use, label, day=self.today, answered=answered):
            there = self.answered.setdefault(use.pk, set())
            (there.add if answered else there.discard)(label)

    def _tells(self, use: PowerInUse) -> None:
        if self._tried(secretary, self.cast, use, day=self.today):
            self.told[use.pk] = self.today

    @rule()
    def the_budget_is_found_to_be_delegated(self) -> None:
        steps.found(self.case, "budget-delegated", self.cast.declan, day=self.today)
        self.budget = True

    @rule()
    def the_secretary_of_state_bars_or_lets(self) -> None:
        act = bar.lift_bar if self.barred else bar.bar_powers
        act(case=self.case, on=self.today, told_how=HOW, by=self.cast.declan, at=self.now)
        self.barred = not self.barred
        self.case.refresh_from_db()

    @rule()
    def inspectors_may_put_it_in_a_category(self) -> None:
        """Late in the walk only: it lifts the windows, and advice is taken afresh."""
        if self.today > LAST and not self.by_category:
            self.case = steps.take(self.case, "category", self.cast.declan, day=self.today)
            steps.found(self.case, "legal-advice", self.cast.declan, day=self.today)
            self.by_category = True

    @rule(data=st.data(), back=st.sampled_from((0, 0, 0, 2, -2)))
    def somebody_tries_a_step(self, data: st.DataObject, back: int) -> None:
        name = data.draw(st.sampled_from((*STEPS, "decide", "put_in_force")), label="step")
        use, day = self._a_use(data), self.today - timedelta(days=back)
        if use is not None:
            self._tries(use, name, self._who(data), day)

    def _tries(self, use: PowerInUse, name: str, who: Any, day: date) -> None:
        facts = self._facts(name, day)
        if self._tried(using.take, use, name, by=who, at=self.now, **facts):
            use.refresh_from_db()
            self._allowed(use, name, who, day)

    @staticmethod
    def _facts(name: str, day: date) -> dict[str, Any]:
        return {
            "put_forward": {},
            "take_back": {"reasons": WHY},
            "decide": {
                "made_on": day, "effective_on": day, "authority": "Scheme", "reasons": WHY,
            },
            "put_in_force": {"notice_on": day, "notice_how": HOW, "in_force_on": day},
        }.get(name, {"on": day, "reasons": WHY})  # fmt: skip

    # --- what must hold ---------------------------------------------------------------------

    def _opened(self) -> set[str]:
        return OPEN["category"] if self.by_category else OPEN[self.route]

    def _allowed(self, use: PowerInUse, name: str, who: Any, day: date) -> None:
        if name == "decide":
            assert who == self.cast.declan
            assert len(self.answered.get(use.pk, ())) == CONSULTED[use.power]
            assert self.told[use.pk] <= day <= self.today
            assert self.budget or use.power != "s66"
        if name in ("decide", "put_in_force"):
            assert use.power in self._opened()
            assert not (self.barred and use.power in LIMITED)
            assert self.by_category or use.power not in LIMITED or day <= LAST
        if name == "put_in_force":
            assert who == self.cast.declan
            board = PowerInUse.objects.filter(power="s65", state="in_force").exists()
            assert not (use.power == "s64" and board)

    @invariant()
    def the_days_of_every_power_are_in_order(self) -> None:
        if not hasattr(self, "case"):
            return
        for use in PowerInUse.objects.filter(in_force_on__isnull=False).select_related("decision"):
            decision, told = use.decision, use.consent_on or use.told_secretary_on
            assert decision is not None
            assert told is not None
            assert use.notice_on is not None
            assert use.in_force_on is not None
            days = [told, decision.made_on, use.notice_on, use.in_force_on, self.today]
            assert days == sorted(days)
            assert use.proposed_on <= decision.made_on
            assert decision.told.on == use.notice_on

    def teardown(self) -> None:
        try:
            if hasattr(self, "case"):
                steps.take(self.case, "school-closed", self.cast.priya, day=self.today)
                assert not PowerInUse.objects.filter(case=self.case, ended_on=None).exists()
        finally:
            transaction.savepoint_rollback(self.savepoint)


QUICK = settings(
    max_examples=8,
    stateful_step_count=40,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("route", ["s60", "s60a", "category"])
def test_I9_no_walk_brings_a_power_into_force_that_the_law_bars(cast: Cast, route: str) -> None:
    kinds = {"s60": "formal", "s60a": "formal-60a"}
    begun = steps.eligible(cast, kind=kinds[route]) if route in kinds else steps.in_category(cast)
    walk = type("Walk", (Walk,), {"cast": cast, "begun": begun, "route": route})
    run_state_machine_as_test(walk, settings=QUICK)
