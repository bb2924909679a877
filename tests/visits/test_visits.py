"""E1, E2, E12: a visit takes its days as planned, then as delivered, and gives them back."""

from datetime import timedelta
from decimal import Decimal

import pytest

from plimsoll.allocations.models import Allocation
from plimsoll.visits.days.queries import Balance, balances
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Entry, Visit
from tests.allocations import steps
from tests.cast import NOW, TODAY, Cast
from tests.visits.steps import held, planned


@pytest.fixture
def case(cast: Cast) -> Allocation:
    """Harbour View holds band B: a core visit of 1 day, 2 days of contacts, 1 for the head."""
    return steps.agreed(cast, band="B")


def core(visit: Visit) -> Balance:
    own = Entry.objects.filter(school=visit.school, line="core")
    return balances(own, "line")[("core",)]


def test_E1_E2_a_planned_visit_speaks_for_its_day_and_a_held_one_uses_it(
    cast: Cast, case: Allocation
) -> None:
    visit = planned(case, cast.sadia)
    assert (core(visit).planned, core(visit).used, core(visit).left) == (1, 0, 1)
    on = TODAY + timedelta(days=7)
    VISIT.take(
        visit, "hold", by=cast.sadia, at=NOW + timedelta(days=7),
        held_on=on, mode="virtual", days=Decimal("0.5"), met=["head"],
    )  # fmt: skip
    assert (core(visit).planned, core(visit).used, core(visit).left) == (
        0, Decimal("0.5"), Decimal("0.5"),
    )  # fmt: skip


def test_E1_a_visit_planned_by_a_double_click_is_planned_once(cast: Cast, case: Allocation) -> None:
    assert planned(case, cast.sadia) == planned(case, cast.sadia)
    assert core(Visit.objects.get()).planned == 1


@pytest.mark.parametrize(("charged", "used"), [(True, 1), (False, 0)])
def test_E1_a_cancelled_visit_is_charged_or_gives_its_day_back(
    cast: Cast, case: Allocation, charged: bool, used: int
) -> None:
    visit = planned(case, cast.sadia)
    VISIT.take(visit, "cancel", by=cast.sadia, at=NOW, reason="school-late", charged=charged)
    assert (core(visit).planned, core(visit).used) == (0, used)


def test_E1_what_was_put_down_by_mistake_is_put_right(cast: Cast, case: Allocation) -> None:
    visit = held(case, cast.sadia)
    visit = VISIT.take(visit, "reopen", by=cast.sadia, at=NOW, reasons="It was the other school")
    assert (core(visit).planned, core(visit).used) == (1, 0)
    assert visit.held_on is None
