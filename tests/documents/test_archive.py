"""A zip written as it is read, and letters read back from their Word twins."""

import hashlib
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from plimsoll.documents import archive, reading, word
from plimsoll.documents.content import Bullets, Facts, Heading, Paragraph, Table
from tests.documents.letters import MARKING, letter

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FILES = [("file.pdf", b"%PDF" * 1000), ("documents/001-report.txt", "Fähre".encode())]


def test_the_zip_opens_and_holds_each_file() -> None:
    made = b"".join(archive.zipped(FILES, at=AT))
    with ZipFile(BytesIO(made)) as opened:
        assert opened.testzip() is None
        assert [(each, opened.read(each)) for each in opened.namelist()] == FILES
    assert archive.measured(archive.zipped(FILES, at=AT)) == (
        len(made), hashlib.sha256(made).hexdigest(),
    )  # fmt: skip


def test_it_is_given_piece_by_piece() -> None:
    """Each file is given away before the next is asked for."""
    asked: list[str] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for name, body in FILES:
            asked.append(name)
            yield name, body

    parts = archive.zipped(files(), at=AT)
    assert b"%PDF" in next(parts)
    assert asked == ["file.pdf"]


def test_sha256sum_accepts_the_sums(tmp_path: Path) -> None:
    for name, body in FILES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body)
    hashes = [(name, hashlib.sha256(body).hexdigest()) for name, body in FILES]
    (tmp_path / "SHA256SUMS").write_bytes(archive.sums(hashes))
    told = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=True
    )
    assert told.stdout.decode().splitlines() == [f"{name}: OK" for name, _ in FILES]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Report: “Core visit”, 3/11/2026", "documents/007-report-core-visit-3112026.pdf"),
        ("../../etc/passwd", "documents/007-etcpasswd.pdf"),
        ("学校", "documents/007-document.pdf"),
        ("x" * 300, f"documents/007-{'x' * 60}.pdf"),
    ],
)
def test_names_are_safe_everywhere(title: str, expected: str) -> None:
    assert archive.entry_name(7, title, "pdf") == expected


def test_a_letter_is_read_back_from_its_word_twin() -> None:
    blocks = (
        Heading("Evidence"),
        Paragraph("Leaders act."),
        Bullets(("One", "Two")),
        Table("Pupils", ("Year", "Pupils"), (("2026", "198"),)),
        Facts((("Phase", "Primary"),)),
    )
    made = word.docx(letter(*blocks), at=AT)
    assert reading.letter_of(made) == reading.Read(
        MARKING, (*blocks[:4], Paragraph("Phase: Primary"))
    )
    text = reading.text_of(made)
    for said in ("Evidence", "Leaders act.", "Two", "198", "Phase: Primary", "School Improvement"):
        assert said in text


def test_what_is_no_word_document_is_refused() -> None:
    with pytest.raises(ValueError, match="no Word document"):
        reading.text_of(b"%PDF-1.7")
