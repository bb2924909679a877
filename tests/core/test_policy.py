"""The reader: what it makes of a table, and what it says when it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from plimsoll.core.policy import (
    LARGEST_FILE,
    Between,
    Matches,
    Problem,
    named,
    read_file,
    read_table,
)


@dataclass(frozen=True, kw_only=True)
class Boat:
    key: str = named()
    length: Decimal


@dataclass(frozen=True, kw_only=True)
class Berth:
    id: Annotated[str, Matches("[a-z]+", "north")]
    depth: Annotated[int, Between(1, 9)]


@dataclass(frozen=True, kw_only=True)
class Harbour:
    name: str
    opened: date
    lit: bool = False
    side: Literal["port", "starboard"] = "port"
    toll: Decimal | None = None
    tides: tuple[int, ...] = ()
    berths: tuple[Berth, ...] = ()
    boats: Mapping[str, Boat]


WHOLE: dict[str, Any] = {
    "name": "Northmoor",
    "opened": date(1901, 5, 1),
    "boats": {"gull": {"length": 7}},
}


def read(**changes: Any) -> tuple[Harbour | None, list[Problem]]:
    return read_table(WHOLE | changes, Harbour, file="harbour.toml")


def complaint(**changes: Any) -> tuple[str, str]:
    """The one problem of a table with these changes: its key and its reason."""
    value, (problem,) = read(**changes)
    assert value is None
    assert problem.file == "harbour.toml"
    return problem.key, problem.reason


def test_a_table_becomes_a_frozen_dataclass_by_its_type_hints() -> None:
    harbour, problems = read(tides=[4, 11], berths=[{"id": "north", "depth": 3}], toll=2)
    assert problems == []
    assert harbour == Harbour(
        name="Northmoor",
        opened=date(1901, 5, 1),
        toll=Decimal(2),
        tides=(4, 11),
        berths=(Berth(id="north", depth=3),),
        boats={"gull": Boat(key="gull", length=Decimal(7))},
    )


def test_a_mapping_cannot_be_changed() -> None:
    harbour, _ = read()
    assert harbour is not None
    with pytest.raises(TypeError):
        harbour.boats["gull"] = Boat(key="gull", length=Decimal(1))  # type: ignore[index]


def test_text_is_trimmed() -> None:
    harbour, _ = read(name="  Northmoor\n")
    assert harbour is not None
    assert harbour.name == "Northmoor"


@pytest.mark.parametrize(
    ("changes", "key", "reason"),
    [
        ({"name": 5}, "name", "must be a text, but is a whole number"),
        ({"name": " "}, "name", "is empty"),
        ({"name": "a\x07b"}, "name", "holds a control or invisible character (U+0007)"),
        ({"name": "a\u202eb"}, "name", "holds a control or invisible character (U+202E)"),
        ({"opened": "1901"}, "opened", "must be a date, but is a text"),
        ({"lit": 1}, "lit", "must be true or false, but is a whole number"),
        ({"toll": True}, "toll", "must be a number, but is true or false"),
        ({"tides": 4}, "tides", "must be a list, but is a whole number"),
        ({"tides": [4, "x"]}, "tides[2]", "must be a whole number, but is a text"),
        ({"tides": [True]}, "tides[1]", "must be a whole number, but is true or false"),
        ({"boats": []}, "boats", "must be a table, but is a list"),
        ({"boats": {"gull": 1}}, "boats.gull", "must be a table, but is a whole number"),
        ({"boats": {"gull": {}}}, "boats.gull.length", "is missing"),
        ({"berths": [{"depth": 3}]}, "berths[1].id", "is missing"),
        (
            {"berths": [{"id": "north", "depth": 10}]},
            "berths[north].depth",
            "must be from 1 to 9, but is 10",
        ),
        (
            {"berths": [{"id": "N 1", "depth": 3}]},
            "berths[1].id",
            'must look like north, but is "N 1"',
        ),
        (
            {"side": "starbord"},
            "side",
            'must be one of "port", "starboard", but is "starbord"; did you mean "starboard"?',
        ),
        ({"nmae": "x"}, "nmae", 'is not a known key; did you mean "name"?'),
        ({"boats": {"gull": {"length": 1, "key": "x"}}}, "boats.gull.key", "is not a known key"),
        ({"a\x00b": 1}, '"a\\u0000b"', "is not a known key"),
    ],
)
def test_each_mistake_is_named_by_key_and_reason(
    changes: dict[str, Any], key: str, reason: str
) -> None:
    assert complaint(**changes) == (key, reason)


def test_all_mistakes_are_told_at_once() -> None:
    value, problems = read_table({"tides": "x", "nam": 1}, Harbour, file="h.toml")
    assert value is None
    assert [str(problem) for problem in problems] == [
        'h.toml: nam: is not a known key; did you mean "name"?',
        "h.toml: name: is missing",
        "h.toml: opened: is missing",
        "h.toml: tides: must be a list, but is a text",
        "h.toml: boats: is missing",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"name = 'x'\nopened = \xff", "is not UTF-8 text (line 2): save it as UTF-8"),
        (b"name = \n", "is not valid TOML: Invalid value (at line 1, column 8)"),
        (b"a = 1\na = 2\n", "is not valid TOML: Cannot overwrite a value (at line 2, column 6)"),
        (b"a = nan", 'is not valid TOML: "nan" is not a number that can be counted with'),
        (b"x" * (LARGEST_FILE + 1), "is larger than 1,000,000 bytes"),
        (b"a = " + b"[" * 5000, "is nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "harbour.toml"
    path.write_bytes(content)
    assert read_file(path, Harbour) == (None, [Problem("harbour.toml", "", reason)])


@pytest.mark.parametrize("content", [b"a = \x00", b"a = '\x1b'", b"a = 1" + b"0" * 5000, b"\x00"])
def test_bytes_that_no_policy_holds_are_one_problem(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "harbour.toml"
    path.write_bytes(content)
    value, (problem,) = read_file(path, Harbour)
    assert value is None
    assert problem.reason.startswith("is not valid TOML: ")


def test_a_file_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    value, (problem,) = read_file(tmp_path / "none.toml", Harbour)
    assert value is None
    assert str(problem) == "none.toml: cannot be read: No such file or directory"


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "harbour.toml"
    path.write_bytes(b"\xef\xbb\xbfname = 'N'\nopened = 1901-05-01\n[boats]\n")
    assert read_file(path, Harbour)[1] == []
