"""Q2: a termly summary says what the term brought, and what is missing; it never tells the band."""

import re
from datetime import UTC, date, datetime

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.core.workflow import Refused
from plimsoll.documents.content import Block, Bullets, Facts, Heading, Note, Paragraph, Table
from plimsoll.schools.models import Assignment, Term
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.models import Summary
from plimsoll.visits.summaries.actions import compose
from plimsoll.visits.summaries.composing import Composed, composed
from plimsoll.visits.summaries.letters import written
from tests.allocations import steps as allocated
from tests.cast import NOW, Cast, make_school
from tests.visits import steps
from tests.visits.summarised import (
    AT,
    AUTUMN,
    TERM_ENDS,
    as_it_stands,
    begun,
    bring_report,
    called,
    full_term,
    signed,
    terms,
)

QUERIES = 11


@pytest.fixture
def case(cast: Cast) -> Allocation:
    """Harbour View holds band B: 1 core day, 2 of contacts, 1 for the head, 1.5 on no line."""
    terms()
    return allocated.agreed(cast, band="B")


@pytest.fixture
def full(cast: Cast, case: Allocation) -> Composed:
    full_term(cast, case)
    return as_it_stands(begun(cast, case.cycle)[cast.harbour_view.pk])


def said(whole: Composed, part: str) -> list[object]:
    """What stands under a part's heading: texts, lists, and rows of tables."""
    (found,) = (each for each in whole.parts if each.rule.id == part)
    return [_plain(block) for block in found.blocks]


def _plain(block: Block) -> object:
    match block:
        case Paragraph(text=text) | Heading(text=text) | Note(text=text):
            return text
        case Bullets(items=items):
            return list(items)
        case Table(head=head, rows=rows):
            return [head, *rows]
        case Facts(rows=rows):
            return list(rows)
    raise AssertionError(block)


def everything(whole: Composed) -> str:
    letter = written(whole, at=AT)
    return repr((letter.title, letter.reference, letter.marking, *map(_plain, letter.blocks)))


# --- a term with something of everything --------------------------------------------------


def test_Q2_E12_visits_and_contacts_stand_beside_what_is_due(full: Composed) -> None:
    assert said(full, "visits") == [
        [
            ("Date", "Visit", "How", "Days"),
            ("3 November 2026", "Core visit", "In person", "1 day"),
        ],
        "Headteacher performance management: held on 12 November 2026.",
        "Other contacts:",
        ["20 October 2026: telephone", "24 November 2026: e-mail"],
        [
            ("Visit", "Held", "Due"),
            ("Core visit", "1 this year", "1 in the year"),
            ("Termly contact", "1 this term", "1 each term"),
        ],
        "Planned and not held:",
        [
            (
                "Termly contact, 30 November 2026: cancelled. "
                "The school cancelled at short notice. Its day counts as used."
            )
        ],
    ]


def test_Q2_E1_days_are_those_of_the_ledger_line_by_line(full: Composed) -> None:
    assert said(full, "days") == [
        [
            ("Line", "In the year", "Used this term", "Used this year", "Left"),
            ("Core visit", "1", "1", "1", "0"),
            ("Termly contact", "2", "1", "1", "1"),
            ("Headteacher performance management", "1", "1", "1", "0"),
            ("In the stated total, on no line", "1.5", "0", "0", "1.5"),
            ("Added for this school", "2", "0", "0", "2"),
            ("All lines", "7.5", "3", "3", "4.5"),
        ]
    ]


def test_Q2_Q1_reports_arrived_on_time_and_findings_are_drawn_from_them(full: Composed) -> None:
    assert said(full, "reports") == [
        [
            (
                "Core visit of 3 November 2026: the report reached the school on 16 November 2026, "
                "on time."
            )
        ]
    ]
    assert said(full, "findings") == [["Leadership and governance: Leaders know their school."]]


