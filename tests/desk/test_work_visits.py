"""My work with visits, reports, calls, liaison and inspections: what waits for whom, and what
nobody else learns (E2, Q1, U1, U3, S7)."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from plimsoll.core.workflow import begin
from plimsoll.desk import waiting
from plimsoll.people.models import User
from plimsoll.visits.agreed.workflow import ACTION
from plimsoll.visits.contacts import calls, inspections, liaison
from plimsoll.visits.contacts.calls import Said
from plimsoll.visits.contacts.inspections import Coming
from plimsoll.visits.contacts.liaison import About, Word
from plimsoll.visits.contacts.workflow import INSPECTION
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Action, InspectionCall, Report
from plimsoll.visits.worries.workflow import WORRY
from tests.allocations import steps as allocation
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast, give
from tests.markup import StrictClient
from tests.visits import steps

HARBOUR_VIEW = "Harbour View Primary School"
OUTSIDERS = ("henry", "sam", "olu", "ada", "dan", "lena", "nobody")


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def waits(user: User, at: datetime = NOW) -> list[str]:
    """What waits, at Harbour View unless it is said where."""
    return [
        item.what if item.school == HARBOUR_VIEW else f"{item.school}: {item.what}"
        for item in waiting.items(user, at)
    ]


def due(user: User, today: date = TODAY) -> list[tuple[str, date | None]]:
    return [(item.what, item.due) for item in waiting.next_due(user, today)]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# --- visits ------------------------------------------------------------------------------


def test_E2_a_planned_visit_waits_for_the_head_to_confirm_and_prepare(cast: Cast) -> None:
    steps.planned(allocation.agreed(cast), cast.sadia, on=date(2026, 10, 13))
    assert waits(cast.helen) == [
        "Core visit on 13 October 2026: answer a few questions before it",
        "Core visit on 13 October 2026: confirm the day",
    ]
    for who in ("chloe", "sadia", "priya", *OUTSIDERS):
        assert not [each for each in waits(cast.everyone[who]) if "Core visit" in each], who


def test_E2_another_day_that_the_school_asks_for_waits_for_its_partner(cast: Cast) -> None:
    visit = steps.planned(allocation.agreed(cast), cast.sadia, on=date(2026, 12, 1))
    VISIT.take(visit, "ask_other_day", by=cast.helen, at=NOW, reasons="Inspectors come.")
    found = "Core visit on 1 December 2026: the school asks for another day"
    assert found in waits(cast.sadia)
    assert found not in waits(cast.helen)


def test_E2_a_visit_that_has_passed_waits_for_its_partner_to_say_how_it_went(cast: Cast) -> None:
    steps.planned(allocation.agreed(cast), cast.sadia, on=TODAY)
    later = NOW + timedelta(days=1)
    said = "Core visit on 5 October 2026: say how it went"
    assert said not in waits(cast.sadia)
    assert said in waits(cast.sadia, later)
    for who in ("helen", "chloe", "priya", "dorothy", *OUTSIDERS):
        assert said not in waits(cast.everyone[who], later), who
    assert "Core visit on 5 October 2026: confirm the day" not in waits(cast.helen, later)


@pytest.mark.parametrize("who", ["sadia", "helen", "chloe"])
def test_E2_the_visits_of_today_and_tomorrow_stand_first(
    cast: Cast, client: StrictClient, who: str
) -> None:
    case = allocation.agreed(cast)
    steps.planned(case, cast.sadia, on=TODAY + timedelta(days=1), kind="contact", days="0.5")
    steps.planned(case, cast.sadia, on=TODAY)
    steps.planned(case, cast.sadia, on=TODAY + timedelta(days=2), kind="contact", days="0.5")
    client.force_login(cast.everyone[who])
    page = words(client.get("/").content.decode())
    found = [page.index(said) for said in ("Your day", "Today ,", "Tomorrow ,", "Waiting for you")]
    assert found == sorted(found)
    assert page.count("Termly contact, Harbour View") == 1


@pytest.mark.parametrize("who", ["priya", "dorothy", "declan", *OUTSIDERS])
def test_E2_S7_nobody_has_the_day_of_others(cast: Cast, who: str) -> None:
    steps.planned(allocation.agreed(cast), cast.sadia, on=TODAY)
    assert waiting.your_day(cast.everyone[who], TODAY) == []


def test_E2_a_year_without_a_visit_is_to_plan_for_the_partner(
    cast: Cast, client: StrictClient
) -> None:
    case = allocation.agreed(cast)
    plan = waiting.to_plan(cast.sadia)
    assert plan is not None
    assert [school.name for school in plan.schools] == ["Dock Road Academy", HARBOUR_VIEW]
    steps.planned(case, cast.sadia)
    client.force_login(cast.sadia)
    page = client.get("/").content.decode()
    assert "1 of your schools has no visit in 2026-27 yet." in words(page)
    assert 'href="/visits/plan/2026-27/900002/"' in page
    for who in ("helen", "priya", "lena", "nobody"):
        assert waiting.to_plan(cast.everyone[who]) is None


# --- reports -----------------------------------------------------------------------------


def test_Q1_a_report_waits_for_its_author_then_its_reader_then_the_head(cast: Cast) -> None:
    case = allocation.agreed(cast)
    steps.written(case, cast.sadia)
    written = "Report of 5 October 2026: write it"
    assert written in waits(cast.sadia)
    assert not [each for each in waits(cast.helen) if each.startswith("Report")]
    report = case.school.visits.get().report
    report = steps.take(report, "send", cast.sadia)
    assert waits(cast.priya) == ["Report of 5 October 2026: check it"]
    assert waits(cast.paul) == []
    steps.take(report, "release", cast.priya)
    assert "Report of 5 October 2026: say whether it is accurate" in waits(cast.helen)
    assert waits(cast.chloe) == []
    assert waits(cast.priya) == []


def test_Q1_nobody_is_asked_to_check_the_report_of_their_own_visit(cast: Cast) -> None:
    case = allocation.agreed(cast)
    give(cast.priya, "sip", cast.harbour_view)
    steps.take(steps.written(case, cast.priya), "send", cast.priya)
    assert waits(cast.priya) == []


def test_Q1_an_officer_who_was_asked_has_the_report_to_check(cast: Cast) -> None:
    report = steps.checking(cast, allocation.agreed(cast))
    report.reader = cast.olu
    report.save()
    assert waits(cast.olu) == ["Report of 5 October 2026: you are asked to check it"]
    assert waits(cast.pat) == []


def test_Q1_reports_are_due_by_day_and_late_by_friday_for_whoever_checks(cast: Cast) -> None:
    report = steps.written(allocation.agreed(cast), cast.sadia)
    found = ("Report of 5 October 2026: being written", report.due)
    assert found in due(cast.sadia)
    assert found not in due(cast.helen)
    monday = report.due - timedelta(days=report.due.weekday())
    late = waiting.late_by_friday(cast.priya, monday)
    assert [(item.what, item.due) for item in late] == [found]
    assert waiting.late_by_friday(cast.priya, monday - timedelta(days=7)) == []
    for who in ("sadia", "helen", "paul", "dorothy", *OUTSIDERS):
        assert waiting.late_by_friday(cast.everyone[who], monday) == [], who


def test_Q1_the_author_goes_on_writing_in_one_click(cast: Cast) -> None:
    report = steps.written(allocation.agreed(cast), cast.sadia)
    links = {item.what: item.href for item in waiting.items(cast.sadia, NOW)}
    assert links["Report of 5 October 2026: write it"] == f"/visits/{report.visit_id}/report/"


# --- what was agreed, summaries, worries -----------------------------------------------------


def agreed(report: Report, what: str, side: str) -> Action:
    facts = {"what": what, "side": side, "by_when": date(2026, 11, 20)}
    action = Action(report=report, school=report.visit.school, **facts)
    begin(action, state="open", at=NOW).save()
    return action


def test_Q1_what_was_agreed_is_due_for_the_side_that_does_it(cast: Cast) -> None:
    report = steps.checking(cast, allocation.agreed(cast))
    agreed(report, "Publish the curriculum.", "school")
    agreed(report, "Broker a reading visit.", "service")
    assert ("Publish the curriculum.", date(2026, 11, 20)) not in due(cast.helen)
    steps.take(report, "release", cast.priya)
    assert due(cast.helen) == [("Publish the curriculum.", date(2026, 11, 20))]
    assert due(cast.sadia) == [("Broker a reading visit.", date(2026, 11, 20))]
    for who in ("chloe", "priya", "dorothy", "pat", *OUTSIDERS):
        assert due(cast.everyone[who]) == [], who


def test_Q1_what_is_said_to_be_done_waits_for_the_partner_to_verify(cast: Cast) -> None:
    report = steps.issued(cast, allocation.agreed(cast))
    action = agreed(report, "Publish the curriculum.", "school")
    ACTION.take(action, "say_done", by=cast.helen, at=NOW, how="It is on the website.")
    said = "Publish the curriculum: it is said to be done, so verify it"
    assert said in waits(cast.sadia)
    for who in ("helen", "chloe", "priya", *OUTSIDERS):
        assert said not in waits(cast.everyone[who]), who


def test_Q1_a_worry_stands_above_everything_for_whom_it_is_raised_to(
    cast: Cast, client: StrictClient
) -> None:
    worry = steps.worried(cast)
    client.force_login(cast.declan)
    page = client.get("/").content.decode()
    assert f'href="/visits/worries/{worry.pk}/"' in page
    assert words(page).index("Read this today: Harbour View") < words(page).index("Waiting for you")
    assert "Nothing else waits for you." in page
    assert worry.about not in page
    WORRY.take(worry, "acknowledge", by=cast.declan, at=NOW)
    assert "Read this today" not in client.get("/").content.decode()


@pytest.mark.parametrize("who", ["helen", "chloe", "priya", "paul", "pat", "sadia", *OUTSIDERS])
def test_Q1_S7_a_worry_is_shown_to_nobody_else(cast: Cast, client: StrictClient, who: str) -> None:
    steps.worried(cast)
    client.force_login(cast.everyone[who])
    assert "Read this today" not in client.get("/").content.decode()


# --- contacts ----------------------------------------------------------------------------


def test_U3_a_call_to_come_back_to_is_due_for_who_logged_it_and_the_partner(cast: Cast) -> None:
    back = date(2026, 10, 12)
    said = Said(on=TODAY, how="phone", spoke_to="head", about="Attendance.", follow_up_on=back)
    call = calls.log(school=cast.harbour_view, said=said, by=cast.dorothy, at=NOW)
    for who in ("dorothy", "sadia"):
        assert due(cast.everyone[who]) == [("Come back to the contact of 5 October 2026", back)]
    for who in ("priya", "helen", "chloe", *OUTSIDERS):
        assert due(cast.everyone[who]) == [], who
    later = Said(on=TODAY, how="email", spoke_to="head", about="Better.")
    calls.log(school=cast.harbour_view, said=later, by=cast.sadia, at=NOW, follows=call)
    assert due(cast.dorothy) == []


def test_U1_the_next_word_with_the_regulator_is_due_and_a_newer_one_takes_its_place(
    cast: Cast,
) -> None:
    about = About(school=cast.dock_road)
    for on, after in ((TODAY - timedelta(days=7), TODAY), (TODAY, date(2026, 11, 2))):
        word = Word(on=on, spoke_to="regulator", about="Growth.", next_on=after)
        liaison.log(about=about, word=word, by=cast.dorothy, at=NOW)
    for who in ("dorothy", "sadia"):
        assert due(cast.everyone[who]) == [
            ("DfE Regional Director’s office, again", date(2026, 11, 2))
        ]
    for who in ("henry", "helen", "sam", "olu", "ada", "dan", "nobody"):
        assert due(cast.everyone[who]) == [], who


def test_U1_the_next_word_about_a_trust_is_due_by_its_name(cast: Cast) -> None:
    word = Word(on=TODAY, spoke_to="trust", about="Growth.", next_on=date(2026, 11, 2))
    liaison.log(about=About(trust_uid=90001), word=word, by=cast.sadia, at=NOW)
    found = waiting.next_due(cast.sadia, TODAY)
    assert [(item.school, item.what, item.left) for item in found] == [
        ("Compass Learning Trust", "The trust, again", "in 28 days")
    ]


def called(cast: Cast, starts: date) -> InspectionCall:
    coming = Coming(called_on=TODAY, starts_on=starts)
    return inspections.log(school=cast.harbour_view, coming=coming, by=cast.helen, at=NOW)


def test_U1_inspectors_who_come_are_due_for_both_sides_and_for_nobody_else(cast: Cast) -> None:
    called(cast, date(2026, 10, 6))
    for who in ("helen", "chloe", "sadia"):
        assert due(cast.everyone[who]) == [("Inspectors come", date(2026, 10, 6))]
        assert not [each for each in waits(cast.everyone[who]) if each.startswith("Inspection")]
    for who in OUTSIDERS:
        assert due(cast.everyone[who]) == []
    said = "Inspection from 6 October 2026: record the outcome once it is heard"
    tomorrow = NOW + timedelta(days=1)
    assert said in waits(cast.sadia, tomorrow)
    assert said not in waits(cast.helen, tomorrow)


def test_U1_S6_after_publication_the_band_is_to_be_looked_at_by_the_partner(cast: Cast) -> None:
    call = called(cast, TODAY)
    call = INSPECTION.take(call, "publish", by=cast.helen, at=NOW, published_on=TODAY)
    said = (
        "Inspection from 5 October 2026: "
        "it is published, so say whether the allocation is still right"
    )
    assert waits(cast.sadia) == [said]
    for who in ("helen", "chloe", "priya", "dorothy", "pat", *OUTSIDERS):
        assert said not in waits(cast.everyone[who]), who
    facts = {"still_right": True, "why": "It says what we said."}
    INSPECTION.take(call, "review", by=cast.sadia, at=NOW, **facts)
    assert waits(cast.sadia) == []


# --- the page ----------------------------------------------------------------------------


def everything(cast: Cast, many: int) -> None:
    """So many of everything that one partner may have to do."""
    case = allocation.agreed(cast)
    for number in range(many):
        days = timedelta(days=number)
        steps.planned(case, cast.sadia, on=TODAY, part=PARTS[number % 3], kind=KINDS[number // 3],
                      days="0.25")  # fmt: skip
        steps.planned(case, cast.sadia, on=TODAY - days - timedelta(days=20), days="0.25")
        steps.written(case, cast.sadia, on=TODAY - days - timedelta(days=30), days="0.25")
        said = Said(on=TODAY, how="phone", spoke_to="head", about=f"Number {number}.",
                    follow_up_on=TODAY + days + timedelta(days=1))  # fmt: skip
        calls.log(school=cast.harbour_view, said=said, by=cast.sadia, at=NOW)
        word = Word(on=TODAY, spoke_to=BODIES[number], about="Growth.", next_on=TODAY + days
                    + timedelta(days=1))  # fmt: skip
        liaison.log(about=About(school=cast.dock_road), word=word, by=cast.sadia, at=NOW)
        called(cast, TODAY + days)


PARTS = ("day", "morning", "afternoon")
KINDS = ("core", "contact")
BODIES = ("regulator", "trust", "ofsted", "rise", "diocese")


@pytest.mark.parametrize("many", [1, 5])
def test_my_work_costs_the_same_with_one_and_with_many_of_everything(
    cast: Cast, client: StrictClient, many: int
) -> None:
    everything(cast, many)
    client.force_login(cast.sadia)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/").content.decode()
    assert page.count("say how it went") == many
    assert len(queries) == 40, [query["sql"] for query in queries]


@pytest.mark.parametrize("who", ["sadia", "helen", "priya"])
def test_my_work_with_everything_in_it_is_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None], who: str
) -> None:
    everything(cast, 2)
    sign_in(page, cast.everyone[who])
    page.goto("/")
    assert_accessible(page)
