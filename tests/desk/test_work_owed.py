"""My work with what is owed in cases of concern: by whom, to whom, and nobody else (I8, I9, S7)."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plimsoll.desk import waiting
from plimsoll.intervention.clocks.extending import extend
from plimsoll.intervention.clocks.meeting import meet
from plimsoll.intervention.models import Case
from plimsoll.people.models import User
from tests.cast import NOW, TODAY, Cast, give
from tests.intervention import steps
from tests.intervention.steps import WHY, on, take
from tests.markup import StrictClient

PLAN = "Action plan of the governing body"
STATEMENT = "The authority's statement of action after an Ofsted category"
PERIOD = "The compliance period ends"
WINDOW = "The last day for powers after the compliance period"
PLAN_DUE = date(2026, 10, 26)
LATE = date(2026, 10, 27)
OUTSIDERS = ("henry", "sam", "olu", "ada", "dan", "lena", "nobody")
OWED = (PLAN, STATEMENT, PERIOD, WINDOW)


def waits(user: User, at: datetime = NOW) -> list[tuple[str, str]]:
    found = waiting.items(user, at)
    return [(item.what, item.href.strip("/")) for item in found if item.what in OWED]


def due(user: User, today: date = TODAY) -> list[tuple[str, date | None]]:
    return [(item.what, item.due) for item in waiting.next_due(user, today) if item.what in OWED]


@pytest.fixture
def case(cast: Cast) -> Case:
    """A formal notice: a plan by 26 October, when the compliance period ends too."""
    return steps.formal(cast)


@pytest.mark.parametrize("who", ["helen", "chloe"])
def test_I8_the_plan_waits_for_the_head_and_the_chair(cast: Cast, case: Case, who: str) -> None:
    person = cast.everyone[who]
    plan = case.obligations.get()
    assert waits(person) == [(PLAN, f"concern/plans/{plan.pk}")]
    assert due(person) == [(PLAN, PLAN_DUE)]
    meet(obligation=plan, on=TODAY, note="", by=person, at=NOW)
    assert waits(person) == due(person) == []


def test_I8_the_keeper_of_the_case_sees_it_coming_and_is_told_when_it_is_late(
    cast: Cast, case: Case
) -> None:
    assert waits(cast.priya) == []
    assert due(cast.priya) == [
        (PLAN, PLAN_DUE), (PERIOD, PLAN_DUE), (WINDOW, date(2026, 12, 26)),
    ]  # fmt: skip
    assert waits(cast.priya, on(PLAN_DUE)) == []
    assert waits(cast.priya, on(LATE)) == [(PLAN, f"concern/{case.pk}")]
    assert due(cast.priya, LATE) == [(WINDOW, date(2026, 12, 26))]
    plan = case.obligations.get()
    extend(obligation=plan, due=date(2026, 11, 9), why=WHY, by=cast.priya, at=on(LATE))
    assert waits(cast.priya, on(LATE)) == []


def test_I9_s15_the_statement_of_action_waits_for_the_keeper_and_never_for_the_school(
    cast: Cast, case: Case
) -> None:
    case = take(case, "category", cast.declan)
    assert waits(cast.priya) == [(STATEMENT, f"concern/{case.pk}")]
    assert (STATEMENT, date(2026, 10, 19)) in due(cast.priya)
    plan = case.obligations.get(kind="action-plan")
    for who in ("helen", "chloe"):
        assert waits(cast.everyone[who]) == [(PLAN, f"concern/plans/{plan.pk}")]
        assert due(cast.everyone[who]) == [(PLAN, PLAN_DUE)]


@pytest.mark.parametrize("who", [*OUTSIDERS, "sadia", "paul", "pat", "dorothy", "declan"])
def test_S7_it_waits_for_nobody_else(cast: Cast, case: Case, who: str) -> None:
    take(case, "category", cast.declan)
    assert waits(cast.everyone[who], on(LATE)) == []
    assert due(cast.everyone[who]) == []


def test_I8_nothing_waits_of_a_case_that_has_ended(cast: Cast, case: Case) -> None:
    take(take(case, "category", cast.declan), "school-closed", cast.priya)
    for person in (cast.helen, cast.priya):
        assert waits(person, on(LATE)) == []
        assert due(person) == []


def test_S7_on_the_page_of_a_school_it_waits_for_its_keeper_alone(
    cast: Cast, case: Case, client: StrictClient
) -> None:
    take(case, "category", cast.declan)
    found = [item.what for item in waiting.items(cast.priya, NOW, urn=900001)]
    assert [what for what in found if what in OWED] == [STATEMENT]
    assert waiting.items(cast.priya, NOW, urn=900003) == []


def test_one_case_and_many_cost_the_same_queries(cast: Cast, client: StrictClient) -> None:
    def queries() -> int:
        client.force_login(cast.priya)
        client.get("/")
        with time_machine.travel(NOW, tick=False), CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        return len(found)

    more = (cast.quayside, cast.lighthouse, cast.tidewater)
    for school in more:
        give(cast.priya, "po", school)
    take(steps.formal(cast), "category", cast.declan)
    one = queries()
    for school in more:
        take(steps.opened(cast, school), "category", cast.declan)
    assert queries() == one
