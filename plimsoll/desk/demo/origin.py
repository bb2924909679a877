"""Where everything published in the demonstration comes from: a run that says what it is."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from plimsoll.desk.demo.days import ago
from plimsoll.evidence.models import ImportRun

# Stands beside every figure, where a real one has its publisher's file.
SOURCE: Final = "Demonstration"
SINCE: Final = 300


def run_of(data: Mapping[str, Any], file: Path, *, rows: int, at: datetime) -> ImportRun:
    """The reading of one of the demonstration's own files."""
    return ImportRun.objects.create(
        source=SOURCE,
        file=file.name,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        as_at=data["as_at"],
        at=ago(at, SINCE),
        by_name="Plimsoll",
        rows=rows,
        selected=rows,
        accepted=rows,
        created=rows,
    )
