"""However a file of figures is laid out, encoded and packed, and whatever stands in its cells."""

import gzip
import lzma
import zipfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

import pytest
from django.conf import LazySettings
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plimsoll.core.streams import Unreadable
from plimsoll.evidence import sources
from plimsoll.evidence.intake import pipeline
from plimsoll.evidence.intake.pipeline import Result
from plimsoll.evidence.markers import WORDS, Marker
from plimsoll.evidence.models import AreaFact, Fact
from plimsoll.framework.measures import MEASURES
from tests.evidence.conftest import AT
from tests.evidence.figure_files import LAYOUTS, Row
from tests.evidence.figures import Held, of_school
from tests.evidence.register_file import write

pytestmark = pytest.mark.django_db

MARKS: Final = sorted({*WORDS, "SUPP", "NE", "NP", "LOWCOV", "NA", "c", "z", "NULL", " x "})
quickly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
layouts = st.integers(0, len(LAYOUTS) - 1)


def packed(path: Path, packing: str) -> Path:
    target = path.with_name(f"{path.name}{packing}")
    if packing == ".gz":
        target.write_bytes(gzip.compress(path.read_bytes()))
    elif packing == ".xz":
        target.write_bytes(lzma.compress(path.read_bytes()))
    elif packing == ".zip":
        with zipfile.ZipFile(target, "w") as archive:
            archive.write(path, path.name)
    return target


def read(source: str, path: Path) -> tuple[Result, Held]:
    """Read the file in, and forget it again."""
    with transaction.atomic():
        result = pipeline.run(sources.known()[source], path, by=None, at=AT)
        held = of_school(900001)
        assert_sound()
        transaction.set_rollback(True)
    return result, held


def assert_sound() -> None:
    """A figure is within its bounds and without a marker, or a marker and no figure."""
    for model in (Fact, AreaFact):
        for measure, value, marker in model.objects.values_list("measure", "value", "marker"):
            if value is None:
                assert marker in Marker
            else:
                assert not marker
                assert MEASURES[measure].low <= value <= MEASURES[measure].high


@pytest.fixture(autouse=True)
def _kept_apart(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR = tmp_path / "var"


@quickly
@given(
    at=layouts,
    order=st.randoms(use_true_random=False),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    packing=st.sampled_from(["", ".gz", ".xz", ".zip"]),
)
def test_S3_any_order_encoding_and_packing_gives_the_same_figures(
    tmp_path: Path, at: int, order: Random, encoding: str, newline: str, packing: str
) -> None:
    source, name, row, expected = LAYOUTS[at]
    columns = list(row)
    order.shuffle(columns)
    path = write(tmp_path / name, [row], columns, encoding=encoding, newline=newline)
    result, held = read(source, packed(path, packing))
    assert result.rejects == []
    assert held == expected


@quickly
@given(at=layouts, data=st.data())
def test_S3_any_marker_in_any_cell_is_kept_as_it_is_or_turned_away(
    tmp_path: Path, at: int, data: st.DataObject
) -> None:
    source, name, row, expected = LAYOUTS[at]
    column = data.draw(st.sampled_from(list(row)))
    mark = data.draw(st.sampled_from(MARKS))
    path = write(tmp_path / name, [{**row, column: mark}], list(row))
    result, held = read(source, path)
    assert all(reject.reason for reject in result.rejects)
    if not held:
        return  # turned away, or passed over as a row of another kind
    changed = [value for key, value in held.items() if value != expected[key]]
    assert changed in ([], [WORDS[mark.strip().casefold()]])


@quickly
@given(at=layouts, data=st.data())
def test_S3_whatever_stands_in_the_cells_it_never_crashes(
    tmp_path: Path, at: int, data: st.DataObject
) -> None:
    source, name, row, _ = LAYOUTS[at]
    cells = st.sampled_from(["", "0", "-1", "9e999", "1e5", "½", "３", "12%", "£1,000", *MARKS])
    strange = cells | st.text(max_size=12).filter(lambda text: "\x1f" not in text)
    rows: Sequence[Row] = [
        {column: data.draw(strange | st.just(value)) for column, value in row.items()}
        for _ in range(2)
    ]
    try:
        path = write(tmp_path / name, rows, list(row), encoding="utf-8")
    except UnicodeEncodeError:
        return  # half a character, which no file can have
    try:
        result, _ = read(source, path)
    except Unreadable:
        return  # a cell breaks the file as a whole
    assert all(reject.reason for reject in result.rejects)
    assert result.run.rows >= result.run.accepted + result.run.rejected
