"""Whatever the trail tells of is told in words: no verb of the code reaches a page."""

import ast
from collections import defaultdict
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
            if _named(call) in ("note", "_note") and call.args:
                yield from (each for each in _spelt(call.args[0], constants) if "." in each)


def _named(call: ast.Call) -> str:
    """The bare name of what is called: rooms keep notes of what happens by one of their own."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


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


def test_no_two_processes_are_told_by_the_same_words() -> None:
    kinds = defaultdict(set)
    for verb in {*written(), *STEPS}:
        kinds[chronology.title(verb)].add(verb.partition(".")[0])
    assert {title: found for title, found in kinds.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        pytest.param(
            "allocation.release",
            "School Support Allocation: Release to the school",
            id="allocation",
        ),
        pytest.param("report.release", "A report released to the school", id="report"),
        pytest.param("power.proposed", "A power of intervention was proposed", id="power"),
        pytest.param("decision.superseded", "A decision was superseded by another", id="decision"),
        pytest.param("summary.issue", "A termly summary issued to the school", id="summary"),
        pytest.param("somebody.elses", "somebody.elses", id="of-another-edition"),
    ],
)
def test_a_title_says_what_it_is_about(verb: str, words: str) -> None:
    assert chronology.title(verb) == words
