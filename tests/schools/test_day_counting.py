"""Days counted at a school, from the rows that were entered: worked examples of the statute, and
a second, slower way of counting that reads the rows itself.

The examples are those of the notes on the law, "Time: working days, school days, terms"; the
term dates are Liverpool's of 2025/26, as its newspaper printed them on 1 September 2025.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plimsoll.core.deadlines import NotKnown, Span, days_left, due
from plimsoll.framework import editions
from plimsoll.framework.calendar import SpecialDay
from plimsoll.schools.calendar import calendar_of
from plimsoll.schools.models import Closure, School, Term
from tests.cast import Cast
from tests.schools.test_calendar import BY_HAND

TERMS = {
    "autumn": (date(2025, 9, 1), date(2025, 12, 19)),
    "spring": (date(2026, 1, 5), date(2026, 3, 27)),
    "summer": (date(2026, 4, 13), date(2026, 7, 20)),
}
BREAKS = {
    "October half term": (date(2025, 10, 27), date(2025, 10, 31)),
    "Christmas": (date(2025, 12, 22), date(2026, 1, 2)),
    "February half term": (date(2026, 2, 16), date(2026, 2, 20)),
    "Easter": (date(2026, 3, 30), date(2026, 4, 10)),
    "May half term": (date(2026, 5, 25), date(2026, 5, 29)),
}


def enter(school: School | None, kind: str, name: str, first: date, last: date) -> None:
    if kind == "term":
        Term.objects.create(school=school, year="2025-26", name=name, starts=first, ends=last)
    else:
        Closure.objects.create(school=school, kind=kind, name=name, starts=first, ends=last)


@pytest.fixture
def liverpools_year(db: None) -> None:
    for name, days in TERMS.items():
        enter(None, "term", name, *days)
    for name, days in BREAKS.items():
        enter(None, "holiday", name, *days)


# --- the worked examples, each by its name -------------------------------------------------


@pytest.mark.usefixtures("liverpools_year")
@pytest.mark.parametrize(
    ("start", "days", "basis", "end"),
    [
        pytest.param("2026-03-23", 15, "WD", "2026-04-15", id="15 WD over Easter"),
        pytest.param("2026-11-23", 15, "WD", "2026-12-14", id="15 WD over nothing"),
        pytest.param("2026-12-14", 15, "WD", "2027-01-07", id="15 WD over Christmas"),
        pytest.param("2026-03-23", 10, "WD-INSP", "2026-04-20", id="a report before Easter"),
        pytest.param("2026-03-23", 10, "WD", "2026-04-08", id="the same report by WD alone"),
    ],
)
def test_statute_4_1_worked_examples(start: str, days: int, basis: str, end: str) -> None:
    city = calendar_of(None, years=[int(start[:4])])
    assert due(date.fromisoformat(start), days, basis, city).isoformat() == end


def test_statute_4_2_a_holiday_on_a_weekend_is_taken_on_a_working_day(db: None) -> None:
    """Christmas Day 2027 and New Year's Day 2028 are Saturdays."""
    city = calendar_of(None, years=[2027])
    assert due(date(2027, 12, 24), 1, "WD", city) == date(2027, 12, 29)
    assert due(date(2027, 12, 31), 1, "WD", city) == date(2028, 1, 4)


