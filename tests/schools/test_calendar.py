"""The calendar of a school: the authority's days, and the school's own in their place."""

from datetime import date

import pytest

from plimsoll.core.deadlines import Span, due
from plimsoll.schools.calendar import bank_holidays, calendar_of
from plimsoll.schools.models import Closure, Term
from tests.cast import Cast

BY_HAND = {
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    # Beyond the official list, by its rule: Easter Sunday is on 1 April 2029.
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
}


@pytest.mark.parametrize("year", BY_HAND)
def test_bank_holidays_of_england(year: int) -> None:
    found = sorted(f"{day:%m-%d}" for day in bank_holidays([year]) if day.year == year)
    assert found == BY_HAND[year].split()


def closure(school: object, name: str, first: date, last: date, kind: str = "holiday") -> None:
    Closure.objects.create(school=school, kind=kind, name=name, starts=first, ends=last)


def test_a_schools_own_break_takes_the_place_of_the_authoritys(cast: Cast) -> None:
    closure(None, "Easter", date(2026, 3, 30), date(2026, 4, 10))
    closure(None, "Christmas", date(2025, 12, 22), date(2026, 1, 2))
    closure(cast.harbour_view, "easter", date(2026, 4, 13), date(2026, 4, 24))

    own = calendar_of(cast.harbour_view, years=[2026])
    assert sorted(own.holidays) == [
        Span(date(2025, 12, 22), date(2026, 1, 2)),
        Span(date(2026, 4, 13), date(2026, 4, 24)),
    ]
    other = calendar_of(cast.dock_road, years=[2026])
    assert Span(date(2026, 3, 30), date(2026, 4, 10)) in other.holidays
    assert calendar_of(None, years=[2026]).holidays == other.holidays
    # A report received on 23 March: the school's own Easter decides.
    assert due(date(2026, 3, 23), 10, "WD-INSP", other) == date(2026, 4, 20)
    assert due(date(2026, 3, 23), 10, "WD-INSP", own) == date(2026, 4, 8)


def test_a_day_of_a_schools_own_is_added_where_it_meets_no_break(cast: Cast) -> None:
    closure(None, "Half term", date(2026, 2, 16), date(2026, 2, 20))
    closure(cast.harbour_view, "Feast day", date(2026, 2, 13), date(2026, 2, 13))
    assert len(calendar_of(cast.harbour_view, years=[2026]).holidays) == 2


def test_a_schools_own_inset_days_are_for_the_school_year(cast: Cast) -> None:
    closure(None, "", date(2025, 9, 1), date(2025, 9, 1), "inset")
    closure(None, "", date(2026, 9, 1), date(2026, 9, 1), "inset")
    closure(cast.harbour_view, "", date(2026, 1, 5), date(2026, 1, 6), "inset")
    assert calendar_of(cast.harbour_view, years=[2026]).inset == {
        date(2026, 1, 5),
        date(2026, 1, 6),
        date(2026, 9, 1),
    }


def test_a_schools_own_term_takes_the_place_of_the_authoritys(cast: Cast) -> None:
    for school, name, first, last in (
        (None, "autumn", date(2025, 9, 1), date(2025, 12, 19)),
        (None, "spring", date(2026, 1, 5), date(2026, 3, 27)),
        (cast.harbour_view, "spring", date(2026, 1, 7), date(2026, 4, 1)),
    ):
        Term.objects.create(school=school, year="2025-26", name=name, starts=first, ends=last)
    assert calendar_of(cast.harbour_view, years=[2026]).terms == (
        Span(date(2025, 9, 1), date(2025, 12, 19)),
        Span(date(2026, 1, 7), date(2026, 4, 1)),
    )


def test_a_calendar_costs_two_queries(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        calendar_of(cast.harbour_view, years=[2026, 2027])
