"""An uploaded file, kept for its person while they read what it would do.

It lies in a folder with a random name, for an hour at most. Whoever takes it renames the
folder first, which only one of two clicks can do.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

KEPT_FOR: Final = timedelta(hours=1)
SALT: Final = "plimsoll.desk.uploads"
LONGEST_NAME: Final = 200  # bytes; file systems take 255
TAKEN: Final = ".taken"


class Gone(Exception):
    """The file was taken already, or its hour is over, or it was somebody else's."""


@dataclass(frozen=True)
class Kept:
    """A file on the disk, and how it is to be read."""

    path: Path
    source: str
    las: list[str]
    year: str


def keep(
    file: UploadedFile, *, source: str, las: list[str], year: str, by: Any, at: datetime
) -> tuple[Kept, str]:
    """Put the file aside; with it comes the ticket by which its person takes it."""
    _sweep(at)
    name = secrets.token_hex(16)
    path = _inside(_root() / name) / _short(PurePath(file.name or "upload.csv").name)
    _root().mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.mkdir(parents=True)
    with path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    how: dict[str, Any] = {"source": source, "las": las, "year": year}
    until = (at + KEPT_FOR).timestamp()
    ticket = {"folder": name, "file": path.name, "by": by.pk, "until": until, "how": how}
    return Kept(path, **how), signing.dumps(ticket, salt=SALT)


@contextmanager
def taken(ticket: str, *, by: Any, at: datetime) -> Iterator[Kept]:
    """The file of this ticket, for this once: afterwards it is removed. Raises Gone."""
    try:
        said = signing.loads(ticket, salt=SALT)
    except signing.BadSignature:
        raise Gone from None
    if said["by"] != by.pk or said["until"] < at.timestamp():
        raise Gone
    folder = _root() / said["folder"]
    mine = folder.with_suffix(TAKEN)
    try:
        folder.rename(mine)
    except OSError:
        raise Gone from None
    try:
        yield Kept(_inside(mine) / said["file"], **said["how"])
    finally:
        shutil.rmtree(mine, ignore_errors=True)


def drop(kept: Kept) -> None:
    """Remove a file that is not to be read."""
    shutil.rmtree(kept.path.parent.parent, ignore_errors=True)


def _sweep(at: datetime) -> None:
    """Remove what nobody took in its hour, and leave as much again to what is being read."""
    for folder in _root().glob("*"):
        # Another click may remove or rename it meanwhile.
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < (at - 2 * KEPT_FOR).timestamp():
                shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return Path(settings.VAR) / "uploads"


def _inside(folder: Path) -> Path:
    """Names tell the year of the figures, those of folders too; a random one must tell none."""
    return folder / "uploads"


def _short(name: str) -> str:
    """No longer than a disk takes; the end of a name tells the day and the format."""
    return name.encode()[-LONGEST_NAME:].decode(errors="ignore")
