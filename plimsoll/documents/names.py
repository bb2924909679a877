"""File names that are safe to keep, to send and to save on any computer."""

import re
from pathlib import PurePosixPath
from typing import Final

from plimsoll.documents.content import plain

LONGEST: Final = 120
_RESERVED: Final = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def safe(name: str) -> str:
    """The name without folders, control characters and what Windows refuses.

    Slashes in a title ("2026/27") are no folders there; an upload's folders go because
    Django keeps the last part of its name only.
    """
    tidy = re.sub(r'[\\/:*?"<>|]+', "-", " ".join(plain(name).split()))
    path = PurePosixPath(tidy.strip(" .-") or "document")
    extension = path.suffix[:10]
    stem = path.name.removesuffix(path.suffix)[: LONGEST - len(extension)].rstrip(" .-")
    return f"{'_' if _RESERVED.match(stem) else ''}{stem or 'document'}{extension.lower()}"
