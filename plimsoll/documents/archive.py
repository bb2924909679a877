"""A zip of files, written as it is read: nothing of it need be in memory at once.

The same files in the same order give the same bytes, so its hash can be kept without it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils.text import slugify

Files = Iterable[tuple[str, bytes]]
LONGEST: Final = 60
# What a file in a zip may be used for on Unix: read by everybody, written by its owner.
_RIGHTS: Final = 0o644 << 16


class _Pipe:
    """Takes what the zip writes and gives it away again; it cannot go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to close."""

    def taken(self) -> bytes:
        parts, self._parts = b"".join(self._parts), []
        return parts


def zipped(files: Files, *, at: datetime) -> Iterator[bytes]:
    """The zip, piece by piece. Stored as they are: what is in it is packed already."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_STORED) as made:
        for name, body in files:
            entry = ZipInfo(name, at.timetuple()[:6])
            entry.external_attr = _RIGHTS
            made.writestr(entry, body)
            yield pipe.taken()
    yield pipe.taken()


def measured(parts: Iterable[bytes]) -> tuple[int, str]:
    """How long it is, and its SHA-256."""
    size, digest = 0, hashlib.sha256()
    for part in parts:
        size += len(part)
        digest.update(part)
    return size, digest.hexdigest()


def sums(files: Iterable[tuple[str, str]]) -> bytes:
    """Names and hashes as `sha256sum -c` reads them."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in files).encode()


def entry_name(number: int, title: str, extension: str) -> str:
    """A name that every computer can hold and nobody need quote."""
    words = slugify(title)[:LONGEST].strip("-") or "document"
    return f"documents/{number:03d}-{words}.{extension}"
