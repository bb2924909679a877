"""Q2: once issued, a summary stands still as tagged PDF and as Word, and is issued once."""

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import docx
import pikepdf
import pytest
import time_machine
from django.db.models import QuerySet

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Message
from plimsoll.core.workflow import Refused
from plimsoll.documents import render
from plimsoll.documents.models import Document
from plimsoll.visits.models import Summary
from plimsoll.visits.summaries.actions import issue_all, save_texts
from plimsoll.visits.summaries.workflow import SUMMARY
from tests.allocations import steps as allocated
from tests.cast import Cast
from tests.visits import steps
from tests.visits.summarised import AT, begun, full_term, sent, signed, terms

PARTS = [
    "The term in brief",
    "Visits and contacts",
    "Days used and left",
    "Reports",
    "Main findings",
    "Other support",
    "Actions",
    "The next term",
]


@pytest.fixture(autouse=True)
def _on_the_last_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    terms()
    case = allocated.agreed(cast, band="B")
    full_term(cast, case)
    return case


@pytest.fixture
def summary(cast: Cast, case: Allocation) -> Summary:
    return begun(cast, case.cycle)[cast.harbour_view.pk]


def body(summary: Summary, ending: str) -> bytes:
    return bytes(Document.objects.about(summary).get(filename__endswith=ending).body)


def told_by(program: list[str], pdf: bytes) -> str:
    return subprocess.run(program, input=pdf, capture_output=True, check=True).stdout.decode()


def test_Q2_the_pdf_is_tagged_with_headings_table_headings_language_and_title(
    cast: Cast, summary: Summary
) -> None:
    pdf = body(sent(summary, cast.sadia), ".pdf")
    facts = told_by(["pdfinfo", "-"], pdf)
    assert re.search(r"Tagged: +yes", facts)
    assert re.search(r"Title: +Summary of support: Autumn 2026-27", facts)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
    tags = told_by(["pdfinfo", "-struct", "-"], pdf)
    assert tags.count("H1") == 1
    assert len(re.findall(r"^ *H2", tags, re.MULTILINE)) == len(PARTS)
    assert len(re.findall(r"^ *Table", tags, re.MULTILINE)) == 4
    assert len(re.findall(r"^ *TH\b", tags, re.MULTILINE)) == 4 + 3 + 5 + 4
    text = told_by(["pdftotext", "-layout", "-", "-"], pdf)
    assert all(part in text for part in PARTS)
    assert "Signed off by Sadia Rahman, 18 December 2026." in text


def test_Q2_the_word_copy_has_headings_and_says_the_same(cast: Cast, summary: Summary) -> None:
    opened = docx.Document(BytesIO(body(sent(summary, cast.sadia), ".docx")))
    headings = [
        (line.style.name, line.text)
        for line in opened.paragraphs
        if line.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "Summary of support: Autumn 2026-27"),
        *(("Heading 2", part) for part in PARTS),
    ]
    assert [row.cells[0].text for row in opened.tables[2].rows][-1] == "All lines"
    assert opened.core_properties.language == "en-GB"


def test_S7_Q2_neither_form_nor_the_e_mail_carries_the_band(cast: Cast, summary: Summary) -> None:
    issued = sent(summary, cast.sadia)
    opened = docx.Document(BytesIO(body(issued, ".docx")))
    text = "\n".join(
        [
            told_by(["pdftotext", "-", "-"], body(issued, ".pdf")),
            *(line.text for line in opened.paragraphs),
            *(message.subject + message.body for message in _messages()),
        ]
    )
    assert not re.search(r"\bbands?\b|provisional|confidential|allocation", text, re.IGNORECASE)
    assert opened.sections[0].header.paragraphs[0].text == ""


def test_Q2_what_is_issued_stands_still(cast: Cast, case: Allocation, summary: Summary) -> None:
    issued = sent(summary, cast.sadia)
    issued.refresh_from_db()
    before = issued.issued
    steps.held(case, cast.sadia, kind="additional", on=date(2026, 12, 10))
    issued.refresh_from_db()
    assert issued.issued == before
    with pytest.raises(Refused, match="It is signed"):
        save_texts(
            summary=issued, texts={"opening": "x"}, version=issued.version, by=cast.sadia, at=AT
        )
    for step in ("sign", "withdraw", "issue"):
        with pytest.raises(Refused, match="not possible now: the state is “Issued”"):
            SUMMARY.take(issued, step, by=cast.priya, at=AT)


def test_Q2_issued_again_nothing_is_made_twice(cast: Cast, summary: Summary) -> None:
    ready = signed(summary, cast.sadia)
    assert issue_all([ready], by=cast.priya, at=AT).number == 1
    # A second click held the same list: what was issued meanwhile is passed over.
    again = issue_all([ready], by=cast.priya, at=AT)
    assert (again.number, again.problems) == (0, [])
    assert Document.objects.filter(kind="summary").count() == 2
    assert _messages().count() == 2


def test_Q2_one_schools_failure_stops_no_other_and_is_told(
    cast: Cast, summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [signed(each, cast.priya) for each in Summary.objects.select_related("school")]
    made = render.pdf

    def fails_at_dock_road(letter: object, **more: object) -> bytes:
        if "Dock Road" in repr(letter):
            raise render.NotRendered("The fonts are not installed.")
        return made(letter, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(render, "pdf", fails_at_dock_road)
    done = issue_all(every, by=cast.priya, at=AT)
    assert done.number == 4
    assert done.problems == ["Dock Road Academy: The fonts are not installed."]
    assert Summary.objects.get(school=cast.dock_road).state == "signed"
    assert not Message.objects.filter(key__startswith="summary-issued", to__startswith="henry")


def test_Q2_one_that_changed_since_it_was_listed_is_left_and_told(
    cast: Cast, summary: Summary
) -> None:
    ready = signed(summary, cast.sadia)
    SUMMARY.take(ready, "withdraw", by=cast.sadia, at=AT)
    done = issue_all([ready], by=cast.priya, at=AT)
    assert done.number == 0
    assert done.problems[0].startswith("Harbour View Primary School: Somebody else changed this")


def _messages() -> QuerySet[Message]:
    return Message.objects.filter(key__startswith="summary-issued:")