def test_statute_4_2_a_special_day_can_be_added(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    day = SpecialDay(date=date(2026, 6, 16), label="A jubilee")
    policy = replace(editions.calendar(), special_days=(day,))
    assert due(date(2026, 6, 15), 1, "WD", calendar_of(None, years=[2026])) == date(2026, 6, 16)
    monkeypatch.setattr(editions, "calendar", lambda: policy)
    assert due(date(2026, 6, 15), 1, "WD", calendar_of(None, years=[2026])) == date(2026, 6, 17)


@pytest.mark.usefixtures("liverpools_year")
def test_statute_4_3_the_city_has_195_days_and_a_school_190_without_its_five_inset_days(
    cast: Cast,
) -> None:
    for day in ("2025-09-01", "2025-09-02", "2026-01-05", "2026-04-13", "2026-07-20"):
        own = date.fromisoformat(day)
        enter(cast.harbour_view, "inset", "", own, own)
    for school, sessions in ((None, 195), (cast.dock_road, 195), (cast.harbour_view, 190)):
        calendar = calendar_of(school, years=[2026])
        year = Span(TERMS["autumn"][0], TERMS["summer"][1])
        assert sum(calendar.counts(day, "SD") for day in year.days()) == sessions


@pytest.mark.usefixtures("liverpools_year")
def test_statute_4_3_may_day_is_no_school_day_and_each_half_term_is_left_out() -> None:
    city = calendar_of(None, years=[2026])
    assert due(date(2026, 5, 1), 1, "SD", city) == date(2026, 5, 5)
    for first, last in BREAKS.values():
        back = due(first - timedelta(days=3), 1, "SD", city)
        assert back == last + timedelta(days=3)


@pytest.mark.usefixtures("liverpools_year")
def test_statute_4_3_the_year_after_is_not_made_up() -> None:
    with pytest.raises(NotKnown, match="around 21 July 2026 have not been entered"):
        due(date(2026, 7, 20), 1, "SD", calendar_of(None, years=[2026]))


# --- the slow way: a set of days for each row, and a letter for each day of the year -------

YEAR = [date(2025, 9, 1) + timedelta(days=n) for n in range(323)]  # to 20 July 2026
AUGUST_TO_AUGUST = [date(2025, 8, 1) + timedelta(days=n) for n in range(396)]
OFF_WORK = {
    date.fromisoformat(f"{year}-{day}") for year in (2025, 2026) for day in BY_HAND[year].split()
}


def days_of(row: dict[str, Any]) -> set[date]:
    return {day for day in AUGUST_TO_AUGUST if row["starts"] <= day <= row["ends"]}


def slow_rows(model: type[Term] | type[Closure], urn: int | None) -> tuple[list, list]:
    """The rows of the school itself, and those of the authority."""
    rows = list(model.objects.values())
    mine = [row for row in rows if row["school_id"] == urn and urn is not None]
    return mine, [row for row in rows if row["school_id"] is None]


def slow_in_term(urn: int | None) -> set[date]:
    """A term of the school's own takes the place of the authority's of the same name."""
    mine, shared = slow_rows(Term, urn)
    names = {row["name"] for row in mine}
    kept = mine + [row for row in shared if row["name"] not in names]
    return set().union(*map(days_of, kept))


def slow_inset(urn: int | None) -> set[date]:
    """All days of this test lie in one school year, so one own INSET day replaces them all."""
    mine, shared = (
        [row for row in rows if row["kind"] == "inset"] for rows in slow_rows(Closure, urn)
    )
    return set().union(*map(days_of, mine or shared))


def slow_away(urn: int | None) -> set[date]:
    """A break of the school's own replaces whichever it meets, and whichever has its name."""
    mine, shared = (
        [row for row in rows if row["kind"] == "holiday"] for rows in slow_rows(Closure, urn)
    )
    names = {row["name"].lower() for row in mine} - {""}
    met = set().union(*map(days_of, mine))
    kept = [row for row in shared if not days_of(row) & met and row["name"].lower() not in names]
    return met.union(*map(days_of, kept))


def slow_days(urn: int | None, basis: str, *, halfterm_is_long: bool) -> list[date]:
    """Every day of the school year that counts, in order."""
    working = [day for day in YEAR if day.strftime("%a")[0] != "S" and day not in OFF_WORK]
    in_term, away = slow_in_term(urn), slow_away(urn)
    if basis == "CAL":
        return YEAR
    if basis == "WD":
        return working
    if basis == "SD":
        without = away | slow_inset(urn)
        return [day for day in working if day in in_term and day not in without]
    # H for a holiday, o for another day off, x for a working day: a run with an H is a break.
    away |= {day for day in YEAR if min(in_term) < day < max(in_term) and day not in in_term}
    letters = "".join(
        "H" if day in away else "o" if day.weekday() > 4 or day in OFF_WORK else "x"
        for day in AUGUST_TO_AUGUST
    )
    week = 7 if halfterm_is_long else 9
    closed = {
        day
        for run in re.finditer("o*H[Ho]*", letters)
        if run.end() - run.start() > week
        for day in AUGUST_TO_AUGUST[run.start() : run.end()]
    }
    return [day for day in working if day not in closed]


near_a_break = st.builds(
    lambda first, shift: first + timedelta(days=shift),
    st.sampled_from([first for first, _ in BREAKS.values()]),
    st.integers(-12, 12),
)
days_of_the_year = near_a_break | st.dates(date(2025, 9, 2), date(2026, 7, 17))


@st.composite
def closures(draw: st.DrawFn) -> list[tuple[str, str, date, date]]:
    """INSET days, days of no name, and breaks that were moved by some days."""
    inset = [("inset", "", day, day) for day in draw(st.lists(days_of_the_year, max_size=5))]
    odd = [
        ("holiday", "", day, day + timedelta(days=draw(st.integers(0, 9))))
        for day in draw(st.lists(days_of_the_year, max_size=2))
    ]
    moved = []
    for name in draw(st.sets(st.sampled_from(sorted(BREAKS)))):
        by = timedelta(days=draw(st.integers(-14, 14)))
        spelt = draw(st.sampled_from([name, name.upper(), ""]))
        moved.append(("holiday", spelt, BREAKS[name][0] + by, BREAKS[name][1] + by))
    return inset + odd + moved


@st.composite
def terms(draw: st.DrawFn) -> list[tuple[str, str, date, date]]:
    """Some of the terms, each with other ends, and none run into the next."""
    kept = []
    for name in draw(st.sets(st.sampled_from(sorted(TERMS)))):
        first, last = TERMS[name]
        later, sooner = (timedelta(days=draw(st.integers(0, 7))) for _ in "12")
        # The year's own two ends stay, so that each school's year is known as far.
        later *= name != "autumn"
        sooner *= name != "summer"
        kept.append(("term", name, first + later, last - sooner))
    return kept


@pytest.mark.usefixtures("liverpools_year")
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    shared=closures(),
    own=st.tuples(closures(), terms()),
    others=st.tuples(closures(), terms()),
    halfterm_is_long=st.booleans(),
    start=days_of_the_year,
    days=st.integers(1, 20),
)
def test_both_ways_of_counting_agree_at_every_school(
    cast: Cast,
    shared: list,
    own: tuple[list, list],
    others: tuple[list, list],
    halfterm_is_long: bool,
    start: date,
    days: int,
) -> None:
    Closure.objects.all().delete()
    Term.objects.exclude(school=None).delete()
    for school, rows in (
        (None, shared),
        (cast.harbour_view, [*own[0], *own[1]]),
        (cast.dock_road, [*others[0], *others[1]]),
    ):
        for row in rows:
            enter(school, *row)
    for school in (None, cast.harbour_view, cast.dock_road):
        calendar = calendar_of(school, years=[start.year], halfterm_is_long=halfterm_is_long)
        for basis in ("CAL", "WD", "WD-INSP", "SD"):
            counted = slow_days(school and school.urn, basis, halfterm_is_long=halfterm_is_long)
            after = [day for day in counted if day > start]
            if len(after) >= days:
                end = due(start, days, basis, calendar)
                assert end == after[days - 1], (school, basis)
                assert days_left(start, end, basis, calendar) == days
            elif basis == "SD":
                with pytest.raises(NotKnown):
                    due(start, days, basis, calendar)
