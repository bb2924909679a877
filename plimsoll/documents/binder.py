"""Several tagged PDFs bound into one that is still tagged: pages, structure and bookmarks.

Every structure tree comes along whole. What numbers or names something in it (the tree of
parents, the ids of table headings) gets new numbers and names, since each file began with nought.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pikepdf import (
    Array,
    Dictionary,
    Name,
    NameTree,
    NumberTree,
    Object,
    OutlineItem,
    Page,
    Pdf,
    String,
)

# Above everything that a letter's own margins hold.
STAMP: Final = b"/Artifact <</Type /Pagination>> BDC q /%s Do Q EMC"


@dataclass(frozen=True)
class Part:
    """One file to bind, under the name that its bookmark gets."""

    title: str
    body: bytes


def pages_of(body: bytes) -> int:
    with Pdf.open(BytesIO(body)) as pdf:
        return len(pdf.pages)


def headings_of(body: bytes) -> list[int]:
    """On which page each heading of a file stands, in their order; the first page is 1."""
    with Pdf.open(BytesIO(body)) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages, start=1)}
        return [numbers[_place(item)[0].objgen] for item in _items(outline.root)]


def bind(front: bytes, parts: Sequence[Part], stamps: bytes = b"") -> bytes:
    """The first file with the others after it. Each page of `stamps` is laid over one page."""
    with Pdf.open(BytesIO(front)) as bound:
        root = bound.Root.StructTreeRoot
        parents = dict(NumberTree(root.ParentTree).items())
        named = dict(NameTree(root.IDTree).items()) if Name.IDTree in root else {}
        marks = []
        for number, part in enumerate(parts, start=1):
            marks.append(OutlineItem(part.title, len(bound.pages)))
            _add(bound, part, str(number), parents, named)
        root.ParentTree = Dictionary(Nums=Array(_flat(sorted(parents.items()))))
        root.ParentTreeNextKey = max(parents, default=-1) + 1
        if named:
            root.IDTree = _tree(named)
        with bound.open_outline() as outline:
            outline.root.extend(marks)
        if stamps:
            _stamp(bound, stamps)
        made = BytesIO()
        bound.save(made, deterministic_id=True)
        return made.getvalue()


def _add(
    bound: Pdf, part: Part, prefix: str, parents: dict[int, Any], named: dict[str, Any]
) -> None:
    with Pdf.open(BytesIO(part.body)) as pdf:
        offset, first = max(parents, default=-1) + 1, len(bound.pages)
        # The pages first: what the structure says of a page then leads to its copy.
        bound.pages.extend(pdf.pages)
        tree = bound.copy_foreign(pdf.Root.StructTreeRoot)
        for page in list(bound.pages)[first:]:
            _renumber(page, offset)
        for key, value in NumberTree(tree.ParentTree).items():
            parents[offset + key] = value
        root = bound.Root.StructTreeRoot
        kids = tree.K if isinstance(tree.K, Array) else Array([tree.K])
        for element in kids:
            element.P = root
            root.K.append(element)
        for element in _elements(kids):
            _rename(element, prefix, named)
        for role, standard in (tree.get(Name.RoleMap) or {}).items():
            root.RoleMap[role] = standard


def _renumber(page: Page, offset: int) -> None:
    if Name.StructParents in page.obj:
        page.obj.StructParents = int(page.obj.StructParents) + offset
    for note in page.obj.get(Name.Annots, Array()):
        if Name.StructParent in note:
            note.StructParent = int(note.StructParent) + offset


def _rename(element: Object, prefix: str, named: dict[str, Any]) -> None:
    """A name of its own for what has one, and for what refers to it."""
    if Name.ID in element:
        name = f"{prefix}-{element.ID}"
        element.ID, named[name] = String(name), element
    if Name.A in element:
        kept = element.A
        for each in kept if isinstance(kept, Array) else Array([kept]):
            if isinstance(each, Dictionary) and Name.Headers in each:
                each.Headers = Array([String(f"{prefix}-{name}") for name in each.Headers])


def _elements(kids: Object) -> Iterator[Object]:
    """Every element of a structure tree, from the top."""
    waiting = list(kids)
    while waiting:
        element = waiting.pop()
        if not isinstance(element, Dictionary) or Name.S not in element:
            continue
        yield element
        below = element.K if Name.K in element else Array()
        waiting.extend(below if isinstance(below, Array) else [below])


def _stamp(bound: Pdf, stamps: bytes) -> None:
    with Pdf.open(BytesIO(stamps)) as pdf:
        for page, stamp in zip(bound.pages, pdf.pages, strict=True):
            drawn = bound.copy_foreign(stamp.as_form_xobject())
            name = page.add_resource(drawn, Name.XObject)
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q " + STAMP % str(name)[1:].encode())


def _tree(named: dict[str, Any]) -> Object:
    """A name tree in one leaf: names sorted as PDF sorts them, by their bytes."""
    entries = sorted(named.items(), key=lambda each: each[0].encode())
    return Dictionary(Names=Array([each for name, kid in entries for each in (String(name), kid)]))


def _flat(pairs: list[tuple[int, Any]]) -> list[Any]:
    return [each for pair in pairs for each in pair]


def _place(item: OutlineItem) -> Array:
    """Where a bookmark leads: its page, and where on it."""
    assert isinstance(item.destination, Array)
    return item.destination


def _items(items: list[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _items(item.children)
