"""The days of a case, counted by hand from statute.md section 4.1, and how far off they are."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from plimsoll.core.deadlines import Calendar
from plimsoll.core.workflow import Refused
from plimsoll.intervention.clocks import countdown, owed
from plimsoll.intervention.clocks.extending import extend
from plimsoll.intervention.clocks.page import Clocks
from plimsoll.intervention.clocks.period import Window
from plimsoll.intervention.models import Case
from plimsoll.schools.models import Closure
from tests.cast import NOW, TODAY, Cast, make_cast
from tests.intervention import steps
from tests.intervention.steps import WHY, found, on, take
from tests.markup import StrictClient

LATER = date(2026, 11, 9)
QUERIES = 5  # obligations, extensions, terms, closures, documents


def clocks(case: Case, cast: Cast, today: date = TODAY) -> Clocks:
    return Clocks(case, cast.priya, today, list(case.notices.order_by("pk")))


def days_of(windows: list[Window]) -> dict[str, date | None]:
    return {
        power.id: window.closes.day if window.closes else None
        for window in windows
        for power in window.powers
    }


# --- how they are counted ----------------------------------------------------------------------


@pytest.mark.parametrize("authority", ["liverpool", "northmoor"])
def test_I9_s15_ten_days_from_a_report_received_before_easter(
    db: None, settings: Settings, authority: str
) -> None:
    """Received Monday 23 March 2026, closed 30 March to 10 April: Monday 20 April 2026."""
    settings.AUTHORITY = authority
    cast, received = make_cast(), date(2026, 3, 23)
    Closure.objects.create(
        kind="holiday", name="Easter", starts=date(2026, 3, 30), ends=date(2026, 4, 10)
    )
    case = take(steps.opened(cast, at=on(received)), "category", cast.declan, day=received)
    (statement,) = case.obligations.all()
    assert (statement.starts, statement.due, statement.basis, statement.owner) == (
        received, date(2026, 4, 20), "WD-INSP", "service",
    )  # fmt: skip


def test_I9_s15_a_half_term_of_five_weekdays_counts_unless_policy_says_that_it_is_long(
    cast: Cast,
) -> None:
    """From Monday 19 October 2026, with 26 to 30 October off: Monday 2 November."""
    received = date(2026, 10, 19)
    Closure.objects.create(
        kind="holiday", name="Half term", starts=date(2026, 10, 26), ends=date(2026, 10, 30)
    )
    case = take(steps.opened(cast), "category", cast.declan, day=received)
    assert case.policy.concern.halfterm_is_long is False
    assert case.obligations.get().due == date(2026, 11, 2)


def test_I9_s15_the_ten_days_count_from_the_report_and_not_from_the_step(cast: Cast) -> None:
    """It was received on Thursday 1 October 2026, before the case came to its last step."""
    case, received = steps.told(cast), date(2026, 10, 1)
    facts = {"by": cast.declan, "at": NOW, "on": TODAY, "reasons": WHY}
    with pytest.raises(Refused, match="the inspection report was received comes before the step"):
        steps.process_of(case).take(case, "category", since=TODAY + timedelta(1), **facts)
    case = steps.process_of(case).take(case, "category", since=received, **facts)
    (statement,) = case.obligations.all()
    assert (statement.starts, statement.due) == (received, date(2026, 10, 15))
    assert case.stands_since == TODAY


def test_I8_fifteen_working_days_following_the_notice(cast: Cast) -> None:
    """Given Monday 23 November 2026: Monday 14 December 2026."""
    given = date(2026, 11, 23)
    case = steps.ready_for_formal(cast, period_ends=date(2026, 12, 18))
    (plan,) = take(case, "formal", cast.declan, day=given).obligations.all()
    assert (plan.starts, plan.due, plan.basis) == (given, date(2026, 12, 14), "WD")


def test_I8_under_northmoor_the_plan_is_owed_from_the_pre_formal_notice(
    db: None, settings: Settings
) -> None:
    settings.AUTHORITY = "northmoor"
    cast = make_cast()
    case = steps.opened(cast)
    found(case, "evidence-of-concern", cast.dorothy)
    steps.approved(case, "letter-of-concern")
    case = take(case, "letter-of-concern", cast.dorothy)
    steps.discussed(case, cast.dorothy)
    case = take(case, "discussion", cast.dorothy)
    found(case, "evidence-of-inability", cast.priya)
    steps.approved(case, "pre-formal")
    (plan,) = take(case, "pre-formal", cast.declan).obligations.all()
    assert (plan.label, plan.owner, plan.due) == (
        "Plan of the governing body", "school", date(2026, 10, 26),
    )  # fmt: skip


# --- the compliance period and the windows after it --------------------------------------------


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        (date(2027, 4, 30), date(2027, 6, 30)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
    ],
)
def test_I9_s63_s64_s66_the_window_runs_two_months_from_the_end_of_the_period(
    cast: Cast, ends: date, last: date
) -> None:
    """From the day of the notice both stand next to each other; section 65 has no last day."""
    (period,) = clocks(steps.formal(cast, period_ends=ends), cast).periods
    assert period.ends.day == ends
    assert days_of(period.windows) == {"s63": last, "s64": last, "s66": last, "s65": None}


def test_I9_s60A_opens_no_section_63(cast: Cast) -> None:
    case = steps.warned(cast)
    found(case, "statutory-ground", cast.declan, ground="s60a-pay")
    found(case, "legal-advice", cast.declan)
    steps.approved(case, "formal-60a", period_ends=date(2026, 12, 31))
    (period,) = clocks(take(case, "formal-60a", cast.declan), cast).periods
    last = date(2027, 2, 28)
    assert days_of(period.windows) == {"s64": last, "s66": last, "s65": None}


def test_I9_s61_by_a_category_no_power_has_a_last_day(cast: Cast) -> None:
    (period,) = clocks(take(steps.formal(cast), "category", cast.declan), cast).periods
    assert set(days_of(period.windows).values()) == {None}


@pytest.mark.parametrize("step", ["superseded", "school-closed"])
def test_I9_s60_4B_no_period_runs_of_a_notice_that_has_ended(cast: Cast, step: str) -> None:
    officer = cast.declan if step == "superseded" else cast.priya
    assert not clocks(take(steps.formal(cast), step, officer), cast).periods


def test_I8_a_pre_formal_notice_starts_no_period_and_no_window(cast: Cast) -> None:
    assert not clocks(steps.warned(cast), cast).periods


@pytest.mark.parametrize(
    ("today", "period", "window"),
    [
        (date(2026, 10, 5), "in 21 days", "in 82 days"),
        (date(2026, 10, 26), "today", "in 61 days"),
        (date(2026, 10, 27), "over", "in 60 days"),
        (date(2026, 12, 25), "over", "in 1 day"),
        (date(2026, 12, 27), "over", "over"),
    ],
)
def test_I9_both_count_down_side_by_side(cast: Cast, today: date, period: str, window: str) -> None:
    """The period ends on 26 October 2026, the window on 26 December."""
    (found_,) = clocks(steps.formal(cast), cast, today).periods
    assert found_.ends.words == period
    assert found_.windows[0].closes is not None
    assert found_.windows[0].closes.words == window


# --- in words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "words", "tone"),
    [
        pytest.param(date(2026, 10, 5), "in 15 working days", "moving", id="first"),
        pytest.param(date(2026, 10, 16), "in 6 working days", "moving", id="six"),
        pytest.param(date(2026, 10, 19), "in 5 working days", "waiting", id="soon"),
        pytest.param(date(2026, 10, 24), "in 1 working day", "waiting", id="Saturday before"),
        pytest.param(date(2026, 10, 26), "today", "waiting", id="today"),
        pytest.param(date(2026, 10, 29), "3 working days late", "stopped", id="late"),
    ],
)
def test_I8_the_plan_counts_down_in_its_own_days(
    cast: Cast, today: date, words: str, tone: str
) -> None:
    (shown,) = clocks(steps.formal(cast), cast, today).owed
    assert shown.owed.countdown is not None
    assert (shown.owed.countdown.words, shown.owed.countdown.tone) == (words, tone)


def test_a_day_without_a_day_of_its_basis_before_it_is_counted_in_calendar_days() -> None:
    """Due on a Friday it is one day late on the Saturday, though no working day has passed."""
    friday, saturday = date(2026, 10, 23), date(2026, 10, 24)
    late = countdown.to(friday, saturday, basis="WD", calendar=Calendar())
    assert late.words == "1 day late"


# --- the pages ---------------------------------------------------------------------------------


def words_of(client: StrictClient, cast: Cast, who: str, address: str) -> str:
    client.force_login(cast.everyone[who])
    return " ".join(client.get(address).content.decode().split())


def test_I8_I9_the_case_counts_down_what_is_owed_and_what_runs(
    cast: Cast, client: StrictClient
) -> None:
    case = take(steps.formal(cast), "category", cast.declan)
    extend(
        obligation=case.obligations.get(kind="action-plan"), due=date(2026, 11, 9),
        why="The head was ill", by=cast.priya, at=NOW,
    )  # fmt: skip
    with time_machine.travel(NOW, tick=False):
        words = words_of(client, cast, "priya", reverse("intervention:case", args=[case.pk]))
    assert "Due 9 November 2026" in words
    assert "in 25 working days" in words
    assert "first due 26 October 2026" in words
    assert "Set to 9 November 2026 by Priya Nair on 5 October 2026: The head was ill" in words
    assert "in 10 working days" in words
    assert "Counted from 5 October 2026 in working days outside long school holidays" in words
    assert "nobody can give more time: Education Act 2005 section 15" in words
    assert "The ten days of the statement of action were read in the regulations" in words


@pytest.mark.parametrize("who", ["helen", "chloe"])
def test_S7_I8_the_school_sees_its_own_alone_and_no_reason(
    cast: Cast, client: StrictClient, who: str
) -> None:
    case = take(steps.formal(cast), "category", cast.declan)
    extend(
        obligation=case.obligations.get(kind="action-plan"), due=date(2026, 11, 9),
        why="Their union asked", by=cast.priya, at=NOW,
    )  # fmt: skip
    with time_machine.travel(NOW, tick=False):
        words = words_of(client, cast, who, reverse("intervention:told", args=[case.pk]))
    assert "Action plan of the governing body" in words
    assert "Due 9 November 2026" in words
    assert "It was due 26 October 2026 first" in words
    assert "statement of action" not in words
    assert "Their union asked" not in words


@pytest.mark.parametrize(
    ("type_", "reached"),
    [
        ("01", ["His Majesty's Chief Inspector (Ofsted)"]),
        ("03", ["His Majesty's Chief Inspector (Ofsted)"]),
        ("14", ["His Majesty's Chief Inspector (Ofsted)"]),
        (
            "02",
            [
                "His Majesty's Chief Inspector (Ofsted)",
                "Person who appoints the foundation governors",
                "Appropriate appointing authority",
            ],
        ),
    ],
)
def test_I9_s15_whom_the_statement_reaches_depends_on_the_type_of_school(
    cast: Cast, type_: str, reached: list[str]
) -> None:
    school = cast.tidewater if type_ == "14" else cast.harbour_view
    school.type = type_
    school.save()
    case = take(steps.opened(cast, school), "category", cast.declan)
    assert [each.label for each in owed.sent_to(case.obligations.get())] == reached


def test_I9_s15_an_academys_own_proprietor_owes_the_statement(cast: Cast) -> None:
    case = take(steps.opened(cast, cast.dock_road), "category", cast.declan)
    assert not case.obligations.exists()


def test_clocks_cost_the_same_with_one_and_with_many(
    cast: Cast, client: StrictClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Many extensions of one plan, and many statements of action."""
    case = take(steps.formal(cast), "category", cast.declan)
    shown = [("declan", "case"), ("helen", "told")]
    plan, statement = case.obligations.get(notice__isnull=False), case.obligations.get(notice=None)
    extend(obligation=plan, due=LATER, why=WHY, by=cast.priya, at=NOW)
    with django_assert_num_queries(QUERIES):
        assert len(clocks_now(case, cast)) == 4
    one = [cost(client, cast, who, page, case) for who, page in shown]
    for days in range(1, 6):
        extend(obligation=plan, due=LATER + timedelta(days), why=WHY, by=cast.priya, at=NOW)
        statement.pk = None
        statement.save()
    with django_assert_num_queries(QUERIES):
        assert len(clocks_now(case, cast)) == 9
    assert [cost(client, cast, who, page, case) for who, page in shown] == one


def clocks_now(case: Case, cast: Cast) -> list[object]:
    running = Clocks(case, cast.declan, TODAY, notices=[])
    return [*running.owed, *running.periods, *running.doubts]


def cost(client: StrictClient, cast: Cast, who: str, page: str, case: Case) -> int:
    address = reverse(f"intervention:{page}", args=[case.pk])
    client.force_login(cast.everyone[who])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
