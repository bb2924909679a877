"""Rejected rows as a CSV file that a spreadsheet opens without harm."""

import csv
from collections.abc import Iterable
from typing import TextIO

from plimsoll.core.spreadsheets import harmless
from plimsoll.evidence.models import ImportRun, Reject


def write(rejects: Iterable[Reject], out: TextIO) -> None:
    rows = csv.writer(out)
    rows.writerow(("line", "column", "value", "reason"))
    rows.writerows((each.line, each.column, harmless(each.value), each.reason) for each in rejects)


def name(run: ImportRun) -> str:
    """What such a file is called: the same file read in again has the same name."""
    return f"{run.source}-{run.sha256[:12]}.csv"
