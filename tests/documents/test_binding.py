"""Letters bound into one PDF that is still tagged, judged by what other programs read in it."""

from io import BytesIO

import pikepdf
import pytest

from plimsoll.documents import binder, render
from plimsoll.documents.binder import Part
from plimsoll.documents.content import Heading, Paragraph, Table
from tests.documents.letters import ALLOCATION, letter
from tests.documents.test_render import AT, pages, structure, told_by, words


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    long = [
        Heading("Evidence"),
        *(Paragraph(f"Paragraph {number}. " * 40) for number in range(12)),
        Table("Pupils", ("Year", "Pupils"), (("2025", "210"), ("2026", "198"))),
    ]
    return [
        Part("The first letter", render.pdf(letter(*long), at=AT)),
        Part("The second letter", render.pdf(letter(*ALLOCATION), at=AT)),
    ]


@pytest.fixture(scope="module")
def front() -> bytes:
    return render.pdf(letter(Heading("Index"), Paragraph("What is in it."), *ALLOCATION), at=AT)


@pytest.fixture(scope="module")
def bound(front: bytes, parts: list[Part]) -> bytes:
    return binder.bind(front, parts)


def test_the_bound_file_has_every_page_and_says_it_is_pdf_ua(
    front: bytes, parts: list[Part], bound: bytes
) -> None:
    assert pages(bound) == pages(front) + sum(pages(part.body) for part in parts)
    with pikepdf.open(BytesIO(bound)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"


def test_its_structure_is_that_of_each_file_one_after_the_other(
    front: bytes, parts: list[Part], bound: bytes
) -> None:
    """Only the names of table headings differ: each file had begun with the same ones."""
    expected = tags(structure(front))
    for number, part in enumerate(parts, start=1):
        alone = structure(part.body)
        renamed = alone.replace("TH <U", f"TH <{number}-U").replace("(U", f"({number}-U")
        expected = [one + other for one, other in zip(expected, tags(renamed), strict=True)]
    assert tags(structure(bound))[0] == expected[0]
    assert sorted(tags(structure(bound))[1]) == sorted(expected[1])


def tags(tree: str) -> list[list[str]]:
    """The elements with their words, in order; and their attributes, which have none."""
    lines = tree.splitlines()
    attributes = [line for line in lines if line.lstrip().startswith("/")]
    return [[line for line in lines if line not in attributes], attributes]


def test_the_tree_of_parents_leads_from_every_page_to_its_own_words(bound: bytes) -> None:
    with pikepdf.open(BytesIO(bound)) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        keys = [int(page.obj.StructParents) for page in pdf.pages]
        assert len(set(keys)) == len(keys) == len(list(tree.keys()))
        for page, key in zip(pdf.pages, keys, strict=True):
            for element in tree[key]:
                assert page.obj.objgen in pages_under(element)
        assert pdf.Root.StructTreeRoot.ParentTreeNextKey == max(keys) + 1


def pages_under(element: pikepdf.Object) -> set[tuple[int, int]]:
    """The pages on which an element has words: its own, and those that its words name."""
    named = [element, *(each for each in element.K if isinstance(each, pikepdf.Dictionary))]
    return {each.Pg.objgen for each in named if "/Pg" in each}


def test_the_names_of_table_headings_are_found_once_each(bound: bytes) -> None:
    with pikepdf.open(BytesIO(bound)) as pdf:
        named = dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).items())
        for name, element in named.items():
            assert str(element.ID) == name
        assert structure(bound).count("TH <") == len(named)


def test_bookmarks_lead_to_each_letter(front: bytes, bound: bytes) -> None:
    with pikepdf.open(BytesIO(bound)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[-2:] == ["The first letter", "The second letter"]
    assert binder.headings_of(bound)[-2] == pages(front) + 1


def test_each_page_gets_its_number_as_an_artifact(front: bytes, parts: list[Part]) -> None:
    total = pages(front) + sum(pages(part.body) for part in parts)
    lines = [f"File, page {number} of {total}" for number in range(1, total + 1)]
    bound = binder.bind(front, parts, render.stamps(lines, at=AT))
    leaves = told_by(["pdftotext", "-layout", "-", "-"], bound).split("\f")[:-1]
    assert [line in leaf for line, leaf in zip(lines, leaves, strict=True)] == [True] * total
    assert "File, page" not in structure(bound)
    assert "What is in it." in words(bound)


def test_the_same_files_give_the_same_bytes(front: bytes, parts: list[Part], bound: bytes) -> None:
    assert binder.bind(front, parts) == bound