def test_Q2_support_actions_and_the_next_term(full: Composed) -> None:
    assert said(full, "support") == [
        ["Bought by the school: 2 days in the year, no days used this term."]
    ]
    assert said(full, "actions") == [
        "1 closed this term, 1 open, 1 overdue.",
        [
            ("Action", "Who", "By when", "How it stands"),
            ("Plan reading in each class", "Head", "1 December 2026", "Overdue"),
            ("Review the curriculum map", "Head", "29 January 2027", "Open"),
            ("Meet the parents’ forum", "Head", "27 November 2026", "Done on 25 November 2026"),
        ],
    ]
    assert said(full, "next") == [
        "Focus: Reading in key stage 2",
        "Spring 2026-27: 4 January 2027 to 26 March 2027.",
        "Planned:",
        ["Termly contact, 3 February 2027"],
    ]


def test_Q2_the_opening_is_drafted_from_the_figures(full: Composed) -> None:
    assert said(full, "opening") == [
        (
            "2 visits were held this term. There were 2 other contacts. "
            "3 days were used this term; 4.5 days of the year are left."
        )
    ]
    assert full.attention == ()


def test_Q2_E12_nothing_of_a_call_or_of_a_private_visit_is_told_but_that_it_was(
    full: Composed,
) -> None:
    assert "governor" not in everything(full)
    assert "Papers" not in everything(full)
    assert everything(full).count("performance management") == 2, "its date, and its line of days"


# --- a term in which nothing happened ------------------------------------------------------


def test_Q2_what_is_missing_is_said_and_an_officer_is_told_why(
    cast: Cast, case: Allocation
) -> None:
    empty = as_it_stands(begun(cast, case.cycle)[cast.lighthouse.pk])
    assert said(empty, "opening") == ["No visit was held this term."]
    assert said(empty, "visits") == ["No visit was held this term."]
    assert said(empty, "days") == ["No days are set for this school this year."]
    assert said(empty, "reports") == ["No report was due this term."]
    assert said(empty, "findings") == [
        "No report of a visit of this term has reached the school yet."
    ]
    assert said(empty, "support") == ["No other support is recorded this year."]
    assert said(empty, "actions") == ["No action is open, and none was closed this term."]
    assert said(empty, "next") == [
        "No focus has been written down for the next term yet.",
        "Spring 2026-27: 4 January 2027 to 26 March 2027.",
        "No visit is planned for the next term yet.",
    ]
    assert empty.attention == (
        "No visit was held this term.",
        "No days are set for this school this year.",
        "Nobody at the school would receive it.",
    )


def test_Q2_a_report_that_has_not_arrived_is_said(cast: Cast, case: Allocation) -> None:
    steps.written(case, cast.sadia, on=date(2026, 11, 3))
    summary = begun(cast, case.cycle)[cast.harbour_view.pk]
    late = (
        "The report of 3 November 2026 has not reached the school yet. "
        "It was due on 17 November 2026."
    )
    assert said(as_it_stands(summary), "reports") == [[late]]
    assert late in as_it_stands(summary).attention
    soon = as_it_stands(summary, today=date(2026, 11, 17))
    assert "It is due on 17 November 2026." in everything(soon)
    assert said(soon, "findings") == [
        "No report of a visit of this term has reached the school yet."
    ]


def test_Q2_a_late_report_says_so_in_the_term_in_which_it_came(
    cast: Cast, case: Allocation
) -> None:
    report = bring_report(cast, case, on=date(2026, 11, 3))
    report.due = report.first_due = date(2026, 11, 13)
    report.issued_at = datetime(2027, 1, 6, 9, tzinfo=UTC)
    report.save()
    late = (
        "Core visit of 3 November 2026: the report reached the school on 6 January 2027, "
        "late: it was due on 13 November 2026."
    )
    compose(cycle=case.cycle, term="Spring", by=cast.priya, at=AT)
    spring = Summary.objects.get(school=cast.harbour_view, term="Spring")
    assert said(as_it_stands(spring, today=date(2027, 3, 26)), "reports") == [[late]]


