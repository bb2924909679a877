"""Q1, Q5, S7: the pages of a report for its reader, its author and the school."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from plimsoll.allocations.models import Allocation
from plimsoll.documents.models import Document
from plimsoll.people.models import User
from plimsoll.visits.models import Report
from plimsoll.visits.reports import actions
from plimsoll.visits.reports.queries import readable
from tests.allocations import steps
from tests.cast import NOW, TODAY, Cast
from tests.visits.steps import checking, held, issued, take, written

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def to(name: str, report: Report, *more: str) -> str:
    return reverse(f"visits:report-{name}", args=[report.pk, *more])


def text_of(person: User, address: str) -> str:
    return as_(person).get(address).content.decode()


# --- reading and checking ---------------------------------------------------------------


def test_Q1_a_reader_returns_a_report_with_points(cast: Cast, case: Allocation) -> None:
    report = checking(cast, case)
    client = as_(cast.priya)
    page = client.get(to("read", report)).content.decode()
    assert "Release to the school" in page
    assert "Due 19 October 2026, 10 working days left (assumed)" in page
    answer = client.post(
        to("step", report, "send_back"),
        {"version": report.version, "reasons": "Say what pupils can do."},
    )
    assert answer["Location"] == to("read", report)
    assert "Say what pupils can do." in text_of(cast.sadia, to("read", report))


def test_Q1_release_by_a_double_click_releases_once(cast: Cast, case: Allocation) -> None:
    report = checking(cast, case)
    client = as_(cast.priya)
    sent = {"version": report.version}
    for _ in range(2):
        answer = client.post(to("step", report, "release"), sent)
        assert answer["Location"] == to("read", report)
    assert Document.objects.about(report).count() == 2
    assert "Reached the school on day 0 of 10" in text_of(cast.helen, to("read", report))


def test_Q1_days_that_cannot_be_counted_yet_are_said_before_release(
    cast: Cast, case: Allocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reply in school days, where no term was entered: the page says what to enter."""
    report = checking(cast, case)
    rules = report.policy.deadlines
    in_school_days = {"report-reply": replace(rules["report-reply"], basis="SD")}
    monkeypatch.setitem(vars(report.policy), "deadlines", {**rules, **in_school_days})
    page = text_of(cast.priya, to("step", report, "release"))
    assert "have not been entered" in page
    answer = as_(cast.priya).post(to("step", report, "release"), {"version": report.version})
    assert "have not been entered" in answer.content.decode()
    report.refresh_from_db()
    assert report.state == "checking"


def test_Q1_a_stale_tab_keeps_what_was_typed_and_does_nothing(cast: Cast, case: Allocation) -> None:
    report = checking(cast, case)
    seen = report.version
    take(report, "release", cast.priya)
    late = as_(cast.priya).post(
        to("step", report, "send_back"), {"version": seen, "reasons": "One more thing."}
    )
    assert late.status_code == 409
    assert "One more thing." in late.content.decode()
    report.refresh_from_db()
    assert report.state == "issued"


def test_Q1_the_author_sees_why_they_cannot_check_it(cast: Cast, case: Allocation) -> None:
    report = written(case, cast.sadia)
    report.writers.add(cast.priya)
    report = take(report, "send", cast.sadia)
    assert "somebody else must check it" in text_of(cast.priya, to("read", report))


# --- the school -----------------------------------------------------------------------------


def test_Q1_S7_the_head_reads_nothing_of_it_before_it_is_released(
    cast: Cast, case: Allocation
) -> None:
    report = checking(cast, case)
    assert as_(cast.helen).get(to("read", report)).status_code == 404
    take(report, "release", cast.priya)
    page = text_of(cast.helen, to("read", report))
    assert "Leaders know the school well." in page
    assert "Reply to this report" in page
    assert "The school has until 19 October 2026 to reply, 10 working days left." in page


def test_Q5_the_head_comments_on_one_passage(cast: Cast, case: Allocation) -> None:
    report = issued(cast, case)
    sent = {
        "version": report.version,
        "reply": "reply_not_accurate",
        "comment-leadership": "Governors did meet in June.",
    }
    assert as_(cast.helen).post(to("reply", report), sent).status_code == 302
    report.refresh_from_db()
    assert report.state == "disputed"
    assert [(each.section, each.text) for each in report.comments.all()] == [
        ("leadership", "Governors did meet in June.")
    ]
    page = text_of(cast.sadia, to("read", report))
    assert "Governors did meet in June." in page
    assert "Amend the report" in page


@pytest.mark.parametrize(
    ("reply", "comment", "said"),
    [
        ("reply_accurate", "Not in June.", "choose the answer that has them"),
        ("reply_not_accurate", "", "Write a comment beside the section"),
        ("", "", "Is the report accurate?"),
    ],
)
def test_Q5_a_reply_that_contradicts_itself_is_asked_again(
    cast: Cast, case: Allocation, reply: str, comment: str, said: str
) -> None:
    report = issued(cast, case)
    sent = {"version": report.version, "reply": reply, "comment-leadership": comment}
    answer = as_(cast.helen).post(to("reply", report), sent)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    report.refresh_from_db()
    assert report.state == "issued"


