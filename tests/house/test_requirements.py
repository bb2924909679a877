"""Every clause of the framework that is built is named by a test that shows it."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.conf import settings

BUILT = (
    *("F1", "F2", "F3", "F4", "E1", "E2", "E3", "E4", "E7", "E12"),
    *("U1", "U2", "U3", "U4", "U5"),
    *("Q1", "Q2", "Q5"),
    *("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10"),
    *("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11"),
)


def names() -> Iterator[str]:
    for path in sorted((settings.ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield node.name


@pytest.fixture(scope="module")
def cited() -> set[str]:
    return {word for name in names() for word in re.split("_", name) if word in BUILT}


@pytest.mark.parametrize("requirement", BUILT)
def test_a_test_names_the_requirement(cited: set[str], requirement: str) -> None:
    assert requirement in cited
