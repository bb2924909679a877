"""Whatever is dropped from a policy or turned into something else, the reader answers."""

import copy
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plimsoll.core.policy import read_table
from plimsoll.framework.check import check
from plimsoll.framework.model import Edition
from tests.framework.conftest import SHIPPED

WHOLE = tomllib.loads(
    (SHIPPED / "liverpool" / "2026-27.toml").read_text(encoding="utf-8"), parse_float=Decimal
) | {"key": "liverpool/2026-27", "digest": "0" * 64}

Place = tuple[str | int, ...]


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Every place in the table, however deep."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for name, item in inner:
        yield (*here, name)
        if isinstance(item, dict | list):
            yield from places(item, (*here, name))


PLACES = list(places(WHOLE))
DROP = object()
SOMETHING_ELSE = st.sampled_from(
    [DROP, 0, -1, 10**30, True, "", "x", "A", "\x00", "{band}", [], [1], [[]], {}, {"x": {}}]
) | st.sampled_from([Decimal("0.5"), date(2026, 9, 1), ["po"], [{"id": "x"}], {"A": "A.x"}])


def mutated(place: Place, change: Any) -> dict[str, Any]:
    table = copy.deepcopy(WHOLE)
    *path, last = place
    inside: Any = table
    for name in path:
        inside = inside[name]
    if change is DROP:
        del inside[last]
    else:
        inside[last] = change
    return table


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), SOMETHING_ELSE)
def test_no_mutation_makes_the_reader_raise(place: Place, change: Any) -> None:
    edition, problems = read_table(mutated(place, change), Edition, file="2026-27.toml")
    assert (edition is None) == bool(problems)
    if edition is not None:
        problems = check(edition, "2026-27.toml")
    assert all(problem.file == "2026-27.toml" and problem.reason for problem in problems)
