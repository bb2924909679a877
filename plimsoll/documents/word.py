"""The same letter as a Word document, with real styles, for those who must edit or listen."""

from datetime import datetime
from functools import lru_cache, singledispatch
from io import BytesIO

from docx import Document as NewDocument
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from plimsoll.documents.content import (
    Bullets,
    Chart,
    Facts,
    Heading,
    Letter,
    Note,
    Pairs,
    Paragraph,
    Signatures,
    Table,
    in_words,
    plain,
)

FONT = "Arial"
INK = RGBColor(0x1D, 0x3C, 0x5A)


def docx(letter: Letter, *, at: datetime) -> bytes:
    """The letter's bytes as a Word document."""
    document = NewDocument(BytesIO(_template(letter.language)))
    _describe(document, letter, at)
    _frame(document, letter)
    _open(document, letter)
    for block in letter.blocks:
        _write(block, document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _describe(document: Document, letter: Letter, at: datetime) -> None:
    about = document.core_properties
    about.title = plain(letter.title)[:255]
    about.author = about.last_modified_by = plain(letter.sender.service)[:255]
    about.subject = plain(letter.reference)[:255]
    about.language = letter.language
    about.comments = ""
    about.created = about.modified = at


@lru_cache(maxsize=4)
def _template(language: str) -> bytes:
    """An empty document, dressed once for all letters of its language."""
    document = NewDocument()
    _dress(document, language)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _styled(document: Document, words: str, style: str) -> WordParagraph:
    """A paragraph of a style. Given the name, the library would search every style each time."""
    line = document.add_paragraph(plain(words))
    line._p.style = style.replace(" ", "")
    return line


def _dress(document: Document, language: str) -> None:
    """The typeface, sizes and language, in the styles and nowhere else."""
    for name, size in (("Normal", 11), ("Heading 2", 12), ("Heading 3", 11)):
        _face(document, name, size)
    _face(document, "Heading 1", 14.5)
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    _face(document, "Caption", 10)
    document.styles["Caption"].font.color.rgb = RGBColor(0, 0, 0)
    for run_defaults in document.styles.element.iter(qn("w:rPrDefault")):
        for words in run_defaults.iter(qn("w:lang")):
            words.set(qn("w:val"), language)


def _face(document: Document, name: str, size: float) -> None:
    style = document.styles[name]
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if name.startswith("Heading"):
        style.font.color.rgb = INK
        style.paragraph_format.keep_with_next = True


def _frame(document: Document, letter: Letter) -> None:
    """Paper, margins, the marking above every page and the page's number below."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(23)
    section.top_margin = section.bottom_margin = Mm(24)
    section.header.paragraphs[0].text = plain(letter.marking)
    footer = section.footer.paragraphs[0]
    footer.text = f"{plain(letter.reference)}\tPage "
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _field(paragraph: object, code: str) -> None:
    """A number that Word works out itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # type: ignore[attr-defined]
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)


def _open(document: Document, letter: Letter) -> None:
    """Letterhead, recipient, date, reference and the title."""
    service = document.add_paragraph().add_run(plain(letter.sender.service))
    service.bold, service.font.size, service.font.color.rgb = True, Pt(15), INK
    for lines in (letter.sender.address, letter.recipient):
        if lines:
            document.add_paragraph(plain("\n".join(lines)))
    document.add_paragraph(f"{in_words(letter.date)}\nReference: {plain(letter.reference)}")
    _styled(document, letter.title, "Heading 1")


@singledispatch
def _write(block: object, document: Document) -> None:
    raise TypeError(f"Word does not know the block {type(block).__name__}.")


@_write.register
def _(block: Heading, document: Document) -> None:
    _styled(document, block.text, f"Heading {block.level}")


@_write.register
def _(block: Paragraph, document: Document) -> None:
    document.add_paragraph(plain(block.text)).paragraph_format.keep_with_next = block.leads


@_write.register
def _(block: Bullets, document: Document) -> None:
    for item in block.items:
        _styled(document, item, "List Bullet")


@_write.register
def _(block: Facts, document: Document) -> None:
    for label, value in block.rows:
        line = document.add_paragraph()
        line.add_run(f"{plain(label)}: ").bold = True
        line.add_run(plain(value))


@_write.register
def _(block: Table, document: Document) -> None:
    _styled(document, block.caption, "Caption")
    table = document.add_table(rows=0, cols=len(block.head))
    table._tbl.tblPr.style = "TableGrid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    _row(table, block.head, head=True)
    for cells in block.rows:
        _row(table, cells)
    document.add_paragraph()


@_write.register
def _(block: Chart, document: Document) -> None:
    for words in filter(None, (block.lead, block.words)):
        document.add_paragraph(plain(words))
    _write(block.table, document)
    for note in block.notes:
        _write(Note(note), document)


@_write.register
def _(block: Pairs, document: Document) -> None:
    for small in block.tables:
        _write(Heading(small.table.caption, level=3), document)
        if small.lead:
            _write(Paragraph(small.lead), document)
        _write(small.table, document)
        for note in small.notes:
            _write(Note(note), document)


@_write.register
def _(block: Note, document: Document) -> None:
    document.add_paragraph().add_run(plain(block.text)).font.size = Pt(9)


def _row(table: WordTable, cells: tuple[str, ...], *, head: bool = False) -> None:
    """One row. A heading row is marked as such: Word repeats it and reads it out."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    # `row.cells` would work out the whole table's grid again for each row.
    for cell, words in zip(row._tr.tc_lst, cells, strict=True):
        WordParagraph(cell.p_lst[0], row).add_run(plain(words)).bold = head
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


@_write.register
def _(block: Signatures, document: Document) -> None:
    if block.closing:
        document.add_paragraph(plain(block.closing)).paragraph_format.keep_with_next = True
    for person in block.people:
        line = document.add_paragraph()
        line.paragraph_format.space_before = Pt(36)
        line.add_run(plain(person.name)).bold = True
        line.add_run(f"\n{plain(person.post)}")
