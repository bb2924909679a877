"""The rules of the house that no other tool checks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

PACKAGE = Path(settings.ROOT) / "plimsoll"
SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)
LAYERS = [
    "core", "framework", "people", "schools", "evidence", "documents", "allocations", "visits",
    "intervention", "desk",
]  # fmt: skip

# Where the day and the hour come in; everything else is told them.
CLOCKS = {"now", "utcnow", "today", "time", "localdate", "localtime"}
CONVERTERS = {"localdate", "localtime"}  # of the instant they are given, if they are
CLOCK_OWNERS = {"timezone", "datetime", "date", "time"}
MAY_READ_THE_CLOCK = {"views", "middleware", "commands", "cli", "config"}
# Permission is about now: what a person may do is never asked for another day.
MAY_READ_THE_CLOCK_ALSO = {"plimsoll/core/access.py"}


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE.parent))


def clock_readings(tree: ast.AST) -> Iterator[int]:
    """The lines with `timezone.now`, called or handed on as a default."""
    conversions = {
        id(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (node.args or node.keywords)
        if isinstance(node.func, ast.Attribute) and node.func.attr in CONVERTERS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and id(node) not in conversions:
            owner = node.value
            if getattr(owner, "id", getattr(owner, "attr", "")) in CLOCK_OWNERS:
                yield node.lineno


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_time_is_passed_in(path: Path) -> None:
    # A slice with many pages has a views file for each kind: cycle_views.py.
    rooms = {part.rpartition("_")[2] for part in path.relative_to(PACKAGE).with_suffix("").parts}
    if rooms & MAY_READ_THE_CLOCK or name_of(path) in MAY_READ_THE_CLOCK_ALSO:
        return
    found = sorted(clock_readings(ast.parse(path.read_text(encoding="utf-8"))))
    assert not found, f"{name_of(path)} reads the clock on lines {found}: pass `at` or `today` in"


def test_no_model_leads_to_a_higher_slice() -> None:
    """import-linter cannot see a foreign key that is written as text."""
    upward = [
        f"{model._meta.label}.{field.name} leads to {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in LAYERS
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model._meta.app_label in LAYERS
        if LAYERS.index(field.related_model._meta.app_label) > LAYERS.index(model._meta.app_label)
    ]
    assert not upward


def test_every_slice_is_known_to_these_rules() -> None:
    slices = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert slices - {"config", "cli"} == set(LAYERS)


def test_files_are_named_for_what_they_hold() -> None:
    vague = {"utils", "helpers", "services", "managers", "misc", "common"}
    assert not [name_of(path) for path in SOURCES if vague & {path.stem, path.parent.name}]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("timezone.now()", [1]),
        ("Field(default=timezone.now)", [1]),
        ("date.today()\ndatetime.datetime.now(UTC)", [1, 2]),
        ("timezone.localdate()", [1]),
        ("timezone.localdate(at)", []),
        ("at.time()", []),
    ],
)
def test_reading_the_clock_is_told_from_reading_an_instant(source: str, lines: list[int]) -> None:
    assert list(clock_readings(ast.parse(source))) == lines


def test_whoever_has_an_account_is_told_and_so_can_choose_one_e_mail_a_day() -> None:
    """An address is posted to only where there is no account yet, or it was just made."""
    posting = {name_of(path) for path in SOURCES if "outbox.post(" in path.read_text("utf-8")}
    assert posting == {"plimsoll/schools/commands.py", "plimsoll/schools/invitations.py"}


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "package-lock.json"])
def test_locks_hold_hashes_and_no_addresses(lock: str) -> None:
    text = (PACKAGE.parent / lock).read_text(encoding="utf-8")
    assert "sha256:" in text or "sha512-" in text
    assert "://" not in text
