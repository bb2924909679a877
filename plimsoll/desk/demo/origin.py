"""Where everything published in the demonstration comes from: a run that says what it is."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Final

from plimsoll.desk.demo.days import ago
from plimsoll.evidence.models import ImportRun

# Stands beside every figure, where a real one has its publisher's file.
SOURCE: Final = "Demonstration: {title}"
SINCE: Final = 300


def run_of(file: Path, title: str, *, as_at: date, rows: int, at: datetime) -> ImportRun:
    """A reading of one of the demonstration's own files."""
    return ImportRun.objects.create(
        source=SOURCE.format(title=title),
        file=file.name,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        as_at=as_at,
        at=ago(at, SINCE),
        by_name="Plimsoll",
        rows=rows,
        selected=rows,
        accepted=rows,
        created=rows,
    )
