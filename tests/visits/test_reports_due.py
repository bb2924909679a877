"""Q1, Q5: what the calendar alone brings, over holidays, and never twice."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Message
from plimsoll.core.workflow import Refused
from plimsoll.schools.models import Closure, Term
from plimsoll.visits.models import Report
from plimsoll.visits.reports import actions, falling_due
from plimsoll.visits.reports.clock import clocks
from tests.allocations import steps
from tests.cast import NOW, Cast
from tests.visits.steps import held, issued

DAY = timedelta(days=1)


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def day_by_day(first: date, last: date) -> Iterator[datetime]:
    """The worker on each day, twice."""
    at = datetime.combine(first, NOW.timetz())
    while at.date() <= last:
        yield at
        yield at + timedelta(hours=1)
        at += DAY


def sent(first: date, last: date) -> list[tuple[date, str, str]]:
    """What the worker writes from the one day to the other: when, what, to whom."""
    Message.objects.all().delete()
    for at in day_by_day(first, last):
        falling_due.run(at=at)
    return [
        (each.posted_at.date(), each.key.partition(":")[0], each.to.partition("@")[0])
        for each in Message.objects.order_by("pk")
    ]


def test_Q1_the_author_is_reminded_three_days_before_and_one_and_told_when_it_is_late(
    cast: Cast, case: Allocation
) -> None:
    held(case, cast.sadia)  # due on Monday 19 October 2026
    assert sent(date(2026, 10, 6), date(2026, 10, 24)) == [
        (date(2026, 10, 14), "report-due", "sadia"),
        (date(2026, 10, 16), "report-due", "sadia"),
        (date(2026, 10, 20), "report-late", "sadia"),
        (date(2026, 10, 20), "report-late", "priya"),
    ]


def test_Q1_reminders_count_over_christmas(cast: Cast, case: Allocation) -> None:
    # Due on Wednesday 6 January 2027: three working days before is Thursday 31 December, for
    # New Year's Day is a bank holiday; one day before is Tuesday 5 January.
    held(case, cast.sadia, on=date(2026, 12, 18))
    assert sent(date(2026, 12, 19), date(2027, 1, 6)) == [
        (date(2026, 12, 31), "report-due", "sadia"),
        (date(2027, 1, 5), "report-due", "sadia"),
    ]


def test_Q1_a_worker_that_stood_still_sends_one_reminder_and_not_two(
    cast: Cast, case: Allocation
) -> None:
    held(case, cast.sadia)
    assert sent(date(2026, 10, 16), date(2026, 10, 16)) == [
        (date(2026, 10, 16), "report-due", "sadia")
    ]


def test_Q1_an_extended_report_is_reminded_by_its_new_day(cast: Cast, case: Allocation) -> None:
    report = held(case, cast.sadia).report
    actions.extend(
        report=report, due=date(2026, 10, 26), why="Illness", version=1, by=cast.priya, at=NOW
    )
    assert sent(date(2026, 10, 14), date(2026, 10, 21)) == [
        (date(2026, 10, 21), "report-due", "sadia")
    ]


def test_S7_the_reason_for_more_time_names_no_band(cast: Cast, case: Allocation) -> None:
    report = held(case, cast.sadia).report
    with pytest.raises(Refused, match="names no band"):
        actions.extend(
            report=report, due=date(2026, 10, 26), why="It is in band C", version=1,
            by=cast.priya, at=NOW,
        )  # fmt: skip


def test_Q1_school_days_are_counted_by_the_closures_of_each_school(
    cast: Cast, case: Allocation
) -> None:
    """Monday 5 October, on a basis of school days: Tuesday 6 is closed at this school alone."""
    year = "2026-27"
    Term.objects.create(year=year, name="Autumn", starts=date(2026, 9, 1), ends=date(2026, 12, 18))
    Closure.objects.create(
        kind="inset", school=cast.harbour_view, starts=date(2026, 10, 6), ends=date(2026, 10, 6)
    )
    report = held(case, cast.sadia).report
    Report.objects.filter(pk=report.pk).update(basis="SD")
    report.refresh_from_db()
    # 7, 8, 9, 12 to 16 and 19 October are nine.
    said = clocks([report], date(2026, 10, 5))[report.pk].text
    assert said == "Due 19 October 2026, 9 school days left"


def test_Q5_a_head_who_never_replies_finds_it_final_the_day_after(
    cast: Cast, case: Allocation
) -> None:
    report = issued(cast, case)  # a reply is due by 19 October
    assert sent(date(2026, 10, 17), date(2026, 10, 21)) == [
        (date(2026, 10, 20), "report-final", "chloe"),
        (date(2026, 10, 20), "report-final", "helen"),
        (date(2026, 10, 20), "report-final", "sadia"),
    ]
    report.refresh_from_db()
    assert (report.state, report.reply) == ("final", "")
