"""Published files as rows of text, whatever they are packed in and however encoded.

A file is read twice: once to look it over (is it whole, is it text, which encoding, its
SHA-256), once for its rows. So a truncated archive is refused before any row is used. An
Excel workbook gives the same rows of text as the same sheet saved as CSV.
"""

import codecs
import csv
import gzip
import hashlib
import io
import lzma
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

from django.conf import settings

from plimsoll.core import workbooks
from plimsoll.core.workbooks import DAMAGED, BadWorkbook, Wanted

CHUNK: Final = 1 << 20
LINE_LIMIT: Final = 1 << 20
# No text has it; rows may be kept with it between their cells.
UNIT_SEPARATOR: Final = b"\x1f"
# What files that people mistake for a CSV begin with.
MISTAKEN: Final = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file: save it as .xlsx or CSV first",
    b"\xff\xfe": "in UTF-16: save it as “CSV UTF-8” first",
    b"\xfe\xff": "in UTF-16: save it as “CSV UTF-8” first",
    b"<": "a web page or XML, not the file it links to",
    b"{": "JSON: fetch the publisher’s own CSV or Excel file instead",
    b"[": "JSON: fetch the publisher’s own CSV or Excel file instead",
}


class Unreadable(Exception):
    """The file cannot be read as a table. Its text is a sentence that says why."""

    def __str__(self) -> str:
        return legible(super().__str__())


class NothingToRead(Unreadable):
    """Nothing is wrong with the file, but it is no table of this kind, or one without rows."""


def legible(text: str) -> str:
    """With a mark for each byte of a file's name that is no text: it is shown and kept.

    >>> legible("caf\\udce9.csv")
    'caf\ufffd.csv'
    """
    return text.encode(errors="surrogateescape").decode(errors="replace")


@dataclass(frozen=True)
class Malformed:
    """A line that is not a row of this table, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class Look:
    """What the first reading found."""

    sha256: str
    encoding: str
    lines: int
    ends_with_newline: bool


class Lines(Protocol):
    """Rows one after the other, and the line that was last read."""

    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


@dataclass
class Table:
    """A header and its rows."""

    look: Look
    columns: list[str]
    _reader: Lines

    @property
    def sha256(self) -> str:
        return self.look.sha256

    def rows(self, *, short_by: int = 0) -> Iterator[tuple[int, list[str] | Malformed]]:
        """Each row with the line it begins on; blank lines are passed over.

        `short_by` is how many cells at the end a row may lack: some published files leave
        out the last separator, or every empty cell at a row's end.
        """
        reader = self._reader
        width = len(self.columns)
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, self._broken(line, error)
                continue
            except DAMAGED:
                raise Unreadable("The file changed while it was read: read it in again.")
            if row and len(row) < width - min(short_by, 1):
                self._refuse_truncated(line)
            if len(row) == width:
                yield line, row
            elif row and width - short_by <= len(row) < width:
                yield line, row + [""] * (width - len(row))
            elif row:
                yield line, self._misshapen(row)

    def _broken(self, line: int, error: csv.Error) -> Malformed:
        text = str(error)
        if "unexpected end of data" in text:
            raise Unreadable(
                f"The file breaks off inside quotation marks that open on line {line}: it is "
                "truncated, or a quotation mark is missing."
            )
        if "field limit" in text:
            raise Unreadable(f"A cell on line {line} is too long for a table of rows.")
        return Malformed("", f"The quotation marks on this line do not match ({text}).")

    def _refuse_truncated(self, line: int) -> None:
        at_the_end = self._reader.line_num >= self.look.lines
        if at_the_end and not self.look.ends_with_newline:
            raise Unreadable(
                f"The file breaks off in the middle of its last row (line {line}): it is truncated."
            )

    def _misshapen(self, row: list[str]) -> Malformed:
        width = len(self.columns)
        return Malformed(
            ",".join(row), f"The row has {len(row)} cells; the header has {width} columns."
        )


@contextmanager
def table(path: Path, *, limit: int | None = None, wanted: Wanted | None = None) -> Iterator[Table]:
    """Open a CSV file: plain, .gz, .xz or .zip by what it is, not by what it is called.

    Or a workbook, whose header is the first row, on any of its sheets, whose names are
    `wanted`.
    """
    limit = settings.IMPORT_LIMIT if limit is None else limit
    if sheet := _sheet(path, limit, wanted):
        yield sheet
        return
    look = _look_over(path, limit)
    with ExitStack() as stack:
        with _in_words(path):
            raw = stack.enter_context(_unpacked(path))
            text = io.TextIOWrapper(raw, encoding=look.encoding, errors="replace", newline="")
            # Strict, so that quotation marks that do not match are noticed and not guessed at.
            reader = csv.reader(text, strict=True)
            header = _header(path, reader)
        yield Table(look, header, reader)


def _sheet(path: Path, limit: int, wanted: Wanted | None) -> Table | None:
    """The rows of a workbook's sheet; None for a file that is no workbook."""
    if not path.is_file() or not zipfile.is_zipfile(path):
        return None
    with _in_words(path), path.open("rb") as raw, zipfile.ZipFile(raw) as archive:
        if not workbooks.is_workbook(archive.namelist()):
            return None
    digest = _digest(path)
    try:
        with path.open("rb") as raw:
            rows, lines = workbooks.opened(raw, limit, wanted)
    except BadWorkbook as bad:
        raise Unreadable(f"{path.name} {bad}")
    look = Look(digest, "utf-8", lines, ends_with_newline=True)
    return Table(look, _named(path, rows.columns), rows)


