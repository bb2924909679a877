"""Files that the tests write, and the import that reads them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from plimsoll.evidence import sources
from plimsoll.evidence.intake import pipeline
from plimsoll.evidence.intake.pipeline import Result
from tests.evidence.register_file import write

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

Import = Callable[..., Result]
Publish = Callable[..., Path]


@pytest.fixture
def import_file(db: None, settings: LazySettings, tmp_path: Path) -> Import:
    """`import_file("gias", path, las=["341"])`."""
    settings.VAR = tmp_path / "var"

    def run(source: str, path: Path, **options: Any) -> Result:
        options = {"by": None, "at": AT} | options
        return pipeline.run(sources.known()[source], path, **options)

    return run


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Write a file as published: `publish(rows, columns, name="links.csv")`."""

    def written(
        rows: Iterable[Mapping[str, str]],
        columns: Iterable[str] | None = None,
        *,
        name: str = "published.csv",
        **options: str,
    ) -> Path:
        rows = list(rows)
        return write(tmp_path / name, rows, columns or rows[0], **options)

    return written


def counts(result: Result) -> dict[str, int]:
    """The figures of the account that are not nought."""
    names = ("rows", "selected", "accepted", "rejected", "created", "updated", "unchanged")
    plain = result.as_plain()
    return {name: plain[name] for name in names if plain[name]}