def test_Q2_a_report_without_a_tagged_passage_needs_a_finding_from_a_person(
    cast: Cast, case: Allocation
) -> None:
    report = bring_report(cast, case)
    report.passages.update(criteria=[])
    summary = begun(cast, case.cycle)[cast.harbour_view.pk]
    nothing = "The reports of this term name no main finding."
    assert said(as_it_stands(summary), "findings") == [nothing]
    assert nothing in as_it_stands(summary).attention
    summary.texts = {"findings": "Reading is well led.\nAttendance needs a plan."}
    whole = as_it_stands(summary)
    assert said(whole, "findings") == [["Reading is well led.", "Attendance needs a plan."]]
    assert nothing not in whole.attention


def test_Q2_Q5_a_report_that_is_being_amended_is_not_drawn_on(cast: Cast, case: Allocation) -> None:
    report = bring_report(cast, case)
    report.revision = 2
    report.save()
    assert "Leaders know" not in everything(
        as_it_stands(begun(cast, case.cycle)[cast.harbour_view.pk])
    )


def test_Q2_a_visit_nobody_recorded_needs_attention(cast: Cast, case: Allocation) -> None:
    steps.planned(case, cast.sadia, on=date(2026, 12, 8))
    whole = as_it_stands(begun(cast, case.cycle)[cast.harbour_view.pk])
    assert said(whole, "visits")[-2:] == [
        "Not recorded yet, whether they were held:",
        ["Core visit, 8 December 2026"],
    ]
    assert "It is not recorded whether the visit of 8 December 2026 was held." in whole.attention
    before = as_it_stands(whole.summary, today=date(2026, 12, 8))
    assert said(before, "visits")[-2:] == [
        "Still to come this term:", ["Core visit, 8 December 2026"],
    ]  # fmt: skip


def test_Q2_a_corrected_call_is_told_once_as_it_was_corrected(cast: Cast, case: Allocation) -> None:
    wrong = called(cast, date(2026, 10, 20), "phone", "x")
    called(cast, date(2026, 10, 21), "video", "x", corrects=wrong)
    whole = as_it_stands(begun(cast, case.cycle)[cast.harbour_view.pk])
    assert ["21 October 2026: video"] in said(whole, "visits")


# --- the term it speaks of -------------------------------------------------------------------


def test_Q2_a_later_term_adds_nothing_to_an_earlier_summary(cast: Cast, case: Allocation) -> None:
    full_term(cast, case)
    steps.held(case, cast.sadia, kind="contact", on=date(2027, 1, 12))
    whole = as_it_stands(begun(cast, case.cycle)[cast.harbour_view.pk], today=date(2027, 1, 20))
    assert "12 January 2027" not in everything(whole)
    assert said(whole, "days")[0][-1] == ("All lines", "7.5", "3", "3", "4.5")  # type: ignore[index]
    assert "Plan reading in each class', 'Head', '1 December 2026', 'Overdue'" in everything(whole)


def test_Q2_what_was_done_between_two_terms_belongs_to_the_one_before(
    cast: Cast, case: Allocation
) -> None:
    called(cast, date(2026, 12, 21), "phone", "x")
    whole = as_it_stands(begun(cast, case.cycle)[cast.harbour_view.pk])
    assert ["21 December 2026: telephone"] in said(whole, "visits")


def test_Q2_a_school_with_terms_of_its_own_is_told_of_those(cast: Cast, case: Allocation) -> None:
    Term.objects.create(
        school=cast.harbour_view, year="2026-27", name="Spring",
        starts=date(2026, 12, 14), ends=date(2027, 3, 26),
    )  # fmt: skip
    summaries = begun(cast, case.cycle)
    assert summaries[cast.harbour_view.pk].ends == date(2026, 12, 18)
    assert summaries[cast.dock_road.pk].ends == date(2027, 1, 3)


