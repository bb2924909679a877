"""Deadlines against dates worked out by hand, and against a second, slower way of counting."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plimsoll.core.deadlines import (
    Calendar,
    NotKnown,
    Span,
    days_left,
    due,
    months_after,
)

# The bank holidays of England, by hand.
BANK_HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26 "
        "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28 "
        "2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28"
    ).split()
)
AUTUMN = Span(date(2025, 9, 1), date(2025, 12, 19))
SPRING = Span(date(2026, 1, 5), date(2026, 3, 27))
SUMMER = Span(date(2026, 4, 13), date(2026, 7, 20))
CHRISTMAS = Span(date(2025, 12, 22), date(2026, 1, 2))
EASTER = Span(date(2026, 3, 30), date(2026, 4, 10))
OCTOBER = Span(date(2025, 10, 27), date(2025, 10, 31))
FEBRUARY = Span(date(2026, 2, 16), date(2026, 2, 20))
MAY = Span(date(2026, 5, 25), date(2026, 5, 29))
YEAR = Calendar(
    bank_holidays=BANK_HOLIDAYS,
    holidays=(OCTOBER, CHRISTMAS, FEBRUARY, EASTER, MAY),
    inset=frozenset({date(2025, 9, 1), date(2026, 1, 5)}),
    terms=(AUTUMN, SPRING, SUMMER),
)


@pytest.mark.parametrize(
    ("start", "days", "basis", "expected"),
    [
        # Half term is not longer than a week: Friday before it, five days on.
        (date(2026, 2, 13), 5, "WD-INSP", date(2026, 2, 20)),
        (date(2026, 2, 13), 5, "SD", date(2026, 2, 27)),
        # The first school day of the year and of January are INSET days.
        (date(2025, 12, 19), 1, "SD", date(2026, 1, 6)),
        (date(2026, 3, 23), 10, "CAL", date(2026, 4, 2)),
        # A Friday start, and a start on a day that does not itself count.
        (date(2026, 1, 9), 1, "WD", date(2026, 1, 12)),
        (date(2026, 1, 10), 1, "WD", date(2026, 1, 12)),
        (date(2026, 1, 9), 0, "WD", date(2026, 1, 9)),
    ],
)
def test_days_are_counted_from_the_day_after(
    start: date, days: int, basis: str, expected: date
) -> None:
    assert due(start, days, basis, YEAR) == expected


def test_the_first_day_may_count() -> None:
    assert due(date(2026, 1, 12), 5, "WD", YEAR, inclusive=True) == date(2026, 1, 16)
    assert due(date(2026, 1, 10), 5, "WD", YEAR, inclusive=True) == date(2026, 1, 16)


def test_whether_a_half_term_is_long_is_the_authoritys_choice() -> None:
    long = Calendar(BANK_HOLIDAYS, YEAR.holidays, YEAR.inset, YEAR.terms, halfterm_is_long=True)
    assert due(date(2026, 2, 13), 5, "WD-INSP", long) == date(2026, 2, 27)


@pytest.mark.parametrize(
    "halves",
    [
        (Span(date(2026, 2, 14), date(2026, 2, 22)),),  # entered with its weekends
        (Span(date(2026, 2, 16), date(2026, 2, 18)), Span(date(2026, 2, 19), date(2026, 2, 20))),
    ],
)
def test_a_half_term_is_the_same_however_it_was_entered(halves: tuple[Span, ...]) -> None:
    assert due(date(2026, 2, 13), 5, "WD-INSP", Calendar(holidays=halves)) == date(2026, 2, 20)


@pytest.mark.parametrize("first", [25, 26])
def test_a_bank_holiday_belongs_to_the_half_term_it_begins(first: int) -> None:
    """The Monday of May's half term is one, so many enter only Tuesday to Friday."""
    entered = (Span(date(2026, 5, first), date(2026, 5, 29)),)
    assert due(date(2026, 5, 22), 1, "WD-INSP", Calendar(BANK_HOLIDAYS, entered)) == date(
        2026, 5, 26
    )
    long = Calendar(BANK_HOLIDAYS, entered, halfterm_is_long=True)
    assert due(date(2026, 5, 22), 1, "WD-INSP", long) == date(2026, 6, 1)


def test_a_bank_holiday_belongs_to_the_half_term_it_ends() -> None:
    """The week before the last Monday of May, which makes it six days off work."""
    before = Calendar(BANK_HOLIDAYS, (Span(date(2027, 5, 24), date(2027, 5, 28)),))
    assert due(date(2027, 5, 21), 1, "WD-INSP", before) == date(2027, 6, 1)


def test_the_break_between_two_terms_is_a_holiday_though_nobody_entered_one() -> None:
    terms_alone = Calendar(BANK_HOLIDAYS, terms=(AUTUMN, SPRING, SUMMER))
    assert due(date(2026, 3, 23), 10, "WD-INSP", terms_alone) == date(2026, 4, 20)
    assert due(date(2025, 12, 19), 1, "WD-INSP", terms_alone) == date(2026, 1, 5)


def test_a_day_more_makes_a_half_term_longer_than_a_week() -> None:
    six = Calendar(holidays=(Span(date(2026, 2, 13), date(2026, 2, 20)),))
    assert due(date(2026, 2, 12), 1, "WD-INSP", six) == date(2026, 2, 23)


