"""Q1, Q5: a report as PDF, tagged and without a band, as other programs read it."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from docx import Document as WordFile

from plimsoll.allocations.models import Allocation
from plimsoll.core.workflow import Refused, begin
from plimsoll.documents.models import Document
from plimsoll.visits.models import Action, Report
from tests.allocations import steps
from tests.cast import NOW, TODAY, Cast
from tests.documents.test_render import structure, words
from tests.visits.steps import issued, take, written

DAY = timedelta(days=1)


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def kept(report: Report, kind: str, ending: str) -> bytes:
    found = Document.objects.get(subject_id=report.pk, kind=kind, filename__endswith=ending)
    return bytes(found.body)


def agreed(report: Report) -> None:
    action = Action(
        report=report, school=report.visit.school, what="Read daily in Year 5",
        who="The reading lead", by_when=TODAY + 60 * DAY, measure="Books seen in lessons",
    )  # fmt: skip
    begin(action, state="open", at=NOW).save()


def released(cast: Cast, case: Allocation) -> Report:
    report = written(case, cast.sadia)
    agreed(report)
    report = take(report, "send", cast.sadia)
    return take(report, "release", cast.priya, NOW + DAY)


def test_Q1_the_pdf_is_tagged_with_title_language_headings_and_table_headers(
    cast: Cast, case: Allocation
) -> None:
    pdf = kept(released(cast, case), "report", ".pdf")
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "en-GB"
        with opened.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "Report: Core visit, 5 October 2026"
    tags = structure(pdf)
    assert 'H1 "Report: Core visit, 5 October 2026"' in tags
    assert 'H2 "Leadership and governance"' in tags
    assert 'H2 "What was agreed"' in tags
    assert tags.count("TH <") == 4
    assert tags.count("/Scope /Column") == 4


def test_Q1_S7_neither_paper_carries_the_band_or_the_marking_that_speaks_of_it(
    cast: Cast, case: Allocation
) -> None:
    report = take(released(cast, case), "reply_accurate", cast.helen, NOW + 2 * DAY)
    marking = report.policy.words.marking
    for kind in ("report", "report-final"):
        text = words(kept(report, kind, ".pdf"))
        word = WordFile(BytesIO(kept(report, kind, ".docx")))
        whole = text + " ".join(each.text for each in word.paragraphs)
        whole += word.sections[0].header.paragraphs[0].text
        assert "Leaders know the school well." in whole
        for said in (marking, "band", "SSA", "Allocation"):
            assert said.lower() not in whole.lower(), said


def test_Q5_the_final_paper_holds_both_sides_and_the_first_one_stays(
    cast: Cast, case: Allocation
) -> None:
    report = released(cast, case)
    before = kept(report, "report", ".pdf")
    wrong = [{"section": "leadership", "text": "Governors did meet in June."}]
    report = take(report, "reply_not_accurate", cast.helen, NOW + 2 * DAY, comments=wrong)
    why = "The minutes of June were not shown to me."
    report = take(report, "let_stand", cast.sadia, NOW + 3 * DAY, disagreement=why)
    text = words(kept(report, "report-final", ".pdf"))
    assert "Not accurate. Helen Marsh, 7 October 2026." in text
    assert "Governors did meet in June." in text
    assert why in text
    assert kept(report, "report", ".pdf") == before


def test_Q5_a_final_report_without_a_reply_says_so(cast: Cast, case: Allocation) -> None:
    report = take(issued(cast, case), "close", None, NOW + 30 * DAY)
    text = words(kept(report, "report-final", ".pdf"))
    assert "The school was asked for its reply by 19 October 2026 and has sent none." in text


def test_Q1_S7_a_reply_that_names_the_band_is_asked_to_leave_it_out(
    cast: Cast, case: Allocation
) -> None:
    report = issued(cast, case)
    said = [{"section": "leadership", "text": "We are band B and not band C."}]
    with pytest.raises(Refused, match="no report names a band"):
        take(report, "reply_with_comments", cast.helen, comments=said)
