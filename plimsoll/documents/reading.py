"""A letter read back from its Word twin: its text, and its blocks.

A PDF cannot be searched or changed safely; the Word twin has the same words and was made here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from docx import Document as Opened
from docx.oxml.table import CT_Tc
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from plimsoll.documents.content import Block, Bullets, Heading, Paragraph, Table

# Where Word keeps words: the body, what stands above, below and beside, and what is said of it.
PLACES: Final = (
    "docProps/", "word/_rels/", "word/charts/", "word/comments", "word/diagrams/", "word/document",
    "word/endnotes", "word/footer", "word/footnotes", "word/header",
)  # fmt: skip
# What is said in no text: of a picture, of whoever changed or noted something, where a link leads.
SAID_ASIDE: Final = ("author", "descr", "title", "tooltip", "Target")
Part = WordParagraph | WordTable
_SAFE: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_ENDS: Final = ("}p", "}br", "}tab", "}cr")


def text_of(body: bytes) -> str:
    """Every word of a Word document, wherever in it, a line for each paragraph.

    Raises ValueError where it is none.
    """
    try:
        with ZipFile(BytesIO(body)) as opened:
            names = [
                name
                for name in opened.namelist()
                if name.startswith(PLACES) and name.endswith((".xml", ".rels"))
            ]
            return "\n".join(_words(opened.read(name)) for name in sorted(names))
    except (BadZipFile, etree.XMLSyntaxError) as wrong:
        raise ValueError("This is no Word document.") from wrong


def _words(xml: bytes) -> str:
    """What stands in one part; words are not parted where only their type changes."""
    said, aside = list[str](), list[str]()
    for _, element in etree.iterwalk(etree.fromstring(xml, _SAFE), events=("end",)):
        if element.text:
            said.append(element.text)
        if str(element.tag).endswith(_ENDS):
            said.append("\n")
        aside += (
            value for key, value in element.items() if etree.QName(key).localname in SAID_ASIDE
        )
    return "\n".join(("".join(said), *aside))


@dataclass(frozen=True)
class Read:
    """A letter as it can be set again: what stands above every page, and what stands under its
    title."""

    marking: str
    blocks: tuple[Block, ...]


def letter_of(body: bytes) -> Read:
    """A letter, from its Word twin."""
    document = Opened(BytesIO(body))
    marking = document.sections[0].header.paragraphs[0].text
    return Read(marking, tuple(_blocks(document.iter_inner_content())))


def _blocks(parts: Iterable[Part]) -> Iterator[Block]:
    """Lines of a list are gathered; a caption waits for its table."""
    caption, items, begun = "", list[str](), False
    for part in parts:
        style = _style(part)
        if items and style != "ListBullet":
            yield Bullets(tuple(items))
            items.clear()
        if isinstance(part, WordTable):
            yield _table(part, caption)
        elif style == "Heading1":
            begun = True
        elif not begun or not part.text.strip():
            continue
        elif style == "ListBullet":
            items.append(part.text)
        elif style == "Caption":
            caption = part.text
        elif style.startswith("Heading"):
            yield Heading(part.text, int(style[-1]))
        else:
            yield Paragraph(part.text)
    if items:
        yield Bullets(tuple(items))


def _style(part: Part) -> str:
    """The style's id; asked for its name, the library would search every style each time."""
    return (part._p.style or "") if isinstance(part, WordParagraph) else ""


def _table(part: WordTable, caption: str) -> Table:
    # `row.cells` would work out the whole table's grid again for each row.
    rows = [tuple(_said(cell) for cell in row.tc_lst) for row in part._tbl.tr_lst]
    return Table(caption, rows[0], tuple(rows[1:]))


def _said(cell: CT_Tc) -> str:
    return "\n".join(line.text for line in cell.p_lst)
