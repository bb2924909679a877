"""Files as somebody careless or malicious hands them in: read, or refused in a sentence."""

import bz2
import io
import os
import re
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from plimsoll.core.streams import NothingToRead, Unreadable, table
from plimsoll.evidence.intake import folders, pipeline
from plimsoll.evidence.models import Fact, ImportRun, Reject
from tests.evidence.conftest import AT, Import

HEADER = "URN,LA,PERCTOT,PPERSABS10\n"
ROW = HEADER + "900001,990,5.2,16\n"
DAMAGED = " is a damaged or truncated archive: fetch it again."


def kept(tmp_path: Path, content: str | bytes, name: str = "absence_2023-24.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(tmp_path: Path, change: Callable[[bytes], bytes] = bytes, **more: bytes) -> Path:
    """One row as Excel writes it, its sheet changed by hand, and parts added."""
    path = tmp_path / "plain.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(ROW.split()):
            sheet.write_row(at, 0, line.split(","))
    changed = tmp_path / "absence_2023-24.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            is_sheet = info.filename == "xl/worksheets/sheet1.xml"
            new.writestr(info.filename, change(part) if is_sheet else part)
        for name, part in more.items():
            new.writestr(name, part)
    return changed


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as refused, table(path) as opened:
        list(opened.rows())
    return str(refused.value)


NOWHERE = "absence_2023-24.xlsx has a cell at a place that no sheet has: save it again."
VAST = (
    "absence_2023-24.xlsx has a sheet of {}, which is more than any file this reads: save only "
    "what is filled in."
)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b'<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>', NOWHERE),
        (b'<row r="2"><c r="A99999999999"><v>1</v></c></row>', NOWHERE),
        (b'<row r="99999999"><c><v>1</v></c></row>', NOWHERE),
        (b'<row r="2"><c r="A0"><v>1</v></c></row>', NOWHERE),
        (
            b'<row r="900000">' + b"<c><v>1</v></c>" * 100 + b"</row>",
            VAST.format("900,000 rows and 100 columns"),
        ),
        (
            b'<row r="1048576"><c t=">" r="&#88;FD1048576"><v>1</v></c></row>',
            VAST.format("1,048,576 rows and 16,384 columns"),
        ),
    ],
)
def test_no_cell_takes_more_memory_than_there_is(tmp_path: Path, row: bytes, said: str) -> None:
    path = workbook(tmp_path, lambda sheet: sheet.replace(b"</sheetData>", row + b"</sheetData>"))
    assert refusal(path) == said


def test_a_vast_sheet_hides_under_no_other_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, **{
        "xl/elsewhere.xml": b'<x><sheetData><row r="1048576"><c r="XFD1"/></row></sheetData></x>',
    })  # fmt: skip
    assert "1,048,576 rows and 16,384 columns" in refusal(path)


def test_a_date_beyond_all_time_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["URN", "Opened"])
        sheet.write_number(1, 1, -1e300, book.add_format({"num_format": "dd/mm/yyyy"}))
    assert refusal(path) == "a.xlsx has a cell that is no date, number or text: look it over."


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<a/>")
    assert refusal(path) == "absence_2023-24.xlsx has two parts of one name: save it again."


def _directory(data: bytes, at: int, value: int) -> bytes:
    """With one byte of the archive's list of contents changed."""
    changed = bytearray(data)
    changed[data.index(b"PK\x01\x02") + at] = value
    return bytes(changed)


@pytest.mark.parametrize(("at", "value"), [(2, 9), (6, 99)])
def test_an_archive_whose_contents_are_not_told_is_refused(
    tmp_path: Path, at: int, value: int
) -> None:
    path = workbook(tmp_path)
    path.write_bytes(_directory(path.read_bytes(), at, value))
    assert refusal(path) == path.name + DAMAGED


def test_a_damaged_bzip2_in_a_zip_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.csv", ROW)
    start = bz2.compress(ROW.encode())[:4]
    path = kept(tmp_path, packed.getvalue().replace(start, b"\0\0\0\0"), "a.zip")
    assert refusal(path) == "a.zip" + DAMAGED
    empty = kept(tmp_path, b"PK\x05\x06" + bytes(18), "b.zip")
    assert refusal(empty) == "b.zip is an archive with no file in it: fetch it again."


