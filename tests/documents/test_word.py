"""The Word copy, opened again and read."""

from datetime import UTC, datetime
from io import BytesIO

import docx as reader
import pytest
from docx.document import Document

from plimsoll.documents import word
from plimsoll.documents.content import Heading, Paragraph
from tests.documents.letters import ALLOCATION, MARKING, letter

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def opened() -> Document:
    return reader.Document(BytesIO(word.docx(letter(*ALLOCATION), at=AT)))


def test_headings_are_headings(opened: Document) -> None:
    headings = [
        (line.style.name, line.text)
        for line in opened.paragraphs
        if line.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "School Support Allocation 2026/27"),
        ("Heading 2", "What your school receives"),
        ("Heading 2", "What happens next"),
    ]


def test_the_table_is_a_table_whose_heading_row_is_one(opened: Document) -> None:
    (table,) = opened.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Support", "When", "Days"]
    assert [cell.text for cell in table.rows[2].cells] == [
        "Contact on the agreed priorities",
        "Each term",
        "1.5",
    ]
    assert len(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")) == 1
    assert not table.rows[1]._tr.xpath("./w:trPr/w:tblHeader")


def test_title_language_and_marking(opened: Document) -> None:
    assert opened.core_properties.title == "School Support Allocation 2026/27"
    assert opened.core_properties.author == "School Improvement Service"
    assert opened.core_properties.language == "en-GB"
    assert opened.styles.element.xpath("//w:lang/@w:val") == ["en-GB"]
    assert opened.sections[0].header.paragraphs[0].text == MARKING


def test_it_says_what_the_letter_says(opened: Document) -> None:
    text = "\n".join(line.text for line in opened.paragraphs)
    for said in (
        "24 November 2026\nReference: SSA/2026-27/900001",
        "Band: B",
        "Yours sincerely",
        "Jo Ashworth\nPrincipal Officer, School Improvement",
    ):
        assert said in text
    bullets = [line.text for line in opened.paragraphs if line.style.name == "List Bullet"]
    assert bullets[0] == "You may answer this letter by 15 December 2026."


def test_characters_stay_and_control_characters_go() -> None:
    made = word.docx(
        letter(Heading("<b>&", 3), Paragraph("محمد 🎉 a\x00b\x0b\ud800c\ufffe")), at=AT
    )
    lines = [line.text for line in reader.Document(BytesIO(made)).paragraphs]
    assert "<b>&" in lines
    assert "محمد 🎉 abc" in lines