def _header(path: Path, reader: Iterator[list[str]]) -> list[str]:
    try:
        return _named(path, [name.strip() for name in next(reader)])
    except csv.Error:
        raise Unreadable(f"The first line of {path.name} is not a line of column names.")


def _named(path: Path, names: list[str]) -> list[str]:
    """A name for each column."""
    if not any(names):
        raise Unreadable(f"The first line of {path.name} has no column names.")
    if any(character < " " for name in names for character in name):
        raise Unreadable(f"{path.name} is not text: it looks like a binary file.")
    return [name or f"(column {place})" for place, name in enumerate(names, 1)]


def _look_over(path: Path, limit: int) -> Look:
    """Read the whole file once; refuse what is no table."""
    digest = _digest(path)
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, size, lines, since_newline, last = "utf-8", 0, 0, 0, b""
    for chunk in _chunks(path):
        if not size:
            _refuse_mistaken(path, chunk)
            if chunk.startswith(codecs.BOM_UTF8):
                encoding = "utf-8-sig"
        size += len(chunk)
        if size > limit:
            raise Unreadable(
                f"{path.name} is larger than {limit >> 20} MB when unpacked, which is more "
                "than any file this reads."
            )
        if b"\0" in chunk or UNIT_SEPARATOR in chunk:
            raise NothingToRead(f"{path.name} is not text: it looks like a binary file.")
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        since_newline = since_newline + len(chunk) if end < 0 else len(chunk) - end - 1
        if since_newline > LINE_LIMIT:
            raise Unreadable(f"{path.name} has a line of more than 1 MB: it is not a CSV file.")
        lines += chunk.count(b"\n") + chunk.count(b"\r") - chunk.count(b"\r\n")
        lines -= last == b"\r" and chunk.startswith(b"\n")
        last = chunk[-1:]
        if encoding != "cp1252":
            encoding = _still_utf8(path, decoder, chunk, encoding)
    if not size:
        raise Unreadable(f"{path.name} is empty.")
    if encoding == "utf-8":
        encoding = _still_utf8(path, decoder, b"", encoding, final=True)
    whole = last in (b"\n", b"\r")
    return Look(digest, encoding, lines + (not whole), whole)


def _still_utf8(
    path: Path, decoder: codecs.IncrementalDecoder, chunk: bytes, encoding: str, final: bool = False
) -> str:
    """The encoding after this chunk: Windows-1252 as soon as it cannot be UTF-8."""
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        if encoding == "utf-8-sig":
            raise Unreadable(
                f"{path.name} says that it is UTF-8 and is not: export it again in one encoding."
            )
        return "cp1252"
    return encoding


def _refuse_mistaken(path: Path, start: bytes) -> None:
    for magic, name in MISTAKEN.items():
        if start.lstrip().startswith(magic):
            raise NothingToRead(f"{path.name} is not a CSV file: it is {name}.")


def _digest(path: Path) -> str:
    """SHA-256 of the file as it is, packed or not."""
    if not path.exists():
        raise Unreadable(f"There is no file {path}.")
    if not path.is_file():
        raise Unreadable(f"{path} is a folder or a device: name a file.")
    with _in_words(path), path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with _in_words(path), _unpacked(path) as raw:
        while chunk := raw.read(CHUNK):
            yield chunk


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """What goes wrong in opening and unpacking a file, as a sentence."""
    try:
        yield
    except DAMAGED as error:
        # Only an error of the disk has words of its own; a damaged bzip2 has none.
        if isinstance(error, OSError) and error.strerror:
            raise Unreadable(f"{path} cannot be read: {error.strerror}.")
        raise Unreadable(f"{path.name} is a damaged or truncated archive: fetch it again.")


@contextmanager
def _unpacked(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as raw:
        magic = raw.read(6)
        raw.seek(0)
        if magic.startswith(b"\x1f\x8b"):
            with gzip.open(raw) as plain:
                yield cast(BinaryIO, plain)
        elif magic.startswith(b"\xfd7zXZ\x00"):
            with lzma.open(raw) as plain:
                yield cast(BinaryIO, plain)
        elif magic.startswith(b"PK"):
            with _only_member(path, raw) as member:
                yield member
        else:
            yield raw


@contextmanager
def _only_member(path: Path, raw: BinaryIO) -> Iterator[BinaryIO]:
    with zipfile.ZipFile(raw) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        names = [info.filename for info in members]
        if "[Content_Types].xml" in names:
            raise NothingToRead(
                f"{path.name} is an Office file of a kind that this does not read: save the "
                "sheet as .xlsx or “CSV UTF-8” first."
            )
        if not members:
            raise Unreadable(f"{path.name} is an archive with no file in it: fetch it again.")
        if len(members) > 1:
            listed = ", ".join(names[:5])
            raise Unreadable(
                f"{path.name} holds {len(members)} files and one is wanted: unpack it and "
                f"name the one to read. It has: {listed}."
            )
        if members[0].flag_bits & 1:
            raise Unreadable(f"{path.name} is locked with a password: unpack it first.")
        try:
            with archive.open(members[0]) as member:
                yield cast(BinaryIO, member)
        except NotImplementedError:
            raise Unreadable(f"{path.name} is packed in a way this cannot read: unpack it first.")