@pytest.mark.parametrize(
    ("cell", "value"),
    [("5 %", 5.0), ("£5", 5.0), ("1,2", None), ("1,2,3", None), ("−5", None), ("1e400", None),
     ("NaN", None), ("inf", None), ("٥", None), ("-5", None), ("5%%", None)],
)  # fmt: skip
def test_S3_what_is_no_number_enters_no_figure(
    import_file: Import, tmp_path: Path, cell: str, value: float | None
) -> None:
    run = import_file("absence", kept(tmp_path, f'{HEADER}900001,990,"{cell}",6\n')).run
    assert run.rejected == (value is None)
    held = Fact.objects.filter(measure="absence.overall").values_list("value", flat=True)
    assert list(held) == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("urn", "why"),
    [
        ("0", "It is not between 1 and 2147483647."),
        ("9" * 5000, "It is not between 1 and 2147483647."),
        ("٩٠٠٠٠١", "It is not a whole number."),
    ],
)
def test_a_urn_that_is_none_is_turned_away_in_words(
    import_file: Import, tmp_path: Path, urn: str, why: str
) -> None:
    import_file("absence", kept(tmp_path, f"{HEADER}{urn},990,5,6\n"))
    assert Reject.objects.get().reason == why


KS4 = "time_period,school_urn,old_la_code,t_pupils,t_disadvantaged\n{},900001,990,30,4\n"


def refused(import_file: Import, *words: Any, **options: Any) -> str:
    with pytest.raises(Unreadable) as caught:
        import_file(*words, **options)
    assert not ImportRun.objects.exists()
    return str(caught.value)


def test_S3_a_year_that_contradicts_the_file_is_refused(
    import_file: Import, tmp_path: Path
) -> None:
    path = kept(tmp_path, KS4.format("202324"), "ks4.csv")
    assert refused(import_file, "ks4", path, year="2021-22") == (
        "The file has rows of 2023-24, and it was said to be of 2021-22. It tells the years "
        "itself: leave the school year out."
    )
    assert import_file("ks4", path, year="2023-24").run.created == 1


def test_S3_figures_of_a_year_to_come_are_refused(import_file: Import, tmp_path: Path) -> None:
    path = kept(tmp_path, ROW, "a.csv")
    said = refused(import_file, "absence", path, year="2098-99")
    assert said == "The school year 2098-99 has not begun: say another."
    path = kept(tmp_path, ROW, "absence_2023-24_20991231.csv")
    assert "as at 2099-12-31, which is yet to come" in refused(import_file, "absence", path)
    import_file("ks4", kept(tmp_path, KS4.format("209900"), "ks4.csv"))
    assert Reject.objects.get().reason == "This school year has not begun."


def test_a_million_bad_rows_are_refused_and_not_kept(
    import_file: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MOST_REJECTS", 20)
    path = kept(tmp_path, HEADER + "x,990,5,6\n" * 21)
    assert refused(import_file, "absence", path) == (
        "More than 20 rows cannot be used, so it is not the file that it should be. The first is "
        "line 2, because of “URN”: It is not a whole number."
    )


def test_a_file_of_urns_waits_for_the_register(import_file: Import, tmp_path: Path) -> None:
    path = kept(tmp_path, "URN,KS2 Pupils,Reading Score,Academic Year\n900001,5,100,2016\n")
    with pytest.raises(NothingToRead, match=re.escape("read in the register first, gias.")):
        import_file("ks2", path, las=["990"])


def test_a_name_that_is_no_text_is_kept_with_a_mark(import_file: Import, tmp_path: Path) -> None:
    path = kept(tmp_path, ROW, os.fsdecode(b"absence\xff_2023-24.csv"))
    assert import_file("absence", path).run.file == "absence\ufffd_2023-24.csv"
    path.write_text("A,B\n1,2\n")
    with pytest.raises(Unreadable) as caught:
        import_file("absence", path)
    str(caught.value).encode()


def test_a_folder_that_leads_back_to_itself_and_to_nothing_is_read_once(
    import_file: Import, tmp_path: Path
) -> None:
    folder = tmp_path / "published"
    folder.mkdir()
    kept(folder, ROW)
    (folder / "again").symlink_to(folder)
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    outcomes = list(folders.read(folder, las=[], by=None, clock=lambda: AT, watch=_unwatched))
    assert [(each.file, each.state) for each in outcomes] == [("absence_2023-24.csv", "read")]


def test_a_file_that_goes_while_the_folder_is_read_stops_none_of_the_others(
    import_file: Import, tmp_path: Path
) -> None:
    folder = tmp_path / "published"
    folder.mkdir()
    for year in ("2021-22", "2022-23", "2023-24"):
        kept(folder, ROW, f"absence_{year}.csv")
    reading = folders.read(folder, las=[], by=None, clock=lambda: AT, watch=_unwatched)
    assert next(reading).state == "read"
    gone = folder / "absence_2022-23.csv"
    gone.unlink()
    assert [(each.file, each.state, each.reason) for each in reading] == [
        ("absence_2022-23.csv", "refused", f"There is no file {gone}."),
        ("absence_2023-24.csv", "read", ""),
    ]


def _unwatched(name: str) -> AbstractContextManager[None]:
    return nullcontext()