def test_Q2_composing_again_makes_nothing_twice_and_follows_changed_dates(
    cast: Cast, case: Allocation
) -> None:
    cycle = case.cycle
    assert compose(cycle=cycle, term=AUTUMN, by=cast.priya, at=AT) == 5
    assert compose(cycle=cycle, term=AUTUMN, by=cast.priya, at=AT) == 0
    Term.objects.filter(name=AUTUMN).update(starts=date(2026, 9, 3))
    assert compose(cycle=cycle, term=AUTUMN, by=cast.priya, at=AT) == 0
    assert set(Summary.objects.values_list("starts", flat=True)) == {date(2026, 9, 3)}


def test_Q2_U2_a_partner_composes_only_for_the_schools_worked_with(
    cast: Cast, case: Allocation
) -> None:
    assert set(begun(cast, case.cycle, by=cast.sadia)) == {
        cast.harbour_view.pk,
        cast.dock_road.pk,
    }


def test_Q2_without_the_dates_of_the_term_nothing_is_composed(cast: Cast, case: Allocation) -> None:
    with pytest.raises(Refused, match="The dates of Lent 2026-27 are not entered"):
        compose(cycle=case.cycle, term="Lent", by=cast.priya, at=AT)


# --- the band ------------------------------------------------------------------------------


def test_S7_Q2_no_summary_carries_the_band_nor_that_it_is_not_settled(
    cast: Cast, case: Allocation
) -> None:
    full_term(cast, case)
    others = case.cycle.allocations.exclude(school=cast.harbour_view)
    others.update(previous_band="C")
    bring_up_to_date(cycle=case.cycle, at=NOW)
    for summary in begun(cast, case.cycle).values():
        text = everything(as_it_stands(summary))
        assert not re.search(
            r"\bbands?\b|provisional|high.risk|allocation|confidential|settled|agreed by",
            text,
            re.IGNORECASE,
        ), text
        for band in summary.policy.bands:
            assert band.meaning not in text


def test_S7_Q2_a_finding_that_names_the_band_cannot_be_signed_even_if_nobody_wrote_it_here(
    cast: Cast, case: Allocation
) -> None:
    report = bring_report(cast, case)
    report.passages.filter(section="leadership").update(text="Leaders took it to band B.")
    summary = begun(cast, case.cycle)[cast.harbour_view.pk]
    with pytest.raises(Refused, match="It names the band: “Leadership and governance: Leaders"):
        signed(summary, cast.sadia)


def test_S7_Q2_words_that_name_the_band_need_attention_and_cannot_be_signed(
    cast: Cast, case: Allocation
) -> None:
    summary = begun(cast, case.cycle)[cast.harbour_view.pk]
    summary.texts = {"opening": "The school is now in Band C."}
    assert "“The term in brief” names the band. A summary never does." in (
        as_it_stands(summary).attention
    )
    summary.texts = {"opening": "A brass band came. Class B sang."}
    assert not any("names the" in each for each in as_it_stands(summary).attention)


# --- many ------------------------------------------------------------------------------------


def test_Q2_many_summaries_cost_as_many_queries_as_one(
    cast: Cast, case: Allocation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    full_term(cast, case)
    one = [begun(cast, case.cycle)[cast.harbour_view.pk]]
    with django_assert_num_queries(QUERIES):
        composed(one, today=TERM_ENDS)
    for number in range(1, 41):
        school = make_school(900100 + number, f"School {number:02d}", "01", "primary")
        Allocation.objects.create(
            cycle=case.cycle, school=school, edition=case.edition, previous_band="D",
            state="not_started", state_since=NOW,
        )  # fmt: skip
    bring_up_to_date(cycle=case.cycle, at=NOW)
    begun(cast, case.cycle)
    many = list(Summary.objects.select_related("school"))
    with django_assert_num_queries(QUERIES):
        found = composed(many, today=TERM_ENDS)
    assert len(found) == 45


def test_Q2_somebody_who_is_no_longer_at_the_school_receives_nothing(
    cast: Cast, case: Allocation
) -> None:
    Assignment.objects.filter(school=cast.harbour_view, role__in=("head", "chair")).update(
        ends=date(2026, 12, 1)
    )
    whole = as_it_stands(begun(cast, case.cycle)[cast.harbour_view.pk])
    assert "Nobody at the school would receive it." in whole.attention