def test_school_days_need_terms() -> None:
    with pytest.raises(NotKnown, match="term dates around 21 July 2026 have not been entered"):
        due(date(2026, 7, 20), 1, "SD", YEAR)


def test_a_term_left_out_is_not_taken_for_a_holiday() -> None:
    gap = Calendar(BANK_HOLIDAYS, terms=(AUTUMN, SUMMER))
    with pytest.raises(NotKnown, match="around 20 December 2025"):
        due(date(2025, 12, 19), 1, "SD", gap)


def test_an_unknown_basis_is_refused() -> None:
    with pytest.raises(ValueError, match="“FORTNIGHT”"):
        due(date(2026, 1, 9), 1, "FORTNIGHT", YEAR)
    with pytest.raises(ValueError, match="cannot lie before"):
        due(date(2026, 1, 9), -1, "WD", YEAR)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 30), 2, date(2028, 2, 29)),
        (date(2026, 11, 24), 2, date(2027, 1, 24)),
        (date(2026, 4, 30), 2, date(2026, 6, 30)),
        (date(2026, 10, 15), 2, date(2026, 12, 15)),
    ],
)
def test_months_end_on_the_corresponding_date(start: date, months: int, expected: date) -> None:
    assert months_after(start, months) == expected


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 4, 1), 4),  # Thursday, then Easter, Tuesday, Wednesday, Thursday
        (date(2026, 4, 9), 0),
        (date(2026, 4, 11), -1),
        (date(2026, 4, 13), -2),
    ],
)
def test_days_left_are_days_of_the_basis(today: date, left: int) -> None:
    assert days_left(today, date(2026, 4, 9), "WD", YEAR) == left


# --- the slow way: names of weekdays, sets of days, runs of closed days ----------------

ONE = timedelta(days=1)


def each_day(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def slow_long_closed(calendar: Calendar) -> set[date]:
    """Runs of days away, and of days off beside them, that are longer than allowed."""
    inside = {day for span in calendar.holidays for day in each_day(span.first, span.last)}
    in_term = {day for span in calendar.terms for day in each_day(span.first, span.last)}
    inside |= {day for day in each_day(min(in_term), max(in_term)) if day not in in_term}
    closed: set[date] = set()
    for day in each_day(date(2025, 8, 1), date(2026, 9, 30)):
        beside = day in inside
        for step in (ONE, -ONE):
            at = day
            while not beside and (
                at.strftime("%a") in ("Sat", "Sun") or at in calendar.bank_holidays
            ):
                at += step
                beside = beside or at in inside
        if beside:
            closed.add(day)
    found: set[date] = set()
    for day in closed:
        run = {day}
        for step in (ONE, -ONE):
            at = day + step
            while at in closed:
                run.add(at)
                at += step
        if len(run) > (7 if calendar.halfterm_is_long else 9):
            found |= run
    return found


def slow_days(basis: str, calendar: Calendar) -> list[date]:
    days = each_day(date(2025, 9, 1), date(2026, 7, 20))
    if basis == "CAL":
        return days
    days = [
        day
        for day in days
        if day.strftime("%A") not in ("Saturday", "Sunday") and day not in calendar.bank_holidays
    ]
    if basis == "WD-INSP":
        closed = slow_long_closed(calendar)
        return [day for day in days if day not in closed]
    if basis == "SD":
        away = {day for span in calendar.holidays for day in each_day(span.first, span.last)}
        in_term = {day for span in calendar.terms for day in each_day(span.first, span.last)}
        return [
            day for day in days if day in in_term and day not in away and day not in calendar.inset
        ]
    return days


days_of_the_year = st.dates(date(2025, 9, 1), date(2026, 5, 15))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """The city's year, as far as its breaks were entered, and closures of a school's own."""
    entered = draw(st.sets(st.sampled_from(YEAR.holidays)))
    own = draw(st.lists(st.tuples(days_of_the_year, st.integers(0, 12)), max_size=4))
    return Calendar(
        bank_holidays=BANK_HOLIDAYS,
        holidays=(*entered, *(Span(day, day + ONE * more) for day, more in own)),
        inset=draw(st.frozensets(days_of_the_year, max_size=5)),
        terms=YEAR.terms,
        halfterm_is_long=draw(st.booleans()),
    )


@settings(max_examples=150, deadline=None)
@given(
    calendar=calendars(),
    basis=st.sampled_from(["CAL", "WD", "WD-INSP", "SD"]),
    start=days_of_the_year,
    days=st.integers(1, 15),
    inclusive=st.booleans(),
)
def test_both_ways_of_counting_agree(
    calendar: Calendar, basis: str, start: date, days: int, inclusive: bool
) -> None:
    counted = [
        day for day in slow_days(basis, calendar) if day > start or (inclusive and day == start)
    ]
    if len(counted) < days:
        return
    end = due(start, days, basis, calendar, inclusive=inclusive)
    assert end == counted[days - 1]
    if not inclusive:
        assert days_left(start, end, basis, calendar) == days
        assert days_left(end, start, basis, calendar) == -days


@given(start=st.dates(date(2020, 1, 1), date(2060, 1, 1)), months=st.integers(0, 60))
def test_months_never_skip_into_the_month_after(start: date, months: int) -> None:
    end = months_after(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + ONE).day == 1)
