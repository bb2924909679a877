"""What an uploaded file must be before Plimsoll keeps it.

A file is judged by its content, never by what the browser says of it. Every refusal is a
sentence that tells the person what to do.
"""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from plimsoll.documents import scanner
from plimsoll.documents.names import safe
from plimsoll.documents.refusals import Refused

# What a zipped file (Word, Excel, OpenDocument) may hold once unpacked.
UNPACKED_LIMIT: Final = 100 * 1024 * 1024
PARTS_LIMIT: Final = 5_000
# Parts that can run something.
ACTIVE: Final = (
    "/vbaproject.bin",
    "/vbadata.xml",
    "/macrosheets/",
    "/activex/",
    "/basic/",
    "/scripts/",
)

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    name: str
    media_type: str
    content: str


KINDS: Final = {
    "pdf": Kind("a PDF", "application/pdf", "pdf"),
    "docx": Kind("a Word document", f"{_OFFICE}wordprocessingml.document", "docx"),
    "xlsx": Kind("an Excel workbook", f"{_OFFICE}spreadsheetml.sheet", "xlsx"),
    "odt": Kind("an OpenDocument text", f"{_OPEN}text", "odt"),
    "ods": Kind("an OpenDocument spreadsheet", f"{_OPEN}spreadsheet", "ods"),
    "png": Kind("a PNG picture", "image/png", "png"),
    "jpg": Kind("a JPEG picture", "image/jpeg", "jpeg"),
    "jpeg": Kind("a JPEG picture", "image/jpeg", "jpeg"),
    "csv": Kind("a CSV file", "text/csv", "text"),
    "txt": Kind("a plain text file", "text/plain", "text"),
}
ALLOWED: Final = "PDF, Word (.docx), Excel (.xlsx), OpenDocument, PNG, JPEG, CSV or plain text"


def accepted(file: UploadedFile) -> tuple[bytes, str]:
    """The file's bytes and media type, once everything about it is in order."""
    name = safe(file.name or "")
    _size(name, file.size or 0)
    body = file.read(settings.UPLOAD_LIMIT + 1)
    _size(name, len(body))
    kind = _kind(name, body)
    scanner.clean(name, body)
    return body, kind.media_type


def _size(name: str, size: int) -> None:
    if size == 0:
        raise Refused(f"“{name}” is empty. Choose the file again, or save it again first.")
    if size > settings.UPLOAD_LIMIT:
        raise Refused(
            f"“{name}” is larger than {settings.UPLOAD_LIMIT // 1024**2} MB. Make it smaller, for "
            f"example with smaller pictures, or divide it into parts."
        )


def _kind(name: str, body: bytes) -> Kind:
    extension = PurePosixPath(name).suffix.removeprefix(".")
    kind = KINDS.get(extension)
    if kind is None:
        raise Refused(f"“{name}” is not of a kind that can be kept. Save it as {ALLOWED}.")
    content = recognised(name, body)
    if content != kind.content:
        found = next((other.name for other in KINDS.values() if other.content == content), "")
        instead = f"its content is {found}" if found else "its content is something else"
        raise Refused(
            f"“{name}” is named as {kind.name}, but {instead}. Open it in the program that made "
            f"it, save it again under the right kind, and choose the new file."
        )
    return kind


def recognised(name: str, body: bytes) -> str:
    """What the content is, by its first bytes and, for zipped kinds, by its parts."""
    for start, look in _STARTS.items():
        if body.startswith(start):
            return look(name, body)
    return "text" if _is_text(body) else ""


def _pdf(name: str, body: bytes) -> str:
    if b"%%EOF" not in body[-2048:]:
        raise Refused(f"“{name}” is cut short: its end is missing. Save the PDF again.")
    return "pdf"


def _png(name: str, body: bytes) -> str:
    complete = body[12:16] == b"IHDR" and b"IEND" in body[-64:]
    if not complete:
        raise Refused(f"“{name}” is cut short. Save the picture again.")
    return "png"


def _older_office(name: str, body: bytes) -> str:
    raise Refused(
        f"“{name}” is protected by a password, or in an Office format from before 2007. Save it "
        f"without a password as .docx or .xlsx."
    )


def _zipped(name: str, body: bytes) -> str:
    """A Word, Excel or OpenDocument file, harmless and whole."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as parts:
            _harmless(name, parts)
            return _inside(parts)
    except (zipfile.BadZipFile, struct.error, EOFError, NotImplementedError, ValueError, OSError):
        raise Refused(f"“{name}” is damaged. Open it, save it again and choose the new file.")


def _harmless(name: str, parts: zipfile.ZipFile) -> None:
    listed = parts.infolist()
    if any(part.flag_bits & 1 for part in listed):
        raise Refused(f"“{name}” is protected by a password. Save it without one.")
    inside = [part.filename.lower().replace("\\", "/") for part in listed]
    if any(mark in f"/{path}" for path in inside for mark in ACTIVE):
        raise Refused(
            f"“{name}” holds macros, which could do harm. Save it without macros (.docx, .xlsx)."
        )
    if len(listed) > PARTS_LIMIT or _unpacked(parts, listed) > UNPACKED_LIMIT:
        raise Refused(
            f"“{name}” unpacks to more than {UNPACKED_LIMIT // 1024**2} MB, which could stop the "
            f"computer of whoever opens it. Save it as a PDF instead."
        )


def _unpacked(parts: zipfile.ZipFile, listed: list[zipfile.ZipInfo]) -> int:
    """What the parts really hold, counted no further than the limit: sizes can lie."""
    total = 0
    for part in listed:
        with parts.open(part) as content:
            while chunk := content.read(1024**2):
                total += len(chunk)
                if total > UNPACKED_LIMIT:
                    return total
    return total


def _inside(parts: zipfile.ZipFile) -> str:
    names = set(parts.namelist())
    if "[Content_Types].xml" in names:
        return next((kind for kind, part in _MAIN_PARTS.items() if part in names), "")
    if "mimetype" in names and "content.xml" in names:
        declared = parts.read("mimetype").decode("ascii", "replace").strip()
        return {f"{_OPEN}text": "odt", f"{_OPEN}spreadsheet": "ods"}.get(declared, "")
    return ""


_MAIN_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_STARTS: Final[dict[bytes, Callable[[str, bytes], str]]] = {
    b"%PDF-": _pdf,
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": lambda name, body: "jpeg",
    b"PK": _zipped,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _older_office,
}


def _is_text(body: bytes) -> bool:
    """Text in UTF-8, or as Excel for Windows saves it, without control characters."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(ord(character) < 32 and character not in "\t\r\n\f" for character in text)
    return False
