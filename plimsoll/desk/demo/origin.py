"""Where everything published in the demonstration comes from: runs that say what they are."""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.utils import timezone

from plimsoll.desk.demo.days import NINE
from plimsoll.evidence.models import ImportRun

# Dan reads a file in some days after it is out.
LATER: Final = timedelta(days=5)


def run_of(file: Path, source: str, *, as_at: date, rows: int, at: datetime) -> ImportRun:
    """A reading of one of the demonstration's own files, as if it were of this source."""
    read_in = timezone.make_aware(datetime.combine(as_at + LATER, NINE))
    return ImportRun.objects.create(
        source=source,
        invented=True,
        file=file.name,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        as_at=as_at,
        at=min(read_in, at),
        by_name="Dan Fox",
        rows=rows,
        selected=rows,
        accepted=rows,
        created=rows,
    )
