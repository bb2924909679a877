"""A letter read back from its Word twin: its text, and its blocks.

A PDF cannot be searched or changed safely; the Word twin has the same words and was made here.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from docx import Document as Opened
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree  # type: ignore[import-untyped]

from plimsoll.documents.content import Block, Bullets, Heading, Paragraph, Table

# Where Word keeps words: the body, what stands above, below and beside, and what is said of it.
PLACES: Final = (
    "docProps/", "word/comments", "word/document", "word/endnotes", "word/footer",
    "word/footnotes", "word/header",
)  # fmt: skip
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
                if name.startswith(PLACES) and name.endswith(".xml")
            ]
            return "\n".join(_words(opened.read(name)) for name in sorted(names))
    except (BadZipFile, etree.XMLSyntaxError) as wrong:
        raise ValueError("This is no Word document.") from wrong


def _words(xml: bytes) -> str:
    """What stands in one part; words are not parted where only their type changes."""
    said: list[str] = []
    for _, element in etree.iterwalk(etree.fromstring(xml, _SAFE), events=("end",)):
        if element.text:
            said.append(element.text)
        if str(element.tag).endswith(_ENDS):
            said.append("\n")
    return "".join(said)


def marking_of(body: bytes) -> str:
    """What stands above every page of a letter."""
    return Opened(BytesIO(body)).sections[0].header.paragraphs[0].text


def blocks_of(body: bytes) -> Iterator[Block]:
    """What a letter says, from under its title on."""
    document = Opened(BytesIO(body))
    caption, items = "", []
    begun = False
    for part in document.iter_inner_content():
        style = _style(part)
        if style == "List Bullet" and begun:
            items.append(_said(part))
            continue
        if items:
            yield Bullets(tuple(items))
            items = []
        if isinstance(part, WordTable):
            yield _table(part, caption)
            caption = ""
        elif style == "Heading 1":
            begun = True
        elif begun and style == "Caption":
            caption = _said(part)
        elif begun and style.startswith("Heading "):
            yield Heading(_said(part), int(style[-1]))
        elif begun and _said(part).strip():
            yield Paragraph(_said(part))
    if items:
        yield Bullets(tuple(items))


def _style(part: WordParagraph | WordTable) -> str:
    style = part.style if isinstance(part, WordParagraph) else None
    return str(style.name) if style is not None else ""


def _said(part: WordParagraph | WordTable) -> str:
    return part.text if isinstance(part, WordParagraph) else ""


def _table(part: WordTable, caption: str) -> Table:
    head, *rows = [tuple(cell.text for cell in row.cells) for row in part.rows]
    return Table(caption, head, tuple(rows))
