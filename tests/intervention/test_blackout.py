"""Words blacked out of the file: nothing is left of them, however they are looked for (S7)."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from plimsoll.core.workflow import Refused, Stale
from plimsoll.documents.content import Bullets, Heading, Paragraph, Table
from plimsoll.documents.models import Document
from plimsoll.documents.reading import text_of
from plimsoll.intervention.bundle import preparing
from plimsoll.intervention.bundle.blackout import Blackout, Phrase, phrases_of, words_of
from plimsoll.intervention.bundle.choosing import STANDS, UNSEEN, Choice
from plimsoll.intervention.bundle.gathering import gather
from plimsoll.intervention.cases.findings import NewFinding, record_finding
from plimsoll.intervention.models import Bundle, Case, Notice
from tests.cast import NOW, TODAY, Cast
from tests.intervention.bundled import blacked, everything, files_of, made, plain, prepared
from tests.intervention.steps import approved, opened, take

NAME = "Jane O’Connor-Smith"
BLACK = "████ [redacted: a pupil]"


def blacks(text: str, *phrases: str) -> str:
    return Blackout(phrases_of([{"words": each, "why": "a pupil"} for each in phrases])).text(text)


@pytest.mark.parametrize(
    "written",
    [
        NAME,
        NAME.upper(),
        "jane o'connor-smith",
        "Jane\nO’Connor-Smith",
        "Jane\u00a0O’Connor\u2011Smith",
        "Jane \u200b O’Con\u00adnor-Smith",
        "Jane\u2003O’Connor-\nSmith",
        "Ｊａｎｅ O’Connor-Smith",
        "Jane OConnor Smith",
        "jane.oconnor_smith",
        "JaneO’ConnorSmith",
        "Jane O’Con-\nnor-Smi\u2010 \nth",
        "Ja\u0301ne O’Cönnor-Smi\u0308th",
        "Ja\u061cne\u180e O’Con\U000e0100nor-Smith\u200b",
        "Jane\u3164O’Connor-\u2800Smith",
    ],
)
def test_a_phrase_is_found_however_it_is_written(written: str) -> None:
    assert blacks(f"It was {written}, who", NAME) == f"It was {BLACK}, who"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Zoë Müller", "ZOE MULLER"),
        ("Zoe Muller", "Zoe\u0308 Müller"),
        ("Groß", "GROSS"),
        ("Lukasz Bjorn", "Łukasz Bjørn"),
        ("İpek", "ipek"),
        ("020 7946 0000", "020-79460000"),
    ],
)
def test_a_phrase_is_found_with_its_accents_or_without(words: str, written: str) -> None:
    assert blacks(f"It was {written}, who", words) == f"It was {BLACK}, who"


def test_initials_are_not_found_in_every_word() -> None:
    assert blacks("I am A. M. too", "A M") == f"I am {BLACK}. too"


def test_a_phrase_is_found_inside_longer_words() -> None:
    assert blacks("The Smiths’ house", "Smith") == f"The {BLACK}s’ house"


def test_letters_written_as_one_sign_are_found() -> None:
    assert blacks("The o\ufb03ce", "office") == f"The {BLACK}"


def test_the_longest_phrase_goes_first() -> None:
    assert blacks("Jane Smith and Jane", "Jane", "Jane Smith") == f"{BLACK} and {BLACK}"


def test_every_text_of_every_block_is_blacked_out() -> None:
    blocks = (
        Heading(f"About {NAME}"),
        Paragraph(NAME),
        Bullets((NAME, "Nobody")),
        Table(NAME, ("Who", NAME), ((NAME, "2"),)),
    )
    done = Blackout(phrases_of([{"words": NAME, "why": "a pupil"}])).over(blocks)
    assert Phrase(NAME, "").times_in(words_of(done)) == 0
    assert words_of(done).count("[redacted: a pupil]") == 6


def test_a_reason_is_read_as_it_is_written() -> None:
    odd = Blackout((Phrase("Smith", r"\1 \g<0>"),)).text("Smith")
    assert odd == r"████ [redacted: \1 \g<0>]"


# --- preparing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "why", "said"),
    [
        ("J", "a pupil", "One letter"),
        ("(a)", "a pupil", "One letter"),
        ("— —", "a pupil", "One letter"),
        ("Jane", " ", "Say why"),
        ("redacted", "a pupil", "would say the words"),
        ("pupil", "a pupil", "would say the words"),
    ],
)
def test_words_that_could_not_be_blacked_out_are_refused(
    cast: Cast, words: str, why: str, said: str
) -> None:
    bundle = prepared(opened(cast), cast.declan)
    with pytest.raises(Refused, match=said):
        blacked(bundle, cast.declan, words, why)


def test_two_who_black_out_at_once_lose_nothing(cast: Cast) -> None:
    bundle = prepared(opened(cast), cast.declan)
    blacked(bundle, cast.declan, "Jane")
    with pytest.raises(Stale):
        blacked(bundle, cast.dorothy, "Smith")
    assert Bundle.objects.get().phrases == [{"words": "Jane", "why": "personal data"}]


# --- the file -----------------------------------------------------------------------------


def told(cast: Cast, words: str) -> Case:
    """A case whose trigger and whose letter speak of somebody."""
    case = opened(cast)
    Case.objects.filter(pk=case.pk).update(trigger=f"What {words} said")
    notice = approved(case, "concerns")
    parts = {part.id: f"The concern is about {words}, and no other." for part in notice.type.parts}
    Notice.objects.filter(pk=notice.pk).update(texts=parts)
    return take(case, "concerns", cast.priya)


@pytest.mark.parametrize("written", [NAME, NAME.upper(), "Jane\u00a0O'Connor\u2011Smith"])
def test_S7_nothing_of_the_phrase_is_left_in_the_file(cast: Cast, written: str) -> None:
    """In records, letters set anew, names, bookmarks, the index and what is said of the file."""
    case = told(cast, written)
    bundle = preparing.prepare(
        case=case, audience="foi", purpose=f"Request about {NAME}", by=cast.declan, at=NOW
    )
    whole = made(blacked(bundle, cast.declan, NAME, "a member of staff"), cast.declan)
    said = everything(whole)
    for form in (NAME, "Jane O'Connor-Smith", "o’connor", "o'connor", "jane"):
        assert plain(form) not in said, form
    assert plain("[redacted: a member of staff]") in said
    assert plain("Redacted copy, set anew from the stored letter of 5 October 2026") in said
    assert plain("and no other") in said
    letter = Document.objects.get(subject="intervention.notice", media_type="application/pdf")
    assert letter.pk not in {each["document"] for each in whole.files}
    assert bytes(letter.body) not in files_of(whole).values()
    assert whole.withheld["redacted"][0]["times"] > 2


def test_letters_without_the_phrase_stay_as_they_were_given(cast: Cast) -> None:
    case = told(cast, "somebody")
    whole = made(blacked(prepared(case, cast.declan), cast.declan, NAME), cast.declan)
    letter = Document.objects.get(subject="intervention.notice", media_type="application/pdf")
    assert letter.pk in {each["document"] for each in whole.files}


def test_the_preview_says_where_and_how_often(cast: Cast) -> None:
    case = told(cast, NAME)
    bundle = blacked(prepared(case, cast.declan), cast.declan, NAME)
    (found,) = Choice(bundle, gather(bundle, at=NOW)).found
    assert dict(found.places)["5 October 2026: The case was opened"] == 1
    assert found.times > 2


def with_upload(cast: Cast, case: Case, name: str, words: str) -> Document:
    file = SimpleUploadedFile(name, words.encode())
    new = NewFinding(fact="improvement", on=TODAY, text="Seen", file=file)
    document = record_finding(case=case, wanted=new, by=cast.priya, at=NOW).document
    assert document is not None
    return document


def seen(bundle: Bundle, cast: Cast, document: Document) -> Bundle:
    return preparing.black_out(
        bundle=bundle, words="", why="", dropped=(), seen=[f"document-{document.pk}"],
        version=bundle.version, by=cast.declan, at=NOW,
    )  # fmt: skip


def test_S7_an_upload_goes_in_only_when_somebody_has_looked_in_it(cast: Cast) -> None:
    case = told(cast, NAME)
    harmless = with_upload(cast, case, "Seen.csv", "a,b\n1,2\n")
    bundle = blacked(prepared(case, cast.declan), cast.declan, NAME)
    withheld = Choice(bundle, gather(bundle, at=NOW)).withheld
    assert [each.why for each in withheld] == [UNSEEN]
    bundle = seen(bundle, cast, harmless)
    assert not Choice(bundle, gather(bundle, at=NOW)).withheld
    # Other words: whoever looked, did not look for these.
    bundle = blacked(bundle, cast.declan, "Somebody else")
    assert bundle.seen == []


def test_S7_an_upload_in_which_the_words_stand_stays_out_whoever_looked(cast: Cast) -> None:
    case = told(cast, "somebody")
    document = with_upload(cast, case, f"{NAME}.csv", f"{NAME},2\n")
    bundle = seen(blacked(prepared(case, cast.declan), cast.declan, NAME), cast, document)
    withheld = Choice(bundle, gather(bundle, at=NOW)).withheld
    assert [each.why for each in withheld] == [STANDS]
    said = everything(made(bundle, cast.declan))
    assert plain(NAME) not in said
    assert plain(STANDS) in said


def aside(how: str) -> bytes:
    """A Word document that names Jane Smith where no text of it does."""
    word = Opened()
    paragraph = word.add_paragraph("Hello")
    if how == "link":
        word.part.relate_to("mailto:jane.smith@example.org", RT.HYPERLINK, is_external=True)
    elif how == "picture":
        run = paragraph.add_run()._r
        run.append(parse_xml(f'<w:drawing {nsdecls("w", "wp")}><wp:docPr id="1" name="1" '
                             'descr="Jane Smith at the gate"/></w:drawing>'))  # fmt: skip
    else:
        paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="Jane Smith"/>'))
    body = BytesIO()
    word.save(body)
    return body.getvalue()


@pytest.mark.parametrize("how", ["link", "picture", "author"])
def test_S7_what_a_word_document_says_aside_is_read_too(how: str) -> None:
    assert Phrase("Jane Smith", "").times_in(text_of(aside(how))) == 1


def test_S7_a_table_saved_by_an_older_spreadsheet_is_read_too(cast: Cast) -> None:
    case = told(cast, "somebody")
    new = NewFinding(
        fact="improvement", on=TODAY, text="Seen",
        file=SimpleUploadedFile("Staff.csv", "José Núñez,2\n".encode("cp1252")),
    )  # fmt: skip
    record_finding(case=case, wanted=new, by=cast.priya, at=NOW)
    bundle = blacked(prepared(case, cast.declan), cast.declan, "José Núñez")
    withheld = Choice(bundle, gather(bundle, at=NOW)).withheld
    assert [each.why for each in withheld] == [STANDS]


def test_words_taken_away_again_are_no_longer_blacked_out(cast: Cast) -> None:
    bundle = blacked(prepared(told(cast, NAME), cast.declan), cast.declan, NAME)
    facts: dict[str, Any] = {"words": "", "why": "", "dropped": [NAME], "seen": ()}
    bundle = preparing.black_out(
        bundle=bundle, version=bundle.version, by=cast.declan, at=NOW, **facts
    )
    assert plain(NAME) in everything(made(bundle, cast.declan))


def test_words_that_stand_across_two_lines_are_not_missed(cast: Cast) -> None:
    """Half of a name ends one paragraph and half begins the next: its parts are asked for."""
    case = told(cast, "Jane\n\nSmith")
    bundle = blacked(prepared(case, cast.declan), cast.declan, "Jane Smith")
    with pytest.raises(Refused, match="black out its parts"):
        made(bundle, cast.declan)
    for part in ("Jane", "Smith"):
        bundle = blacked(bundle, cast.declan, part)
    assert plain("Jane Smith") not in everything(made(bundle, cast.declan))


def test_S7_the_day_of_a_letter_is_not_left_where_days_are_blacked_out(cast: Cast) -> None:
    """The file's own day cannot be blacked out: then nothing is made, and it says why."""
    bundle = blacked(prepared(told(cast, "somebody"), cast.declan), cast.declan, "October 2026")
    with pytest.raises(Refused, match="what the file says of itself"):
        made(bundle, cast.declan)