def test_Q5_a_reply_sent_twice_counts_once(cast: Cast, case: Allocation) -> None:
    report = issued(cast, case)
    sent = {"version": report.version, "reply": "reply_accurate"}
    client = as_(cast.helen)
    for _ in range(2):
        assert client.post(to("reply", report), sent)["Location"] == to("read", report)
    assert Document.objects.about(report).count() == 4


def test_Q5_the_author_answers_each_comment_and_amends(cast: Cast, case: Allocation) -> None:
    wrong = [{"section": "leadership", "text": "Governors did meet in June."}]
    report = take(issued(cast, case), "reply_not_accurate", cast.helen, comments=wrong)
    comment = report.comments.get()
    client = as_(cast.sadia)
    sent = {"version": report.version, f"answer-{comment.pk}": "stands"}
    unsaid = client.post(to("step", report, "amend"), sent)
    assert "Say why the report stands here" in unsaid.content.decode()
    done = client.post(
        to("step", report, "amend"), {**sent, f"text-{comment.pk}": "No minutes were shown."}
    )
    assert done.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.revision) == ("amending", 2)
    # What the service does with it now is not the school's to know.
    page = text_of(cast.helen, to("read", report))
    assert "With the service, which answers the school" in page
    assert "Being amended" not in page


# --- an officer who is asked to read one report ---------------------------------------------


def asked(cast: Cast, report: Report) -> Report:
    return actions.ask_reader(
        report=report, reader=cast.olu, version=report.version, by=cast.sadia, at=NOW
    )


def test_Q1_S7_an_officer_who_is_asked_reads_that_report_and_no_other(
    cast: Cast, case: Allocation
) -> None:
    report = asked(cast, checking(cast, case))
    other = held(case, cast.sadia, on=TODAY - 7 * DAY, kind="contact", days="0.5").report
    assert list(readable(cast.olu)) == [report]
    client = as_(cast.olu)
    assert client.get(to("read", report)).status_code == 200
    assert client.get(to("read", other)).status_code == 404
    for name in ("visits", "school-allocations"):
        address = reverse(f"desk:{name}", args=[report.visit.school_id])
        assert client.get(address).status_code in (403, 404)
    assert client.get(to("reader", report)).status_code == 403


def test_Q1_the_officer_who_was_asked_releases_it(cast: Cast, case: Allocation) -> None:
    report = asked(cast, checking(cast, case))
    report = take(report, "release", cast.olu)
    assert (report.state, report.released_by) == ("issued", "Olu Bright")


def test_Q1_only_who_works_on_it_asks_and_only_who_had_no_part_is_asked(
    cast: Cast, case: Allocation
) -> None:
    report = written(case, cast.sadia)
    report.writers.add(cast.pat)
    page = text_of(cast.sadia, to("reader", report))
    assert "Olu Bright" in page
    assert "Pat Stone" not in page
    assert as_(cast.helen).get(to("reader", report)).status_code == 404
    sent = {"version": report.version, "reader": cast.olu.pk}
    assert as_(cast.sadia).post(to("reader", report), sent).status_code == 302
    assert "Olu Bright was asked to read it." in text_of(cast.priya, to("read", report))


# --- the clock ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 10, 6), "Due 19 October 2026, 9 working days left"),
        (date(2026, 10, 16), "Due 19 October 2026, 1 working day left"),
        (date(2026, 10, 19), "Due today, 19 October 2026"),
        (date(2026, 10, 21), "2 working days late, due 19 October 2026"),
    ],
)
def test_Q1_the_clock_says_how_far_off_the_day_is(
    cast: Cast, case: Allocation, day: date, said: str
) -> None:
    report = held(case, cast.sadia).report
    with time_machine.travel(datetime.combine(day, NOW.timetz()), tick=False):
        assert said in text_of(cast.sadia, to("read", report))


def test_Q1_it_stands_still_on_the_day_that_the_report_reached_the_school(
    cast: Cast, case: Allocation
) -> None:
    # Tuesday 13 October is the sixth working day after Monday 5 October.
    report = issued(cast, case, NOW + 8 * DAY)
    with time_machine.travel(NOW + 60 * DAY, tick=False):
        assert "Reached the school on day 6 of 10" in text_of(cast.helen, to("read", report))


def test_Q1_more_time_keeps_the_first_day_and_shows_it(cast: Cast, case: Allocation) -> None:
    report = held(case, cast.sadia).report
    sent = {
        "version": report.version, "due_day": "26", "due_month": "10", "due_year": "2026",
        "why": "The author was ill.",
    }  # fmt: skip
    assert as_(cast.priya).post(to("extend", report), sent).status_code == 302
    page = text_of(cast.sadia, to("read", report))
    assert "Due 26 October 2026, 15 working days left" in page
    assert "Extended from 19 October 2026: The author was ill." in page
    report.refresh_from_db()
    assert (report.due, report.first_due) == (date(2026, 10, 26), date(2026, 10, 19))


def test_Q1_time_is_given_by_the_principal_officer_alone(cast: Cast, case: Allocation) -> None:
    report = held(case, cast.sadia).report
    for person in (cast.sadia, cast.helen, cast.paul):
        assert as_(person).get(to("extend", report)).status_code in (403, 404)
