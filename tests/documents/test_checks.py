"""What may be uploaded, and what each refusal tells the person to do."""

import io
import socket
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import docx as word_package
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from plimsoll.documents import checks, render
from plimsoll.documents.refusals import Refused
from tests.documents.letters import letter

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
    b":~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND"
    b"\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40 + b"\xff\xd9"


def a_pdf() -> bytes:
    return render.pdf(letter(), at=datetime(2026, 11, 24, tzinfo=UTC))


def a_docx() -> bytes:
    made = io.BytesIO()
    word_package.Document().save(made)
    return made.getvalue()


def an_xlsx() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, "Attendance")
    return made.getvalue()


def zipped(*parts: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts:
            file.writestr(name, content)
    return made.getvalue()


def open_document(kind: str) -> bytes:
    media = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped(("mimetype", media), ("content.xml", b"<x/>"))


def upload(name: str, body: bytes) -> SimpleUploadedFile:
    # The browser's word for it is a lie, and nobody listens.
    return SimpleUploadedFile(name, body, content_type="application/x-msdownload")


GOOD: list[tuple[str, Callable[[], bytes], str]] = [
    ("visit.pdf", a_pdf, "application/pdf"),
    (
        "plan.docx",
        a_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("marks.xlsx", an_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("plan.odt", lambda: open_document("text"), "application/vnd.oasis.opendocument.text"),
    (
        "m.ods",
        lambda: open_document("spreadsheet"),
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    ("wall.png", lambda: PNG, "image/png"),
    ("wall.JPG", lambda: JPEG, "image/jpeg"),
    ("notes.txt", "Ångström £5 “quoted”".encode, "text/plain"),
    ("marks.csv", lambda: "name,£\nZoë,5\n".encode("cp1252"), "text/csv"),
]


@pytest.mark.parametrize(("name", "body", "media_type"), GOOD, ids=[name for name, *_ in GOOD])
def test_a_good_file_is_taken_for_what_it_is(
    name: str, body: Callable[[], bytes], media_type: str
) -> None:
    content = body()
    assert checks.accepted(upload(name, content)) == (content, media_type)


BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty.pdf", lambda: b"", "is empty. Choose the file again"),
    ("setup.exe", lambda: b"MZ" + b"\0" * 80, "not of a kind that can be kept. Save it as PDF"),
    ("visit.pdf.exe", a_pdf, "not of a kind that can be kept"),
    ("noextension", a_pdf, "not of a kind that can be kept"),
    ("page.html", lambda: b"<html>", "not of a kind that can be kept"),
    ("drawing.svg", lambda: b"<svg/>", "not of a kind that can be kept"),
    ("plan.pdf", a_docx, "is named as a PDF, but its content is a Word document"),
    ("marks.docx", an_xlsx, "is named as a Word document, but its content is an Excel workbook"),
    ("plan.txt", a_pdf, "is named as a plain text file, but its content is a PDF"),
    ("plan.pdf", lambda: b"MZ\x90\0", "is named as a PDF, but its content is something else"),
    ("plan.docx", lambda: zipped(("a.txt", b"a")), "but its content is something else"),
    ("notes.txt", lambda: b"a\0b", "is named as a plain text file, but its content is something"),
    ("visit.pdf", lambda: a_pdf()[:-900], "is cut short: its end is missing"),
    ("wall.png", lambda: PNG[:-12], "is cut short. Save the picture again"),
    ("plan.docx", lambda: a_docx()[:-100], "is damaged. Open it, save it again"),
    ("plan.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "before 2007"),
    (
        "plan.docx",
        lambda: zipped(("[Content_Types].xml", b""), ("word/vbaProject.bin", b"x")),
        "holds macros, which could do harm",
    ),
    (
        "plan.odt",
        lambda: zipped(("mimetype", b""), ("Basic/Standard/Module1.xml", b"x")),
        "holds macros",
    ),
    ("bomb.xlsx", lambda: zipped(("xl/workbook.xml", b"\0" * 105 * 1024**2)), "unpacks to more"),
    ("bomb.xlsx", lambda: zipped(*((f"{n}", b"") for n in range(5001))), "unpacks to more"),
]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("name", "body", "says"), BAD, ids=[f"{name}-{n}" for n, (name, *_) in enumerate(BAD)]
)
def test_a_bad_file_is_refused_with_what_to_do(
    name: str, body: Callable[[], bytes], says: str
) -> None:
    with pytest.raises(Refused) as refused:
        checks.accepted(upload(name, body()))
    assert f"“{name}”" in str(refused.value)
    assert says in str(refused.value)


def test_a_file_locked_with_a_password_is_refused() -> None:
    body = bytearray(zipped(("[Content_Types].xml", b"x" * 50)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(mark) + at] |= 1
    with pytest.raises(Refused, match="protected by a password"):
        checks.accepted(upload("plan.docx", bytes(body)))


def test_a_size_that_lies_is_found_out() -> None:
    body = bytearray(zipped(("xl/workbook.xml", b"\0" * 5000)))
    central = body.index(b"PK\x01\x02")
    body[central + 24 : central + 28] = struct.pack("<I", 10)
    with pytest.raises(Refused, match="is damaged"):
        checks.accepted(upload("plan.xlsx", bytes(body)))


def test_a_file_over_the_limit_is_refused(settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    assert checks.accepted(upload("a.txt", b"a" * 1024**2))
    with pytest.raises(Refused, match=r"larger than 1 MB\. Make it smaller"):
        checks.accepted(upload("a.txt", b"a" * (1024**2 + 1)))


# --- the scanner: a stand-in that speaks ClamAV's protocol over a real socket -----------


@contextmanager
def scanner(server: socket.socket, answer: bytes) -> Iterator[list[bytes]]:
    """Answers one INSTREAM request, and keeps what it was sent."""
    sent: list[bytes] = []

    def serve() -> None:
        line, _ = server.accept()
        with line, line.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack(">I", stream.read(4))[0]:
                sent.append(stream.read(length))
            line.sendall(answer)

    server.listen()
    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield sent
    finally:
        thread.join(timeout=5)
        server.close()


def listening(settings: Settings) -> socket.socket:
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"127.0.0.1:{server.getsockname()[1]}"
    return server


def test_a_clean_file_goes_whole_to_the_scanner(settings: Settings) -> None:
    body = b"a" * (2 * 1024**2 + 5)
    with scanner(listening(settings), b"stream: OK\0") as sent:
        checks.accepted(upload("a.txt", body))
    assert b"".join(sent) == body


def test_an_infected_file_is_refused_by_the_name_of_what_was_found(
    settings: Settings,
) -> None:
    with (
        scanner(listening(settings), b"stream: Eicar-Test-Signature FOUND\0"),
        pytest.raises(Refused, match=r"found Eicar-Test-Signature in it\. Tell your IT team"),
    ):
        checks.accepted(upload("a.txt", b"a"))


def test_the_scanner_may_listen_on_a_socket_file(settings: Settings, tmp_path: Path) -> None:
    settings.CLAMD = str(tmp_path / "clamd.sock")
    server = socket.socket(socket.AF_UNIX)
    server.bind(settings.CLAMD)
    with scanner(server, b"stream: OK\0") as sent:
        checks.accepted(upload("a.txt", b"abc"))
    assert sent == [b"abc"]


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_an_answer_that_is_no_answer_is_a_refusal(settings: Settings, answer: bytes) -> None:
    with (
        scanner(listening(settings), answer),
        pytest.raises(Refused, match=r"did not answer\. Try again in a few minutes"),
    ):
        checks.accepted(upload("a.txt", b"a"))


def test_a_scanner_that_is_away_refuses_every_file(settings: Settings) -> None:
    listening(settings).close()
    with pytest.raises(Refused, match="was not kept: the virus scanner did not answer"):
        checks.accepted(upload("a.txt", b"a"))


@pytest.mark.parametrize("address", ["nonsense", "/no/such/socket"])
def test_a_scanner_set_up_wrongly_refuses_every_file(settings: Settings, address: str) -> None:
    settings.CLAMD = address
    with pytest.raises(Refused, match="did not answer"):
        checks.accepted(upload("a.txt", b"a"))
