"""Random walks on every ladder of both policies: whatever people try, the law is kept.

What must be allowed and what refused is decided on paper (`walks/law.py`), from what policy's
words mean and never by the product's guards. There are two kinds of walks:

- 1,500 on each of the six ladders, 9,000 in all, go on paper to any step, with dates, findings,
  discussions and letters. Then the product is given the file, and one attempt is made with it:
  right, or with a fact left out, by somebody else, on another day, with a letter that is not
  approved, not whole or too late. It goes through exactly where the paper says so.
- 4 on each ladder, 24 in all, are of 20 things that people do, all with the product: a step is
  tried in vain, with a fact left out and in four wrong ways more, and nothing at all may change;
  then it is taken, and no letter of before may be altered. Each walks on to an end, from where it
  is and from an Ofsted category besides, after which nothing is owed and nothing has effect.
"""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from pytest_django import Settings

from plimsoll.framework.editions import current
from plimsoll.intervention.steps.ladder import process
from tests.cast import make_cast
from tests.intervention.walks.machine import Walk
from tests.intervention.walks.trying import ALLOWED, try_walks

# A voluntary aided school, a unit and an academy.
LADDERS = {"maintained": "harbour_view", "pru": "tidewater", "academy": "dock_road"}
GATES = (
    "role",
    "fact discussion",
    "fact improvement",
    "no approved letter",
    "the letter is not whole",
    "approved before what it rests on",
    "ahead",
    "before the last step",
    "no way leads there",
    "the case is closed",
)
under_both = pytest.mark.parametrize("authority", ["liverpool", "northmoor"])
on_every_ladder = pytest.mark.parametrize("ladder", sorted(LADDERS))


@under_both
@on_every_ladder
def test_I2_I3_I7_a_step_is_refused_exactly_where_the_law_and_the_framework_bar_it(
    db: None, settings: Settings, authority: str, ladder: str
) -> None:
    settings.AUTHORITY = authority
    seen = try_walks(make_cast(), ladder, 1500, seed=5)
    ways = current().ladders[ladder]
    for rung in (*ways.steps, *ways.always):
        assert seen[rung.id, ALLOWED], f"no walk came to {rung.id}"
    for gate in GATES:
        times = sum(count for (_, why), count in seen.items() if why == gate)
        assert times, f"no walk was refused for this alone: {gate}"


@under_both
@on_every_ladder
def test_I2_I3_I7_no_walk_on_any_ladder_leaves_the_law(
    db: None, settings: Settings, authority: str, ladder: str
) -> None:
    settings.AUTHORITY = authority
    cast = make_cast()
    walk = type("Walk", (Walk,), {"cast": cast, "school": getattr(cast, LADDERS[ladder])})
    run_state_machine_as_test(walk, settings=QUICK)


@under_both
@on_every_ladder
def test_I2_every_state_of_every_ladder_leads_to_an_end(
    settings: Settings, authority: str, ladder: str
) -> None:
    """By steps of the ladder itself, besides the closure or conversion that may always come."""
    settings.AUTHORITY = authority
    table, always = process(current().key, ladder), current().ladders[ladder].always
    ended = {name for name, state in table.states.items() if state.closed}
    for _ in table.states:
        steps = [step for step in table.steps if step.name not in {each.id for each in always}]
        ended |= {source for step in steps if step.target in ended for source in step.source}
    assert ended == set(table.states)


QUICK = settings(
    max_examples=4,
    stateful_step_count=20,
    deadline=None,
    database=None,
    phases=(Phase.generate,),  # to make a walk of hundreds of queries shorter takes too long
    suppress_health_check=list(HealthCheck),
)
