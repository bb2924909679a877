"""The school profile to take along: as a tagged PDF and as Word."""

import re
from io import BytesIO

import pikepdf
import pytest
from docx import Document as WordDocument

from plimsoll.core.models import Event
from tests.allocations import steps
from tests.cast import Cast, make_school
from tests.desk.figures_of import publish
from tests.desk.inspected import inspected
from tests.documents.test_render import structure, words
from tests.markup import StrictClient

PDF, WORD = (f"/schools/900001/evidence/pack.{form}" for form in ("pdf", "docx"))


@pytest.fixture
def reader(cast: Cast, client: StrictClient) -> StrictClient:
    publish(cast.harbour_view)
    inspected(cast.harbour_view)
    client.force_login(cast.helen)
    return client


def in_word(client: StrictClient) -> str:
    document = WordDocument(BytesIO(client.get(WORD).content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_pdf_is_tagged_and_its_charts_have_words(reader: StrictClient) -> None:
    answer = reader.get(PDF)
    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "School profile: Harbour View Primary School"
        alternatives = [
            str(each.Alt)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    # Four measures have more than one year, and one of them a gap.
    assert len(alternatives) == 5
    assert alternatives[0] == (
        "Overall absence, % of sessions. This school: 7.9 % in 2021-22, 5.7 % in 2024-25, "
        "no figure for 2022-23. England, primary schools: 6.2 % in 2022-23, 5.5 % in 2024-25."
    )
    tags = structure(answer.content)
    assert 'H1 "School profile: Harbour View Primary School"' in tags
    for heading in ("What changed", "Attendance", "Outcomes", "Inspections", "Sources"):
        assert f'H2 "{heading}"' in tags, heading
    assert 'H3 "Overall absence, % of sessions"' in tags


@pytest.mark.parametrize("form", ["pdf", "word"])
def test_S3_both_forms_say_what_the_page_says(form: str, reader: StrictClient) -> None:
    said = words(reader.get(PDF).content) if form == "pdf" else in_word(reader)
    for text in (
        (
            "Better: Overall absence fell from 6.2 % in 2023-24 to 5.7 % in 2024-25; primary "
            "schools in England: 5.5 %."
        ),
        "too few pupils to publish (2022-23 to 2023-24)",
        "Few pupils. 2023-24: 12 pupils: one pupil is 8 percentage points.",
        "50 % beside 68 % of other pupils (2022-23)",
        "absence in schools (performance tables), as at 20 March 2026",
        "3 February 2026",
        "Results of pupils with special educational needs",
    ):
        assert text in said, text


def test_who_the_pupils_are_is_told_in_small_tables(reader: StrictClient) -> None:
    assert 'H3 "Eligible for free school meals"' in structure(reader.get(PDF).content)
    for said in (words(reader.get(PDF).content), in_word(reader)):
        assert "31.4 %" in said


def test_a_table_has_the_last_years_that_policy_shows_and_the_words_have_all(
    cast: Cast, client: StrictClient
) -> None:
    years = ("2017-18", "2018-19", "2021-22", "2022-23", "2023-24")
    publish(cast.harbour_view, {"absence.overall": dict.fromkeys(years, 6.0)})
    client.force_login(cast.helen)
    document = WordDocument(BytesIO(client.get(WORD).content))
    table = document.tables[0]
    assert [row.cells[0].text for row in table.rows] == [
        "Year",
        "2018-19",
        "2019-20 to 2020-21",
        "2021-22",
        "2022-23",
        "2023-24",
    ]
    assert any("6.0 % in 2017-18" in paragraph.text for paragraph in document.paragraphs)


def test_a_source_of_several_files_is_named_once(reader: StrictClient) -> None:
    said = in_word(reader)
    listed = said[said.index("Sources") :]
    assert listed.count("absence in schools (performance tables), as at 20 March 2026 ") == 1


def test_S8_taking_it_along_is_an_event_each_time(cast: Cast, reader: StrictClient) -> None:
    for address in (PDF, WORD, WORD):
        assert reader.get(address).status_code == 200
    events = Event.objects.filter(verb="pack.read").order_by("pk")
    assert [event.after for event in events] == [
        {"form": "pdf"},
        {"form": "docx"},
        {"form": "docx"},
    ]
    assert {(event.urn, event.actor, event.permission) for event in events} == {
        (900001, cast.helen.pk, "school.see")
    }


def test_a_school_out_of_reach_has_no_pack_and_no_event(cast: Cast, reader: StrictClient) -> None:
    assert reader.get("/schools/900002/evidence/pack.pdf").status_code == 404
    assert not Event.objects.filter(verb="pack.read").exists()


@pytest.mark.parametrize("who", ["helen", "sadia", "dorothy", "lena", "ada"])
def test_S7_it_holds_no_band_whoever_asks(who: str, cast: Cast, client: StrictClient) -> None:
    steps.agreed(cast)
    publish(cast.harbour_view)
    client.force_login(cast.everyone[who])
    for said in (words(client.get(PDF).content), in_word(client)):
        assert "Overall absence" in said
        assert not re.search(r"\bband\b", said, re.IGNORECASE)


def test_its_name_is_safe(cast: Cast, client: StrictClient) -> None:
    make_school(900100, 'St "Bride\'s" / Pier\nSchool', "01", "primary")
    client.force_login(cast.olu)
    header = client.get("/schools/900100/evidence/pack.pdf").headers["Content-Disposition"]
    assert header.startswith("attachment; filename=")
    assert re.search(r'filename="St -Bride\'s- - Pier School profile \d{4}-\d\d-\d\d\.pdf"', header)


def test_a_school_without_figures_has_a_pack_that_says_so(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.olu)
    said = words(client.get(PDF).content)
    assert "there are no two years to compare" in said
    assert "Nothing is held for this school on: Overall absence" in said
    assert "Not inspected" in said
