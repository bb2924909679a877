"""The letter of an outcome says what was decided and what it brings (S2, S5, E1 to E4)."""

import io
from datetime import date

import docx
import pytest

from plimsoll.allocations import actions
from plimsoll.allocations.brings import brings
from plimsoll.documents.models import Document
from plimsoll.framework.editions import current
from plimsoll.schools.models import Assignment
from tests.allocations import steps
from tests.allocations.steps import take
from tests.cast import NOW, Cast

ONE_VISIT = (
    "One core visit in the year on improvement, outcomes and self-evaluation, preparation and "
    "report included"
)
A_VISIT_A_TERM = (
    "A core visit each term on improvement, outcomes and self-evaluation, preparation and report "
    "included"
)
HTPM = "One day's support for the head's performance management"


@pytest.mark.parametrize(
    ("band", "lines"),
    [
        (
            "A",
            [
                (ONE_VISIT, "1"),
                ("A half-day contact each term, the core visit counting as one of them", "1"),
                (HTPM, "1"),
            ],
        ),
        (
            "B",
            [
                (ONE_VISIT, "1"),
                ("A whole-day contact each term, the core visit counting as one of them", "3"),
                (HTPM, "1"),
            ],
        ),
        (
            "C",
            [
                (A_VISIT_A_TERM, "3"),
                ("A half-day contact each term", "3"),
                (HTPM, "1"),
            ],
        ),
        (
            "D",
            [
                (A_VISIT_A_TERM, "3"),
                ("A half-day contact each term", "in the total"),
                (HTPM, "in the total"),
            ],
        ),
    ],
)
def test_E2_E3_a_proposal_shows_the_visits_and_contacts_that_the_band_brings(
    band: str, lines: list[tuple[str, str]]
) -> None:
    assert list(brings(current(), band, school_type="01", new_head=False).lines) == lines


def words_of(document: Document) -> str:
    """The text of a letter's Word copy."""
    opened = docx.Document(io.BytesIO(bytes(document.body)))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def letter_of(case: object) -> str:
    (word,) = Document.objects.filter(subject_id=case.pk, filename__endswith=".docx")[:1]  # type: ignore[attr-defined]
    return words_of(word)


def test_S2_E1_E4_the_letter_of_an_agreement_names_both_and_what_it_brings(cast: Cast) -> None:
    Assignment.objects.filter(person=cast.helen).update(first_headship=True)
    text = letter_of(steps.agreed(cast))
    for said in (
        "Helen Marsh",
        "Sadia Rahman",
        "School Improvement Partner, signed on 5 October 2026",
        "band B",
        "5.5 days",
        "wo days' support for a head who is new to headship",
        "The framework states 5.5 days; the numbers beside its lines add up to 5",
        steps.WHY,
    ):
        assert said in text


def test_E13_only_a_maintained_school_reads_of_financial_support(cast: Cast) -> None:
    maintained = letter_of(steps.agreed(cast, band="D"))
    assert "inancial support" in maintained


def test_E13_an_academy_does_not_read_of_financial_support(cast: Cast) -> None:
    academy = letter_of(steps.agreed(cast, cast.dock_road, band="D"))
    assert "inancial support" not in academy


def test_S5_the_letter_of_a_final_decision_is_unsigned_and_says_that_it_is_final(
    cast: Cast,
) -> None:
    case = take(steps.decided(cast), "refer_further", cast.helen, reasons="The trend has turned.")
    case = take(case, "decide_finally", cast.dorothy, band="B", reasons="The new figures show it.")
    text = letter_of(case)
    assert "Dorothy Adeyemi decided on 5 October 2026: band B." in text
    assert "This is the final decision" in text
    assert "Signed" not in text


def test_S2_the_letter_of_a_provisional_band_says_that_nobody_agreed(cast: Cast) -> None:
    text = letter_of(steps.provisional(cast))
    assert "You have not agreed to it" in text
    assert "If you disagree, you may say so and why by" in text
    assert "Signed" not in text


@pytest.mark.parametrize("marked_first", [True, False])
def test_S10_a_high_risk_mark_has_a_letter_of_its_own_once_the_band_is_in_force(
    cast: Cast, marked_first: bool
) -> None:
    case = steps.with_school(cast, band="C")
    mark = {"reason": "Two leaders have left.", "review_on": date(2026, 12, 1)}
    if marked_first:
        actions.mark_high_risk(case=case, **mark, by=cast.sadia, at=NOW)
    case = take(case, "agree", cast.helen)
    if not marked_first:
        actions.mark_high_risk(case=case, **mark, by=cast.sadia, at=NOW)
    (word,) = Document.objects.filter(kind="high-risk-letter", filename__endswith=".docx")
    text = words_of(word)
    assert "Two leaders have left." in text
    assert "1 December 2026" in text


def test_S1_the_letter_to_an_academy_that_declines_holds_no_band(cast: Cast) -> None:
    case = steps.with_school(cast, cast.dock_road)
    text = letter_of(take(case, "decline", cast.henry, reasons="Our trust has its own."))
    assert "does not take part" in text
    assert "band" not in text.lower().replace("confidential", "")
