"""`plimsoll import-folder` and `plimsoll sources`, as the data officer types them."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings

from plimsoll.evidence.commands import import_, import_folder, list_sources
from plimsoll.evidence.models import Fact, ImportRun
from plimsoll.schools.models import School, SchoolLink
from tests.evidence.register_file import COLUMNS, school, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """The files that Dan downloaded, named so that their order by name is the wrong one."""
    settings.VAR = tmp_path / "var"
    folder = tmp_path / "published"
    (folder / "2023-2024").mkdir(parents=True)
    (folder / ".cache").mkdir()
    absence = {"URN": "900001", "LA": "341", "PERCTOT": "5.5", "PPERSABS10": "SUPP"}
    write(folder / "2023-2024" / "a.csv", [absence], absence)
    link = {"URN": "900001", "LinkURN": "900000", "LinkType": "Predecessor"}
    write(folder / "b.csv", [link], link)
    rows = [school(900001, **{"LA (code)": "341"}), school(900002, **{"LA (code)": "343"})]
    write(folder / "z.csv", rows, COLUMNS)
    describing = {"Field Number": "1", "Field Reference": "RECTYPE", "Field Name": "Record type"}
    write(folder / "2023-2024" / "meta.csv", [describing], describing)
    (folder / "page.json").write_text("{}")
    (folder / ".cache" / "z.csv").write_text("hidden")
    return folder


def run(command: Any, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def outcomes(folder: Path, *words: str) -> list[tuple[str, str, str | None]]:
    plain = json.loads(run(import_folder, folder, *words, "--json").stdout)
    return [(each["file"], each["outcome"], each["source"]) for each in plain["files"]]


def test_S3_each_file_is_known_by_its_columns_and_read_in_the_order_it_needs(folder: Path) -> None:
    done = run(import_folder, folder, "--la", "341", "--json")
    assert done.exit_code == 0
    plain = json.loads(done.stdout)
    assert [(each["file"], each["outcome"], each["source"]) for each in plain["files"]] == [
        ("z.csv", "read", "gias"),
        ("b.csv", "read", "gias-links"),
        ("2023-2024/a.csv", "read", "absence"),
        ("2023-2024/meta.csv", "not read", None),
        ("page.json", "not read", None),
    ]
    assert (plain["read"], plain["not read"], plain["refused"]) == (3, 2, 0)
    assert plain["files"][0]["created"] == 1
    assert (School.objects.get().urn, SchoolLink.objects.get().other) == (900001, 900000)
    assert Fact.objects.get(measure="absence.overall").year == "2023-24"


def test_S3_it_says_in_words_what_each_file_brought_or_why_it_is_not_read(folder: Path) -> None:
    assert run(import_folder, folder, "--la", "341").output == (
        "z.csv: the register of schools (GIAS)\n"
        "  1 new, 0 changed, 0 unchanged, 0 turned away\n"
        "b.csv: the register's links between schools (GIAS)\n"
        "  1 new, 0 changed, 0 unchanged, 0 turned away\n"
        "2023-2024/a.csv: absence in schools (performance tables)\n"
        "  1 new, 0 changed, 0 unchanged, 0 turned away\n"
        "2023-2024/meta.csv: not read\n"
        "  It describes the columns of another file and holds no figures.\n"
        "page.json: not read\n"
        "  page.json is not a CSV file: it is JSON: fetch the publisher’s own CSV or Excel file "
        "instead.\n"
        "3 read, 2 not read, 0 refused\n"
    )


def test_S3_one_broken_file_changes_nothing_and_stops_none(folder: Path) -> None:
    (folder / "a-broken.csv.gz").write_bytes(gzip.compress(b"URN,LinkURN\n" * 99)[:-9])
    (folder / "c-truncated.csv").write_text("URN,LinkURN,LinkType\n900001,900003,Suc")
    (folder / "d-no-year.csv").write_text("URN,PERCTOT,PPERSABS10\n900001,1,2\n")
    done = run(import_folder, folder, "--la", "341", "--json")
    assert done.exit_code == 1
    refused = {
        each["file"]: each["reason"]
        for each in json.loads(done.stdout)["files"]
        if each["outcome"] == "refused"
    }
    assert set(refused) == {"a-broken.csv.gz", "d-no-year.csv"}
    assert "truncated archive" in refused["a-broken.csv.gz"]
    assert "does not say which school year" in refused["d-no-year.csv"]
    assert ImportRun.objects.filter(source="absence").count() == 1


def test_S3_a_file_of_an_unknown_kind_is_no_error(folder: Path) -> None:
    (folder / "menu.csv").write_text("Day,Soup\nMonday,Leek\n")
    (folder / "header.csv").write_text("URN,LinkURN,LinkType\n")
    done = run(import_folder, folder, "--json")
    assert done.exit_code == 0
    reasons = {each["file"]: each["reason"] for each in json.loads(done.stdout)["files"]}
    assert reasons["menu.csv"] == "Its columns are those of no source that this knows."
    assert reasons["header.csv"] == "header.csv has the names of its columns and not one row."


def test_S3_an_error_of_our_own_is_told_and_stops_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plimsoll.evidence.keepers.tables.Rows.finish", lambda keeper: 1 / 0)
    done = run(import_folder, folder, "--json")
    assert done.exit_code == 1
    told = {each["file"]: each["reason"] for each in json.loads(done.stdout)["files"]}
    assert told["b.csv"] == "It could not be read: the log says why."
    assert not ImportRun.objects.filter(source="gias-links").exists()
    assert Fact.objects.count() == 2


def test_S3_the_same_reason_is_given_for_one_file(folder: Path) -> None:
    done = run(import_, "absence", folder / "2023-2024" / "meta.csv")
    assert done.exit_code == 1
    assert done.stderr == (
        "meta.csv is not read. It describes the columns of another file and holds no figures. "
        "Nothing was changed.\n"
    )


def test_wrong_use_is_exit_code_2(folder: Path) -> None:
    assert run(import_folder).exit_code == 2
    assert run(import_folder, folder / "none").exit_code == 2
    assert run(import_folder, folder / "z.csv").exit_code == 2
    assert run(import_folder, folder, "--la", "Liverpool").exit_code == 2


def test_S3_sources_say_what_is_held_and_how_old_it_is(folder: Path) -> None:
    (folder / "z.csv").rename(folder / "edubasealldata20261001.csv")
    run(import_folder, folder)
    plain = {each["source"]: each for each in json.loads(run(list_sources, "--json").stdout)}
    register = plain["gias"]
    assert (register["as_at"], register["schools"], register["years"]) == ("2026-10-01", 2, [])
    assert register["publisher"] == "Department for Education"
    assert register["usual_month"] == "every day"
    assert isinstance(register["age_days"], int)
    absence = plain["absence"]
    assert (absence["years"], absence["schools"], absence["as_at"]) == (["2023-24"], 1, None)
    assert (plain["ofsted"]["file"], plain["ofsted"]["schools"]) == (None, 0)
    said = run(list_sources).output
    assert "absence: absence in schools (performance tables)\n" in said
    assert "  School years: 2023-24\n" in said
    assert "  Covers 2 schools\n" in said
    assert "  Nothing is held.\n" in said
