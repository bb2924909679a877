"""Files as they come: packed, in several encodings, and broken in several ways."""

import gzip
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from plimsoll.core.streams import Malformed, Table, Unreadable, table

TEXT = 'URN,Name\r\n900001,"Harbour View"\r\n900002,Café\r\n'
ROWS = [["900001", "Harbour View"], ["900002", "Café"]]


def read(path: Path, **options: int) -> tuple[list[str], list[list[str] | Malformed]]:
    with table(path, **options) as opened:
        return opened.columns, [row for _, row in opened.rows()]


def kept(tmp_path: Path, data: bytes, name: str = "schools.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def zipped(data: bytes, *names: str, path: Path) -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_ending_gives_the_same_rows(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    data = TEXT.replace("\r\n", newline).encode(encoding)
    assert read(kept(tmp_path, data)) == (["URN", "Name"], ROWS)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_packed_file_is_known_by_what_it_is_and_not_by_its_name(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    assert read(kept(tmp_path, pack(TEXT.encode()), "misleading.txt"))[1] == ROWS


def test_a_zip_with_one_file_is_read(tmp_path: Path) -> None:
    data = zipped(TEXT.encode(), "schools.csv", path=tmp_path / "made.zip")
    assert read(kept(tmp_path, data))[1] == ROWS


def test_bytes_that_windows_1252_leaves_undefined_do_not_stop_the_file(tmp_path: Path) -> None:
    data = b"URN,Name\n900001,Caf\xe9 \x81\n"
    assert read(kept(tmp_path, data))[1] == [["900001", "Café �"]]


def test_the_sha256_is_that_of_the_file_as_it_is(tmp_path: Path) -> None:
    # printf "a,b\n1,2\n" | sha256sum
    with table(kept(tmp_path, b"a,b\n1,2\n")) as opened:
        assert opened.sha256 == "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470"


def test_a_row_of_another_width_is_told_apart_and_the_rest_is_read(tmp_path: Path) -> None:
    _, rows = read(kept(tmp_path, b"a,b\n1\n2,3\n4,5,6\n"))
    assert rows == [
        Malformed("1", "The row has 1 cells; the header has 2 columns."),
        ["2", "3"],
        Malformed("4,5,6", "The row has 3 cells; the header has 2 columns."),
    ]


def test_quotation_marks_that_do_not_match_spoil_one_row_only(tmp_path: Path) -> None:
    _, (spoilt, fine) = read(kept(tmp_path, b'a,b\n"1"x,2\n3,4\n'))
    assert isinstance(spoilt, Malformed)
    assert fine == ["3", "4"]


def test_lines_are_counted_over_cells_of_several_lines(tmp_path: Path) -> None:
    with table(kept(tmp_path, b'a,b\n"1\n2",3\n\n4,5\n')) as opened:
        assert [line for line, _ in opened.rows()] == [2, 5]


def test_a_last_cell_may_be_left_out_where_the_source_is_known_for_it(tmp_path: Path) -> None:
    with table(kept(tmp_path, b"a,b,c\n1,2\n")) as opened:
        assert list(opened.rows(short_by=1)) == [(2, ["1", "2", ""])]


def refusal(path: Path, **options: int) -> str:
    with pytest.raises(Unreadable) as refused:
        read(path, **options)
    return str(refused.value)


BROKEN = {
    "empty": (b"", "schools.csv is empty."),
    "blank": (b"\n\n", "The first line of schools.csv has no column names."),
    "zeros": (b"\0" * 5000, "schools.csv is not text: it looks like a binary file."),
    "noise": (bytes(range(1, 32)) * 9, "schools.csv is not text: it looks like a binary file."),
    "pdf": (b"%PDF-1.7 ...", "schools.csv is not a CSV file: it is a PDF."),
    "html": (
        b"\n<!DOCTYPE html><title>Sign in</title>",
        "schools.csv is not a CSV file: it is a web page or XML, not the file it links to.",
    ),
    "json": (
        b'{"URN": 900001}',
        (
            "schools.csv is not a CSV file: it is JSON: fetch "
            "the publisher’s own CSV or Excel file instead."
        ),
    ),
    "utf-16": (
        TEXT.encode("utf-16"),
        "schools.csv is not a CSV file: it is in UTF-16: save it as “CSV UTF-8” first.",
    ),
    "mixed": (
        b"\xef\xbb\xbfURN\n\xe9\n",
        "schools.csv says that it is UTF-8 and is not: export it again in one encoding.",
    ),
    "truncated gz": (
        gzip.compress(TEXT.encode() * 50)[:-9],
        "schools.csv is a damaged or truncated archive: fetch it again.",
    ),
    "truncated xz": (
        lzma.compress(TEXT.encode() * 50)[:-9],
        "schools.csv is a damaged or truncated archive: fetch it again.",
    ),
    "truncated zip": (
        b"PK\x03\x04 and no more",
        "schools.csv is a damaged or truncated archive: fetch it again.",
    ),
    "truncated row": (
        b"a,b,c\n1,2,3\n4,5",
        "The file breaks off in the middle of its last row (line 3): it is truncated.",
    ),
    "truncated cell": (
        b'a,b\n1,"2',
        (
            "The file breaks off inside quotation marks that open on line 2: it is truncated, or "
            "a quotation mark is missing."
        ),
    ),
    "endless cell": (
        b'a,b\n1,"' + b"x,y\n" * 50_000,
        "A cell on line 2 is too long for a table of rows.",
    ),
    "endless line": (
        b"a,b\n" + b"x" * 1_200_000,
        "schools.csv has a line of more than 1 MB: it is not a CSV file.",
    ),
}


@pytest.mark.parametrize(("data", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    assert refusal(kept(tmp_path, data)) == said


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    assert refusal(missing) == f"There is no file {missing}."
    assert refusal(tmp_path) == f"{tmp_path} is a folder or a device: name a file."


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = kept(tmp_path, gzip.compress(b"a,b\n" * 600_000))
    assert bomb.stat().st_size < 10_000
    assert refusal(bomb, limit=1 << 20) == (
        "schools.csv is larger than 1 MB when unpacked, which is more than any file this reads."
    )


def test_a_hundred_megabytes_of_nothing_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(100 << 20)
    assert "looks like a binary file" in refusal(path)


def test_an_archive_of_several_files_is_refused_with_their_names(tmp_path: Path) -> None:
    data = zipped(b"a\n1\n", "one.csv", "two.csv", path=tmp_path / "made.zip")
    assert refusal(kept(tmp_path, data)) == (
        "schools.csv holds 2 files and one is wanted: unpack it and name the one to read. "
        "It has: one.csv, two.csv."
    )


def test_a_word_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    data = zipped(b"", "[Content_Types].xml", "word/document.xml", path=tmp_path / "made.zip")
    assert refusal(kept(tmp_path, data)) == (
        "schools.csv is an Office file of a kind that this does not read: save the sheet as "
        ".xlsx or “CSV UTF-8” first."
    )


def test_a_table_names_columns_that_have_no_name(tmp_path: Path) -> None:
    with table(kept(tmp_path, b"URN,,Name\n1,2,3\n")) as opened:
        found: Table = opened
        assert found.columns == ["URN", "(column 2)", "Name"]
