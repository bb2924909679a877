"""Whatever the trail tells of is told in words: no verb of the code reaches a page."""

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings

from plimsoll.cli.generated import WORKFLOWS
from plimsoll.desk import chronology


def written() -> Iterator[str]:
    """Each verb that is spelt out where an event is recorded, or named by a constant there."""
    for path in sorted((settings.ROOT / "plimsoll").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = dict(_constants(tree))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            for word in call.keywords:
                if word.arg == "verb":
                    yield from _spelt(word.value, constants)


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def _spelt(value: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    found = constants.get(value.id, value) if isinstance(value, ast.Name) else value
    if isinstance(found, ast.Constant):
        yield str(found.value)


STEPS = [f"{process.name}.{step.name}" for process in WORKFLOWS for step in process.steps]


@pytest.mark.parametrize("verb", sorted({*written(), *STEPS}))
def test_a_verb_of_the_trail_has_words(verb: str) -> None:
    assert chronology.title(verb) != verb
