"""Q1, Q5: a report is checked by somebody else, reaches the head, is replied to, becomes final."""

from datetime import date, timedelta
from typing import Any

import pytest

from plimsoll.allocations.models import Allocation
from plimsoll.core.access import forget
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused, Stale
from plimsoll.documents.models import Document
from plimsoll.schools.models import Assignment
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Passage, Report
from plimsoll.visits.reports.queries import readable
from plimsoll.visits.reports.revisions import as_sent
from plimsoll.visits.reports.workflow import REPORT
from tests.allocations import steps
from tests.cast import NOW, TODAY, Cast, give
from tests.visits.steps import checking, held, issued, take, written

DAY = timedelta(days=1)
WRONG = [{"section": "leadership", "text": "Governors did meet in June."}]


@pytest.fixture
def case(cast: Cast) -> Allocation:
    """Harbour View, with days to visit it."""
    return steps.agreed(cast, band="B")


def told(message: str) -> list[str]:
    """To whom this e-mail went."""
    found = Message.objects.filter(key__startswith=f"{message}:").order_by("to")
    return [each.to.partition("@")[0] for each in found]


def handed_over(cast: Cast) -> None:
    """Harbour View has another partner from today."""
    Assignment.objects.filter(person=cast.sadia, school=cast.harbour_view).update(ends=TODAY - DAY)
    forget(cast.sadia)
    give(cast.sam, "sip", cast.harbour_view, starts=TODAY)


def test_Q1_Q5_U2_after_a_handover_the_new_partner_hears_of_the_report(
    cast: Cast, case: Allocation
) -> None:
    report = checking(cast, case)
    handed_over(cast)
    report = take(report, "send_back", cast.priya, reasons="Say more of phonics")
    assert told("report-returned") == ["sam"]
    report = take(take(report, "send", cast.sam), "release", cast.priya)
    take(report, "reply_not_accurate", cast.helen, comments=WRONG)
    assert told("report-replied") == ["sam"]


def test_Q5_U2_who_made_the_visit_and_leads_the_school_since_does_not_reply(
    cast: Cast, case: Allocation
) -> None:
    report = issued(cast, case)
    handed_over(cast)
    give(cast.sadia, "head", cast.harbour_view, starts=TODAY)
    with pytest.raises(Refused, match="somebody else replies"):
        take(report, "reply_accurate", cast.sadia)
    assert take(report, "reply_accurate", cast.helen).state == "final"


def test_Q1_a_visit_is_not_put_right_while_its_report_waits_to_be_checked(
    cast: Cast, case: Allocation
) -> None:
    """Else a report could reach the head of a visit that is still to come."""
    report = checking(cast, case)
    with pytest.raises(Refused, match="waits to be checked"):
        VISIT.take(report.visit, "reopen", by=cast.sadia, at=NOW, reasons="Another day")
    report = take(report, "send_back", cast.priya, reasons="Not that day")
    VISIT.take(report.visit, "reopen", by=cast.sadia, at=NOW, reasons="Another day")
    with pytest.raises(Refused, match="record first that it was held"):
        take(Report.objects.get(), "send", cast.sadia)


# --- it begins with the visit ----------------------------------------------------------


def test_Q1_a_report_is_due_ten_working_days_after_its_visit(cast: Cast, case: Allocation) -> None:
    # Monday 5 October 2026 and ten days from Monday to Friday: Monday 19 October.
    report = held(case, cast.sadia).report
    assert (report.state, report.due, report.first_due, report.basis) == (
        "draft", date(2026, 10, 19), date(2026, 10, 19), "WD",
    )  # fmt: skip


def test_Q1_working_days_leave_out_christmas(cast: Cast, case: Allocation) -> None:
    # From Friday 18 December 2026: 21 to 24 December are four, 25 December and Monday 28
    # December are bank holidays, 29 to 31 make seven, 1 January is one too, 4 to 6 make ten.
    report = held(case, cast.sadia, on=date(2026, 12, 18)).report
    assert report.due == date(2027, 1, 6)


