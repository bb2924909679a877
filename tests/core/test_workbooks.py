"""Excel workbooks: the same rows as the same sheet saved as CSV, and the same refusals."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from plimsoll.core.streams import Malformed, Unreadable, table

Sheets = dict[str, list[list[Any]]]


def workbook(tmp_path: Path, sheets: Sheets, name: str = "schools.xlsx") -> Path:
    path = tmp_path / name
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def wanted(names: Any) -> bool:
    return {"URN", "Name"} <= set(names)


def read(path: Path, **options: Any) -> tuple[list[str], list[tuple[int, list[str] | Malformed]]]:
    with table(path, **options) as opened:
        return opened.columns, list(opened.rows())


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(Unreadable) as refused:
        read(path, **options)
    return str(refused.value)


def test_cells_are_text_as_a_csv_has_them(tmp_path: Path) -> None:
    moment = datetime(2026, 5, 1, 9, 30)  # noqa: DTZ001, a workbook knows no zone
    row = [900001, "Harbour View", 12.5, date(2026, 5, 1), moment, True, 0.1]
    path = workbook(tmp_path, {"A": [["URN", "Name", "a", "b", "c", "d", "e"], row]})
    assert read(path)[1] == [
        (
            2,
            [
                "900001", "Harbour View", "12.5", "2026-05-01", "2026-05-01 09:30:00", "TRUE",
                "0.1",
            ],
        )
    ]  # fmt: skip


def test_the_header_is_found_under_titles_and_on_another_sheet(tmp_path: Path) -> None:
    rows = [["Schools of Harbourside"], [], ["URN", "Name", "Pupils"], [900001, "Harbour View"]]
    path = workbook(tmp_path, {"Notes": [["Read me"]], "Data": rows})
    assert read(path, wanted=wanted) == (
        ["URN", "Name", "Pupils"],
        [(4, ["900001", "Harbour View", ""])],
    )


def test_blank_rows_are_passed_over_and_rows_too_wide_told_apart(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"A": [["URN", "Name"], [], [1, "x", "y"], ["", ""], [2, "z"]]})
    assert read(path)[1] == [
        (3, Malformed("1,x,y", "The row has 3 cells; the header has 2 columns.")),
        (5, ["2", "z"]),
    ]


def test_control_characters_that_no_text_has_become_spaces(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"A": [["URN", "Name"], [1, "Harbour\x1fView\0"]]})
    assert read(path)[1] == [(2, ["1", "Harbour View"])]


def test_a_formula_is_its_last_result_and_never_run(tmp_path: Path) -> None:
    path = tmp_path / "schools.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["URN", "Name"])
        sheet.write_formula(1, 0, "=900000+1", None, 900001)
    assert read(path)[1] == [(2, ["900001", ""])]


def test_several_sheets_without_the_columns_are_refused_with_their_names(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"One": [["a"]], "Two": [["b"]]})
    assert refusal(path, wanted=wanted) == (
        "schools.xlsx has several sheets (“One”, “Two”), and none of them has the columns that "
        "are wanted."
    )


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path, {"A": []})) == "schools.xlsx is empty."


def test_a_bomb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"A": [["URN"], *([["x" * 1000 + str(n)] for n in range(2000)])]})
    assert refusal(path, limit=1 << 20) == (
        "schools.xlsx is larger than 1 MB when unpacked, which is more than any file this reads."
    )


def test_a_sheet_that_claims_billions_of_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "schools.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "URN")
        sheet.write(1_048_575, 16_383, "x")
    assert refusal(path) == (
        "schools.xlsx has a sheet of 1,048,576 rows and 16,384 columns, which is more than any "
        "file this reads: save only what is filled in."
    )


DAMAGED = "schools.xlsx is a damaged workbook, or one that is locked: save it again."


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"A": [["URN"], [1]]})
    data = bytearray(path.read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 20] = bytes(20)
    path.write_bytes(data)
    assert refusal(path) == DAMAGED


def test_parts_without_a_sheet_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "schools.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<broken")
    assert refusal(path) == DAMAGED
