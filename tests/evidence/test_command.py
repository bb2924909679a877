"""`plimsoll import`, as the data officer types it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings

from plimsoll.evidence import sources
from plimsoll.evidence.commands import import_
from plimsoll.schools.models import School
from tests.evidence.conftest import Publish
from tests.evidence.register_file import COLUMNS, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(publish: Publish, settings: LazySettings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path / "var"
    las = ("341", "343", "340")
    rows = [school(900001 + at, **{"LA (code)": la}) for at, la in enumerate(las)]
    return publish(rows, COLUMNS, name="edubasealldata20261101.csv")


def run(*words: object) -> Result:
    return CliRunner().invoke(import_, [str(word) for word in words])


@pytest.mark.parametrize(
    "words", [("--la", "341", "--la", "343"), ("--la", "341", "343"), ("--la=341", "--la=343")]
)
def test_several_authorities_after_one_flag_or_several(path: Path, words: tuple[str, ...]) -> None:
    done = run("gias", path, *words, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["selected"] == 2
    assert sorted(School.objects.values_list("la", flat=True)) == [341, 343]


def test_words_may_come_in_any_order(path: Path) -> None:
    done = run("--json", "--la", "341", "343", "gias", path)
    assert json.loads(done.stdout)["created"] == 2


def test_json_has_the_figures_and_nothing_else_is_printed(path: Path) -> None:
    plain = json.loads(run("gias", path, "--json").stdout)
    assert plain | {"sha256": "", "seconds": 0} == {
        "source": "gias",
        "file": "edubasealldata20261101.csv",
        "sha256": "",
        "as_at": "2026-11-01",
        "rows": 3,
        "selected": 3,
        "accepted": 3,
        "rejected": 0,
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "seconds": 0,
    }


def test_without_json_it_says_it_in_words(path: Path) -> None:
    assert run("gias", path, "--la", "341").output == (
        "edubasealldata20261101.csv, as at 2026-11-01\n"
        "  3 rows, 1 of them asked for\n"
        "  1 new, 0 changed\n"
        "  0 unchanged, 0 turned away\n"
    )


def test_a_dry_run_changes_nothing(path: Path) -> None:
    done = run("gias", path, "--dry-run")
    assert done.exit_code == 0
    assert "This was a dry run: nothing was changed." in done.output
    assert not School.objects.exists()


def test_a_refused_file_is_exit_code_1(path: Path) -> None:
    path.write_bytes(b"")
    done = run("gias", path)
    assert done.exit_code == 1
    assert done.stderr == "edubasealldata20261101.csv is empty. Nothing was changed.\n"
    assert run("gias", path.parent).exit_code == 1
    assert run("gias", path.parent / "missing.csv").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense", "FILE"),
        ("gias",),
        ("gias", "FILE", "--la", "Liverpool"),
        ("gias", "FILE", "-x"),
    ],
)
def test_wrong_use_is_exit_code_2(path: Path, words: tuple[str, ...]) -> None:
    assert run(*(str(path) if word == "FILE" else word for word in words)).exit_code == 2
    assert not School.objects.exists()


def test_help_names_every_source() -> None:
    said = run("--help").output
    for name, source in sources.known().items():
        assert re.search(rf"^    {name} +{re.escape(source.title)}$", said, re.MULTILINE), name