def test_E12_a_private_visit_has_no_report(cast: Cast, case: Allocation) -> None:
    visit = held(case, cast.sadia, kind="htpm")
    assert not Report.objects.filter(visit=visit).exists()


def test_Q1_a_visit_put_right_and_held_again_is_due_by_its_new_day(
    cast: Cast, case: Allocation
) -> None:
    visit = held(case, cast.sadia)
    visit = VISIT.take(visit, "reopen", by=cast.sadia, at=NOW, reasons="It is next week")
    assert not readable(cast.sadia).exists()
    facts: dict[str, Any] = {"held_on": TODAY + DAY, "mode": "in-person", "days": 1}
    VISIT.take(visit, "hold", by=cast.sadia, at=NOW + DAY, **facts)
    assert [each.due for each in readable(cast.sadia)] == [date(2026, 10, 20)]


# --- who reads it when ------------------------------------------------------------------


def test_Q1_S7_only_the_service_reads_a_report_before_it_has_reached_the_school(
    cast: Cast, case: Allocation
) -> None:
    checking(cast, case)
    known = {name for name, person in cast.everyone.items() if readable(person).exists()}
    assert known == {"sadia", "priya"}


def test_Q1_S7_once_released_the_school_and_the_service_read_it_and_nobody_else(
    cast: Cast, case: Allocation
) -> None:
    issued(cast, case)
    known = {name for name, person in cast.everyone.items() if readable(person).exists()}
    assert known == {"sadia", "priya", "paul", "dorothy", "declan", "helen", "chloe"}
    assert readable(cast.priya).count() == 1


# --- written, checked, released -----------------------------------------------------------


def test_Q1_a_report_with_a_section_missing_is_not_sent(cast: Cast, case: Allocation) -> None:
    report = written(case, cast.sadia)
    Passage.objects.filter(report=report, section="outcomes").update(text="")
    with pytest.raises(Refused, match="Outcomes and gaps"):
        take(report, "send", cast.sadia)


def test_Q1_whoever_wrote_in_it_is_not_its_reader(cast: Cast, case: Allocation) -> None:
    report = written(case, cast.sadia)
    report.writers.add(cast.priya)
    report = take(report, "send", cast.sadia)
    assert told("report-to-check") == []
    with pytest.raises(Refused, match="somebody else"):
        take(report, "release", cast.priya)


def test_Q1_release_stops_the_clock_and_tells_the_head(cast: Cast, case: Allocation) -> None:
    report = issued(cast, case)
    assert (report.state, report.issued_at, report.released_by) == ("issued", NOW, "Priya Nair")
    assert report.reply_due == date(2026, 10, 19)
    assert (told("report-to-check"), told("report-issued")) == (["priya"], ["helen"])
    kept = Document.objects.about(report)
    assert sorted(each.filename.rpartition(".")[2] for each in kept) == ["docx", "pdf"]
    assert {each.permission for each in kept} == {"report.see"}


def test_Q1_returned_with_points_it_is_the_authors_again(cast: Cast, case: Allocation) -> None:
    report = take(checking(cast, case), "send_back", cast.priya, reasons="Say what pupils can do.")
    assert (report.state, report.returned_why) == ("returned", "Say what pupils can do.")
    assert told("report-returned") == ["sadia"]
    again = take(report, "send", cast.sadia)
    assert (again.state, again.returned_why) == ("checking", "")


def test_S7_what_happens_before_release_is_told_inside_the_service_only(
    cast: Cast, case: Allocation
) -> None:
    report = take(checking(cast, case), "send_back", cast.priya, reasons="Points")
    kept = Event.objects.filter(subject="visits.report", subject_id=report.pk)
    assert {each.permission for each in kept} == {"allocation.inside"}


