"""F3, E1: what people write in the ledger, who may, and what is refused."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from plimsoll.allocations.models import Allocation, Cycle
from plimsoll.core.models import Event
from plimsoll.core.workflow import Refused
from plimsoll.visits.days.actions import Change, add_extra, adjust, carry_over
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.days.queries import balances
from plimsoll.visits.models import Entry
from tests.allocations import steps
from tests.attacks.test_at_once import at_once
from tests.cast import NOW, Cast, make_cast

Act = Callable[[Change], Entry]


@pytest.fixture
def case(cast: Cast) -> Allocation:
    """Harbour View holds band B: a core visit of 1 day, 2 days of contacts, 1 for the head."""
    return steps.agreed(cast, band="B")


def change(case: Allocation, cast: Cast, days: str = "1", **more: Any) -> Change:
    values = {"line": "contact", "funding": "core", "why": "A long illness", "by": cast.priya}
    return Change(
        cycle=case.cycle, school=case.school, days=Decimal(days), at=NOW, **(values | more)
    )


def left(case: Allocation, line: str, funding: str = "core", year: str = "2026-27") -> Decimal:
    own = Entry.objects.filter(school=case.school, year=year)
    return balances(own, "line", "funding")[(line, funding)].left


def test_E1_a_line_is_adjusted_with_who_when_and_why(cast: Cast, case: Allocation) -> None:
    entry = adjust(change(case, cast, "-0.5"))
    assert left(case, "contact") == Decimal("1.5")
    assert (entry.made_by_name, entry.made_at, entry.why) == ("Priya Nair", NOW, "A long illness")
    assert entry.partner == cast.sadia
    event = Event.objects.get(verb="days.adjusted")
    assert (event.actor, event.permission, event.urn) == (
        cast.priya.pk, "allocation.see", cast.harbour_view.pk,
    )  # fmt: skip


def test_F3_bought_and_commissioned_days_name_their_funding(cast: Cast, case: Allocation) -> None:
    for funding, days in (("traded", "2"), ("commissioned", "1.25")):
        add_extra(change(case, cast, days, line="(extra)", funding=funding))
    assert left(case, "(extra)", "traded") == Decimal(2)
    assert left(case, "(extra)", "commissioned") == Decimal("1.25")
    assert left(case, "contact") == Decimal(2), "the entitlement stands"


def test_E1_days_kept_outside_before_are_carried_in(cast: Cast, case: Allocation) -> None:
    carry_over(change(case, cast, "0.5"))
    assert left(case, "contact") == Decimal("2.5")


def test_E1_days_carried_over_leave_the_year_before(cast: Cast, case: Allocation) -> None:
    Cycle.objects.create(
        year="2025-26", edition="liverpool/2026-27", opened_at=NOW, opened_by="Priya"
    )
    Entry.objects.create(
        school=case.school, year="2025-26", edition="liverpool/2026-27", line="contact",
        kind="adjust", days=1, funding="core", why="What was left", made_at=NOW,
    )  # fmt: skip
    with pytest.raises(Refused, match="2025-26 has no more left there than 1 day"):
        carry_over(change(case, cast, "1.5"))
    carry_over(change(case, cast, "0.75"))
    assert left(case, "contact", year="2025-26") == Decimal("0.25")
    assert left(case, "contact") == Decimal("2.75")


@pytest.mark.parametrize(
    ("act", "days", "more", "reason"),
    [
        (adjust, "-2.25", {}, "No more can be taken away there than is left: 2 days"),
        (adjust, "0.3", {}, "kept in quarters"),
        (adjust, "0", {}, "kept in quarters"),
        (adjust, "1", {"why": " "}, "Say why"),
        (adjust, "1", {"line": "review"}, "no days on this line"),
        (adjust, "1", {"funding": "traded"}, "no days on this line"),
        (add_extra, "-1", {}, "must be more than nought"),
        (add_extra, "1", {"line": "(extra)", "funding": "lottery"}, "Say where these days"),
        (carry_over, "-1", {}, "must be more than nought"),
        (carry_over, "1", {"line": "review"}, "no such line"),
    ],
)
def test_E1_what_cannot_be_is_refused_and_leaves_no_trace(
    cast: Cast, case: Allocation, act: Act, days: str, more: dict[str, str], reason: str
) -> None:
    bring_up_to_date(cycle=case.cycle, school=case.school, at=NOW)
    before = Entry.objects.count()
    with pytest.raises(Refused, match=reason):
        act(change(case, cast, days, **more))
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["ada", "dan", "sadia", "sam", "paul", "helen", "chloe", "olu"])
@pytest.mark.parametrize("act", [adjust, add_extra, carry_over])
def test_S7_whoever_may_not_change_days_is_refused(
    cast: Cast, case: Allocation, act: Act, who: str
) -> None:
    with pytest.raises(Refused, match="does not allow you"):
        act(change(case, cast, by=cast.everyone[who]))
    assert not Entry.objects.exists()


@pytest.mark.parametrize("act", [adjust, add_extra, carry_over])
def test_a_second_click_writes_nothing_more(cast: Cast, case: Allocation, act: Act) -> None:
    once = act(change(case, cast, "2"))
    assert act(change(case, cast, "2")) == once
    tomorrow = Change(**vars(change(case, cast, "2")) | {"at": NOW + timedelta(days=1)})
    assert act(tomorrow) != once, "another day it is meant"


def test_E1_a_change_brings_the_grant_up_to_date_first(cast: Cast, case: Allocation) -> None:
    assert not Entry.objects.exists()
    adjust(change(case, cast))
    assert left(case, "contact") == Decimal(3)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_grant_once_and_take_away_no_more_than_is_left() -> None:
    cast = make_cast()
    case = steps.agreed(cast, band="B")

    def grant() -> int:
        return bring_up_to_date(cycle=case.cycle, school=case.school, at=NOW)

    assert sorted(at_once(grant, grant, grant)) == [0, 0, 1]
    assert Entry.objects.count() == 4

    def take(why: str) -> bool:
        try:
            adjust(change(case, cast, "-1.5", why=why))
        except Refused:
            return False
        return True

    assert sorted(at_once(lambda: take("Ill"), lambda: take("Away"))) == [False, True]
    assert left(case, "contact") == Decimal("0.5")
    connection.close()
