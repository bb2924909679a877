"""Random walks with the product: whatever people try, in whatever order."""

from datetime import timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from plimsoll.allocations.models import PastBand
from plimsoll.core.workflow import Refused
from plimsoll.framework.casework import Rung
from plimsoll.intervention.cases import keeping
from plimsoll.intervention.models import Case, Obligation
from plimsoll.schools.models import School
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.walks.office import Office
from tests.intervention.walks.owed import try_owed
from tests.intervention.walks.paper import FAR, distances
from tests.intervention.walks.record import Paper
from tests.intervention.walks.wrongs import undone, wrongs

is_open = precondition(lambda walk: walk.office.case.closed_on is None)
LONGEST = timedelta(days=150)  # of a walk: further ahead no school's calendar is known


class Walk(RuleBasedStateMachine):
    """The cases of one school, one after another."""

    cast: Cast
    school: School

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()

    @initialize(safety=st.booleans(), band=st.sampled_from("ACD"))
    def begin(self, safety: bool, band: str) -> None:
        PastBand.objects.create(
            school=self.school, year="2025-26", band=band, source="sheet", entered_at=NOW
        )
        self.band, self.safety = band, safety
        self._open()

    def _open(self, before: Paper | None = None) -> None:
        ground = "safety" if self.safety else "leadership"
        today = before.today if before else TODAY
        case = steps.opened(self.cast, self.school, ground, at=steps.on(today))
        paper = Paper(case.policy, case.steps, self.band, today, since=today)
        paper.blocked = bool(before and before.blocked)
        self.office = Office(self.cast, self.school, case, paper)

    @is_open
    @rule(data=st.data())
    def the_right_person_goes_on(self, data: st.DataObject) -> None:
        """One of the next steps is prepared, tried in every wrong way, and then taken."""
        office = self.office
        rung = data.draw(st.sampled_from(self._next()), label="next")
        for fact in rung.requires:
            if office.paper.shown(office.paper.policy.fact(fact)) is None:
                with undone(office):
                    office.prepare(rung, without=fact)
                    office.attempt(rung, office.person(rung.by), office.paper.today)
        office.prepare(rung)
        in_vain = st.lists(st.sampled_from(wrongs(office, rung)), min_size=4, max_size=4)
        for try_in_vain in data.draw(in_vain, label="in vain"):
            try_in_vain()
        office.attempt(rung, office.person(rung.by), office.paper.today)

    @precondition(lambda self: self.office.paper.today < TODAY + LONGEST)
    @rule(days=st.integers(1, 30))
    def time_goes_by(self, days: int) -> None:
        self.office.paper.today += timedelta(days=days)

    @rule(data=st.data())
    def somebody_tries_a_step(self, data: st.DataObject) -> None:
        office = self.office
        rung = data.draw(st.sampled_from(sorted(office.paper.rungs)), label="step")
        who = data.draw(st.sampled_from(sorted(office.cast.everyone)), label="who")
        day = office.paper.today + timedelta(days=data.draw(st.sampled_from((0, -3, 3))))
        office.attempt(office.paper.rungs[rung], office.cast.everyone[who], day)

    @rule(data=st.data())
    def somebody_puts_on_record(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.cast.everyone)), label="who")
        facts = [
            x for x in self.office.paper.policy.facts if x.shown_by not in ("power", "service")
        ]
        self.office.record(data.draw(st.sampled_from(facts)), self.cast.everyone[who])

    @is_open
    @rule()
    def the_secretary_of_state_bars_or_lets(self) -> None:
        office, paper = self.office, self.office.paper
        act = keeping.lift_block if paper.blocked else keeping.record_block
        facts = {"on": paper.today, "told_how": "Letter", "by": self.cast.declan}
        try:
            act(case=office.case, at=office.now, **facts)
        except Refused:
            return
        paper.blocked = not paper.blocked
        paper.unblocked = None if paper.blocked else paper.today

    @rule(data=st.data())
    def something_owed_is_met_moved_or_opened_again(self, data: st.DataObject) -> None:
        office = self.office
        category = office.paper.rungs.get("category")
        if category and office.paper.state != "category":
            office.attempt(category, office.person(category.by), office.paper.today)
        for row in Obligation.objects.filter(case__school=self.school):
            for _ in range(3):
                try_owed(office, row, data)

    @precondition(lambda self: self.office.case.closed_on is not None)
    @rule()
    def another_case_follows(self) -> None:
        """Of the other kind: where safety was threatened it is not, and the other way round."""
        self.safety = not self.safety
        self._open(self.office.paper)

    def teardown(self) -> None:
        try:
            if hasattr(self, "office"):
                with undone(self.office):
                    self._a_category_follows()
                    self._it_can_end()
                self._it_can_end()
        finally:
            transaction.savepoint_rollback(self.savepoint)

    def _next(self) -> list[Rung]:
        """Most go on: a walk that ends at once has seen little."""
        found = self.office.paper.next()
        return [each for each in found if each.then] * 4 + found

    def _a_category_follows(self) -> None:
        """Then a statement of action is owed, where the ladder has one, as the case ends."""
        rung, office = self.office.paper.rungs.get("category"), self.office
        if rung and office.paper.state != rung.id:
            office.attempt(rung, office.person(rung.by), office.paper.today)

    def _it_can_end(self) -> None:
        """By its own steps where no power is in force; and else as the school closes."""
        office = self.office
        ends = [rung for rung in office.paper.rungs.values() if not rung.then]
        away = distances(office.paper, *ends)
        while office.case.closed_on is None and not office.paper.power:
            rung = min(office.paper.next(), key=lambda rung: away.get(rung.id, FAR))
            office.prepare(rung)
            office.attempt(rung, office.person(rung.by), office.paper.today)
            assert office.paper.state == rung.id, f"{rung.id} cannot be taken in {office.paper}"
        if office.case.closed_on is None:
            rung = office.paper.rungs["school-closed"]
            office.attempt(rung, office.person(rung.by), office.paper.today)
        assert not Case.objects.filter(school=self.school, closed_on=None).exists()