def test_Q1_a_second_click_on_release_releases_nothing_twice(cast: Cast, case: Allocation) -> None:
    report = checking(cast, case)
    take(report, "release", cast.priya, version=report.version)
    with pytest.raises(Stale):
        take(report, "release", cast.priya, version=report.version)
    assert (Document.objects.about(report).count(), told("report-issued")) == (2, ["helen"])


# --- the school's reply ---------------------------------------------------------------------


def test_Q5_accurate_makes_it_final_and_sends_it_to_policys_recipients(
    cast: Cast, case: Allocation
) -> None:
    report = take(issued(cast, case), "reply_accurate", cast.helen, NOW + DAY)
    assert (report.state, report.reply, report.replied_by) == ("final", "accurate", "Helen Marsh")
    assert told("report-final") == ["chloe", "sadia"]
    assert Document.objects.about(report).count() == 4


def test_Q5_comments_are_answered_amended_checked_again_and_final(
    cast: Cast, case: Allocation
) -> None:
    report = take(issued(cast, case), "reply_with_comments", cast.helen, comments=WRONG)
    comment = report.comments.get()
    answers = [{"comment": comment.pk, "answer": "amended", "text": "Put right."}]
    report = take(report, "amend", cast.sadia, answers=answers)
    Passage.objects.filter(report=report, section="leadership").update(text="They met in June.")
    # The school still reads what it was sent.
    assert "Leaders know" in str(as_sent(report))
    assert "met in June" not in str(as_sent(report))
    report = take(report, "send", cast.sadia)
    report = take(report, "release_amended", cast.priya, NOW + DAY)
    assert (report.state, report.revision) == ("final", 2)
    assert "met in June" in str(as_sent(report))
    assert sorted(report.revisions.values_list("number", flat=True)) == [1, 2]
    assert (report.issued_at, report.final_at) == (NOW, NOW + DAY)


def test_Q5_every_comment_needs_its_answer(cast: Cast, case: Allocation) -> None:
    report = take(issued(cast, case), "reply_with_comments", cast.helen, comments=WRONG)
    with pytest.raises(Refused):
        take(report, "amend", cast.sadia, answers=[])


def test_Q5_where_they_disagree_both_sides_are_kept_and_it_is_final(
    cast: Cast, case: Allocation
) -> None:
    report = take(issued(cast, case), "reply_not_accurate", cast.helen, comments=WRONG)
    why = "The minutes of June were not shown to me."
    report = take(report, "let_stand", cast.sadia, disagreement=why)
    assert (report.state, report.reply, report.disagreement) == ("final", "not-accurate", why)
    assert [each.answer for each in report.comments.all()] == ["stands"]


def test_Q5_a_head_who_never_replies_keeps_nothing_from_being_final(
    cast: Cast, case: Allocation
) -> None:
    report = issued(cast, case)
    with pytest.raises(Refused, match="19 October 2026"):
        take(report, "close", cast.sadia, NOW + 14 * DAY)
    report = take(report, "close", None, NOW + 15 * DAY)
    assert (report.state, report.reply) == ("final", "")


def test_only_what_falls_due_is_taken_by_plimsoll_itself(cast: Cast, case: Allocation) -> None:
    with pytest.raises((Refused, AttributeError)):
        take(checking(cast, case), "release", None)


# --- not by everybody -----------------------------------------------------------------------

MAY = {
    "send": {"sadia"},
    "send_back": {"priya"},
    "release": {"priya"},
    "release_amended": {"priya"},
    "reply_accurate": {"helen"},
    "reply_with_comments": {"helen"},
    "reply_not_accurate": {"helen"},
    "amend": {"sadia"},
    "let_stand": {"sadia"},
    "close": {"sadia"},
}


@pytest.mark.parametrize("name", [step.name for step in REPORT.steps])
def test_Q1_Q5_each_step_is_for_its_own_role(cast: Cast, case: Allocation, name: str) -> None:
    report = held(case, cast.sadia).report
    for key, person in cast.everyone.items():
        if key not in MAY[name]:
            with pytest.raises(Refused, match="role"):
                take(report, name, person)
