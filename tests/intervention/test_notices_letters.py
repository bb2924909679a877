"""What each letter of both policies says, at schools of every legal type (I3 to I7)."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from docx import Document

from plimsoll.documents import render, word
from plimsoll.documents.content import (
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Signatures,
    Table,
)
from tests.cast import NOW, TODAY, Cast
from tests.documents.test_render import told_by
from tests.intervention import letters_of
from tests.intervention.letters_of import EVERY, MATTERS, given, letter
from tests.intervention.steps import DAY


def words(blocks: tuple[Block, ...]) -> str:
    return " ".join(each.text for each in blocks if isinstance(each, Paragraph))


def facts(made: Letter) -> dict[str, str]:
    return dict(row for each in made.blocks if isinstance(each, Facts) for row in each.rows)


@pytest.mark.parametrize(("policy", "type_", "kind"), EVERY)
def test_I3_I4_I5_I6_I7_each_letter_is_whole_and_says_what_it_is(
    cast: Cast, policy: str, type_: str, kind: str
) -> None:
    case = letters_of.opened(cast, policy, type_)
    notice = given(case, kind)
    made = letter(notice)
    said = words(made.blocks)
    labels = "not a statutory notice" in made.title, "This is not a statutory notice." in said
    assert labels == (not notice.type.statutory,) * 2
    headings = [each.text for each in made.blocks if isinstance(each, Heading)]
    for part in notice.type.parts:
        assert [each for each in headings if each.startswith(part.label)], part.label
    for block, following in pairwise(made.blocks):
        assert not (isinstance(block, Heading) and isinstance(following, Heading)), block
    assert not isinstance(made.blocks[-1], Heading)
    (signed,) = (each for each in made.blocks if isinstance(each, Signatures))
    role = case.policy.roles[notice.type.signatory].label
    post = f"{role}\nfor {case.policy.authority.name}"
    assert [(one.name, one.post) for one in signed.people] == [("Declan Byrne", post)]
    (table,) = (each for each in made.blocks if isinstance(each, Table))
    assert len(table.rows) == notice.deliveries.count() > 0
    assert not re.search(r"[{}]|\b(None|null)\b", repr(made)), made
    assert not re.search(r"\d{4}-\d\d-\d\d", repr(replace(made, date=None))), "a day in figures"


# Read by hand: who is responsible for such a school, and so who is greeted and written to.
WRITTEN_TO = [
    ("liverpool/2026-27", "01", "concerns", "Dear governors,", "Governing body, care of"),
    ("liverpool/2026-27", "15", "pre-formal", "Dear governors,", "Governing body, care of"),
    ("liverpool/2026-27", "14", "concerns", "Dear members of the management committee,",
     "Management committee, care of"),
    ("liverpool/2026-27", "34", "concerns", "Dear trustees and colleagues,",
     "Leadership of the academy: chair of trustees"),
    ("northmoor/2026-27", "14", "letter-of-concern", "Dear members of the management committee,",
     "Management committee, care of"),
    ("northmoor/2026-27", "34", "letter-of-concern", "Dear trustees and colleagues,",
     "Leadership of the academy: chair of trustees"),
    ("northmoor/2026-27", "12", "letter-of-concern", "Dear governors,", "Governing body, care of"),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "type_", "kind", "greeting", "body"), WRITTEN_TO)
def test_I5_a_letter_greets_those_who_are_responsible_for_the_school(
    cast: Cast, policy: str, type_: str, kind: str, greeting: str, body: str
) -> None:
    made = letter(given(letters_of.opened(cast, policy, type_), kind))
    assert isinstance(made.blocks[0], Paragraph)
    assert made.blocks[0].text == greeting
    assert made.recipient[0].startswith(body)
    assert made.recipient[1:] == (letters_of.SCHOOLS[type_][0], "Harbourside HB1 1AA")


@pytest.mark.parametrize(
    ("policy", "type_", "kind"), [row for row in EVERY if row[1] in ("01", "14", "34")]
)
def test_I5_no_letter_speaks_of_governors_where_there_are_none(
    cast: Cast, policy: str, type_: str, kind: str
) -> None:
    made = letter(given(letters_of.opened(cast, policy, type_), kind, texts={}))
    governed = type_ not in ("14", "34")
    said = repr((made.recipient, made.blocks)).lower()
    assert governed or "governor" not in said
    assert governed or "governing body" not in said
    assert not governed or "management committee" not in said
    assert not governed or "academy" not in said


@pytest.mark.parametrize("policy", letters_of.POLICIES)
def test_I5_a_letter_to_the_regulator_names_the_school_and_not_as_its_address(
    cast: Cast, policy: str
) -> None:
    case = letters_of.opened(cast, policy, "14")
    kind = "unit-referred" if policy.startswith("liverpool") else "academy-letter"
    made = letter(given(case, kind))
    assert made.recipient == ("DfE Regional Director",)
    assert facts(made)["School"] == "Tidewater Centre, URN 900005"


# The authority gives the notice, not its service: read by hand from both policies.
GIVEN_BY = [
    ("liverpool/2026-27", "Liverpool City Council, “the authority”, gives it to the governing"),
    ("northmoor/2026-27", "Northmoor District Council, “the council”, gives it to the governing"),
]


@pytest.mark.parametrize(("policy", "by"), GIVEN_BY)
def test_I7_a_formal_notice_cites_the_provision_of_each_part_and_ground(
    cast: Cast, policy: str, by: str
) -> None:
    made = letter(given(letters_of.opened(cast, policy, "02"), "formal"))
    headings = " ".join(each.text for each in made.blocks if isinstance(each, Heading))
    for part in "abcd":
        assert f"(section 60(4)({part}))" in headings
    bullets = [item for each in made.blocks if isinstance(each, Bullets) for item in each.items]
    for ground in "ab":
        assert any(f"section 60(2)({ground})" in item for item in bullets)
    assert facts(made)["Under"] == "Education and Inspections Act 2006 section 60"
    assert by in words(made.blocks)


@pytest.mark.parametrize(("warning", "section"), [("formal", "60"), ("formal-60a", "60A")])
@pytest.mark.parametrize("policy", letters_of.POLICIES)
def test_I9_the_notice_of_proposed_powers_rests_on_the_law_of_the_warning(
    cast: Cast, policy: str, warning: str, section: str
) -> None:
    """Sections 60(1)(d) and 60A(1)(d): whichever warning it was that was not complied with."""
    case = letters_of.opened(cast, policy, "01")
    earlier = given(case, warning)
    made = letter(given(case, "proposed-powers", follows=earlier))
    law = f"Education and Inspections Act 2006 section {section}(1)(d)"
    assert facts(made)["Under"] == law
    assert f"under the {law}" in words(made.blocks)


def test_I6_a_letter_that_ends_a_notice_names_it_with_its_day(cast: Cast) -> None:
    case = letters_of.opened(cast, "liverpool/2026-27", "01")
    given(case, "concerns", given_on=TODAY - 20 * DAY)
    directive = given(case, "directive", given_on=TODAY - 9 * DAY)
    ended = facts(letter(given(case, "pre-formal-removed", follows=directive)))["It ends"]
    assert ended.replace("\u00a0", " ") == "Directive notice, 26 September 2026"
    given(case, "formal", given_on=TODAY - 5 * DAY)
    powers = given(case, "proposed-powers", given_on=TODAY - DAY)
    for kind in ("formal-ended", "formal-withdrawn"):
        ended = facts(letter(given(case, kind, follows=powers)))["It ends"]
        assert ended.replace("\u00a0", " ") == (
            "Formal warning notice (performance standards and safety), 30 September 2026"
        )


def test_I4_lines_that_begin_with_a_hyphen_are_a_list_after_the_words_that_lead_to_it(
    cast: Cast,
) -> None:
    made = letter(given(letters_of.opened(cast, "liverpool/2026-27", "01"), "pre-formal"))
    leads = Paragraph("The authority rests its view on:", leads=True)
    at = made.blocks.index(leads)
    following = made.blocks[at + 1]
    assert isinstance(following, Bullets)
    assert following.items[0] == "the results of three summers;"
    assert len(following.items) == 3


@pytest.mark.parametrize("more", range(8))
def test_I4_no_heading_and_no_words_that_lead_to_a_list_stand_at_the_foot_of_a_page(
    cast: Cast, more: int
) -> None:
    """Read from the PDF's own pages, as the text of the first part grows line by line."""
    case = letters_of.opened(cast, "liverpool/2026-27", "02")
    notice = given(case, "formal")
    notice.texts = notice.texts | {"matters": "One line more.\n\n" * more + MATTERS}
    made = letter(notice)
    headings = {each.text for each in made.blocks if isinstance(each, Heading)}
    pages = told_by(["pdftotext", "-layout", "-", "-"], render.pdf(made, at=NOW)).split("\f")[:-1]
    assert len(pages) > 1
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        *_, last, foot = lines
        assert foot.startswith("900001, case 1")
        assert last not in headings
        assert not last.endswith(":")


@pytest.mark.parametrize(
    ("policy", "type_", "kind"), [row for row in EVERY if row[1] in ("02", "14", "34")]
)
def test_I4_word_says_what_the_pdf_says(cast: Cast, policy: str, type_: str, kind: str) -> None:
    made = letter(given(letters_of.opened(cast, policy, type_), kind))
    document = Document(BytesIO(word.docx(made, at=NOW)))
    said = [each.text for each in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert made.title in said
    for block in made.blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                assert text in said
            case Bullets(items=items):
                assert set(items) <= set(said)
            case Facts(rows=rows):
                assert {f"{label}: {value}" for label, value in rows} <= set(said)
            case Table(rows=rows):
                assert {cell for row in rows for cell in row} <= set(cells)
            case Signatures(people=people):
                assert {f"{one.name}\n{one.post}" for one in people} <= set(said)
