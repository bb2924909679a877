"""The PDF of a letter, judged by what other programs read in it."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from pytest_django import Settings

from plimsoll.documents import render
from plimsoll.documents.content import Facts, Heading, Letter, Paragraph, Table
from plimsoll.documents.glyphs import drawable, drawn_by
from tests.documents.letters import ALLOCATION, MARKING, letter, long_letter

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def told_by(program: list[str], pdf: bytes) -> str:
    return subprocess.run(program, input=pdf, capture_output=True, check=True).stdout.decode()


def words(pdf: bytes) -> str:
    """The text, its line breaks and the breaks inside long words taken out."""
    text = told_by(["pdftotext", "-", "-"], pdf)
    return " ".join(re.sub("[\u200b\u200d]", "", text).split())


def structure(pdf: bytes) -> str:
    return told_by(["pdfinfo", "-struct-text", "-"], pdf)


def pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


@pytest.fixture(scope="module")
def short() -> bytes:
    return render.pdf(letter(*ALLOCATION), at=AT)


def test_a_short_letter_is_one_tagged_page_that_says_it_is_pdf_ua(short: bytes) -> None:
    with pikepdf.open(BytesIO(short)) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "School Support Allocation 2026/27"
            assert about["dc:creator"] == ["School Improvement Service"]


def test_every_font_is_in_the_file(short: bytes) -> None:
    fonts = told_by(["pdffonts", "-"], short).splitlines()[2:]
    assert fonts
    assert all("Arimo" in font and font.split()[-5] == "yes" for font in fonts)


def test_headings_lists_and_tables_are_tagged(short: bytes) -> None:
    tags = structure(short)
    assert 'H1 "School Support Allocation 2026/27"' in tags
    assert 'H2 "What your school receives"' in tags
    assert tags.count("TH <") == 3
    assert tags.count("/Scope /Column") == 3
    assert tags.count("THead") == 1
    assert "Caption" in tags
    # The facts and the bullets, each with its label and its body.
    assert tags.count("LBody") == 5
    assert "Figure" not in tags


def test_the_page_says_what_the_letter_says(short: bytes) -> None:
    text = words(short)
    for said in (
        "School Improvement Service",
        "24 November 2026",
        "Reference: SSA/2026-27/900001",
        "Gannet Lane Primary School",
        MARKING,
        "Visits and contacts between January and December 2027",
        "Headteacher performance management Autumn term 0.5",
        "Yours sincerely",
        "Principal Officer, School Improvement",
        "Page 1 of 1",
    ):
        assert said in text


def test_a_long_letter_has_its_marking_on_every_page_and_repeats_table_headings() -> None:
    rows = tuple((f"Row {number}", "What it says") for number in range(60))
    pdf = render.pdf(letter(Table("Many", ("Name", "Content"), rows)), at=AT)
    assert pages(pdf) > 1
    text = words(pdf)
    assert text.count(MARKING) == pages(pdf)
    assert text.count("Name Content") == pages(pdf)
    assert f"Page {pages(pdf)} of {pages(pdf)}" in text


@pytest.mark.parametrize("lines", range(30, 44))
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(lines: int) -> None:
    content = "\n".join(f"Line {number}" for number in range(lines))
    pdf = render.pdf(letter(Paragraph(content), Heading("Kept"), Paragraph("with this")), at=AT)
    leaves = told_by(["pdftotext", "-layout", "-", "-"], pdf).split("\f")
    assert ["with this" in leaf for leaf in leaves] == ["Kept" in leaf for leaf in leaves]


@pytest.mark.parametrize(
    "typed",
    [
        '#strong[not bold] #sys.inputs #read("/etc/x")',
        "*not bold* _not italic_ $not maths$ `not code`",
        "= not a heading",
        "@reference <label> // comment /* comment */",
        "<script>alert(1)</script> & &amp;",
        'back\\slash \\u{1F600} "quoted" ~ -- --- ...',
        "O’Brien-Łukasz Ångström, Ωμέγα, Жанна",
    ],
)
def test_what_is_typed_stays_as_typed(typed: str) -> None:
    everywhere = replace(
        letter(Heading(typed), Paragraph(typed), Facts(((typed, typed),))), title=typed
    )
    assert words(render.pdf(everywhere, at=AT)).count(typed) == 5


def test_text_from_right_to_left_is_set_and_cannot_turn_what_follows() -> None:
    text = words(render.pdf(letter(Paragraph("שלום abc\u202edef\u2066ghi")), at=AT))
    assert "abcdefghi" in text
    assert any(character in text for character in "שלום")


def test_a_character_the_typeface_lacks_is_marked_and_explained() -> None:
    text = words(render.pdf(letter(Paragraph("Well done 👩‍🏫🎉 محمد 漢字")), at=AT))
    assert "Well done □□□ □□□□ □□" in text
    assert "□ stands for a character that this typeface does not have" in text


def test_a_letter_with_every_character_has_no_such_explanation(short: bytes) -> None:
    assert "□" not in words(short)


def test_a_typeface_draws_what_its_table_says() -> None:
    points = drawn_by(settings.ASSETS / "fonts" / "Arimo_400Regular.ttf")
    assert {ord(character) for character in "AzéŁЖש€–“”□•"} <= points
    assert drawable("a\u00a0b\tc\U000e0100d\U0001f600", points) == "a\u00a0b cd□"


def test_control_characters_do_no_harm() -> None:
    assert "ab c" in words(render.pdf(letter(Paragraph("a\x00b\x07\tc\ud800")), at=AT))


@pytest.mark.parametrize("columns", [1, 2, 6])
def test_a_long_word_is_broken_and_never_cut_off(columns: int) -> None:
    word = "".join(f"{number:03d}x" for number in range(50))
    table = Table(word, (word,) * columns, ((word,) * columns,))
    everywhere = replace(
        letter(Paragraph(word), Heading(word), table, Facts(((word, word),)), reference=word),
        recipient=(word,),
    )
    pdf = render.pdf(everywhere, at=AT)
    # Right of 187 mm (530 points) is the margin: nothing may stand there.
    boxes = told_by(["pdftotext", "-bbox", "-", "-"], pdf)
    edges = [float(part.split('"')[0]) for part in boxes.split('xMax="')[1:]]
    assert max(edges) <= 531


def test_a_word_that_has_room_is_never_divided() -> None:
    head = ("Action", "Who", "By when", "How it stands")
    what = "Send the attendance officer’s plan for families who miss most"
    rows = ((what, "Sadia Rahman", "19 November 2026", "Overdue"),)
    said = words(render.pdf(letter(Table("Actions", head, rows)), at=AT))
    for word in " ".join(rows[0]).split():
        assert word in said, word


def test_an_empty_letter_is_still_a_letter() -> None:
    bare = replace(letter(recipient=(), marking="", reference=""), title="Nothing")
    assert "Nothing" in words(render.pdf(bare, at=AT))


def test_the_same_letter_at_the_same_moment_has_the_same_bytes() -> None:
    assert render.pdf(long_letter(), at=AT) == render.pdf(long_letter(), at=AT)


def test_a_table_must_be_whole() -> None:
    with pytest.raises(ValueError, match="“Odd” must have as many cells"):
        Table("Odd", ("One", "Two"), (("only one",),))


def test_without_its_fonts_no_letter_is_made(tmp_path: Path, settings: Settings) -> None:
    settings.ASSETS = tmp_path
    with pytest.raises(render.NotRendered, match=r"fonts are not installed.*run make"):
        render.pdf(letter(), at=AT)


def test_a_welsh_letter_says_that_it_is_welsh() -> None:
    welsh: Letter = letter(Paragraph("Annwyl"), language="cy-GB")
    with pikepdf.open(BytesIO(render.pdf(welsh, at=AT))) as pdf:
        assert str(pdf.Root.Lang) == "cy-GB"
