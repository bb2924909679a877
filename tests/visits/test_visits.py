"""E1, E2, E12: a visit takes its days as planned, then as delivered, and gives them back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Message
from plimsoll.core.workflow import Refused
from plimsoll.schools.models import Assignment
from plimsoll.visits.days.queries import Balance, balances
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Entry, Visit
from tests.allocations import steps
from tests.cast import NOW, TODAY, Cast, give
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


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2026, 8, 31), date(2027, 9, 1), date.max])
def test_E1_a_visit_stays_in_the_year_whose_days_it_takes(
    cast: Cast, case: Allocation, day: date
) -> None:
    visit = planned(case, cast.sadia, on=TODAY)
    with pytest.raises(Refused, match="from 1 September 2026 to 31 August 2027"):
        VISIT.take(visit, "move", by=cast.sadia, at=NOW, on=day, part="day", mode="virtual")
    with pytest.raises(Refused, match="from 1 September 2026 to 31 August 2027"):
        VISIT.take(
            visit, "hold", by=cast.sadia, at=NOW, held_on=day, mode="virtual", days=Decimal(1)
        )


def test_E1_no_visit_was_held_on_a_day_to_come(cast: Cast, case: Allocation) -> None:
    visit, tomorrow = planned(case, cast.sadia, on=TODAY), TODAY + timedelta(days=1)
    with pytest.raises(Refused, match="has not come yet"):
        VISIT.take(
            visit, "hold", by=cast.sadia, at=NOW, held_on=tomorrow, mode="virtual", days=Decimal(1)
        )


def test_E2_U2_after_a_handover_the_new_partner_hears_of_the_visit(
    cast: Cast, case: Allocation
) -> None:
    visit = planned(case, cast.sadia)
    ended = Assignment.objects.filter(person=cast.sadia, school=cast.harbour_view)
    ended.update(ends=TODAY - timedelta(days=1))
    give(cast.sam, "sip", cast.harbour_view, starts=TODAY)
    VISIT.take(visit, "ask_other_day", by=cast.helen, at=NOW, reasons="A trip")
    told = Message.objects.filter(key__startswith="visit-other-day:")
    assert [each.to for each in told] == [cast.sam.email]


def test_E1_what_was_put_down_by_mistake_is_put_right(cast: Cast, case: Allocation) -> None:
    visit = held(case, cast.sadia)
    visit = VISIT.take(visit, "reopen", by=cast.sadia, at=NOW, reasons="It was the other school")
    assert (core(visit).planned, core(visit).used) == (1, 0)
    assert visit.held_on is None
