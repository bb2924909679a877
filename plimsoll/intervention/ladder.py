"""A ladder of policy as a table of steps: adding a step to it is a change of policy only (I1 to I9).

Every rung becomes a step whose sources are the rungs that may lead to it. What may happen at
any time (a conversion, a category, the Secretary of State's own notice) leads from every rung
that is not an end.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.framework import editions
from plimsoll.framework.casework import Ladder, Rung
from plimsoll.intervention import effects, guards
from plimsoll.intervention.models import Case

# Before the first step of its ladder has been taken.
OPENED: Final = "opened"
SEE: Final = "concern.see"


@lru_cache(maxsize=64)
def process(edition: str, ladder: str) -> Workflow:
    """The table of one ladder of one edition."""
    rungs = editions.edition(edition).ladders[ladder]
    return Workflow(
        name="concern",
        see=SEE,
        states={OPENED: State("Opened", tone="moving")} | _states(rungs),
        steps=tuple(_steps(rungs)),
    )


def process_of(case: Case) -> Workflow:
    return process(case.edition, case.ladder)


def every(ladder: Ladder) -> tuple[Rung, ...]:
    """The rungs, then what may happen at any time."""
    return (*ladder.steps, *ladder.always)


def rung_of(case: Case) -> Rung | None:
    """Where the case stands; nothing before its first step."""
    return next((rung for rung in every(case.steps) if rung.id == case.state), None)


def is_end(rung: Rung) -> bool:
    return not rung.then


def _states(ladder: Ladder) -> dict[str, State]:
    return {
        rung.id: State(
            rung.label,
            waits_for="" if is_end(rung) else rung.by,
            closed=is_end(rung),
            tone="done" if is_end(rung) else "stopped" if rung.notice else "moving",
        )
        for rung in every(ladder)
    }


def _steps(ladder: Ladder) -> Iterable[Step]:
    open_rungs = (OPENED, *(rung.id for rung in every(ladder) if not is_end(rung)))
    for rung in ladder.steps:
        sources = [OPENED] if rung.id == ladder.first else []
        sources += [other.id for other in every(ladder) if rung.id in other.then]
        yield _step(rung, tuple(sources))
    for rung in ladder.always:
        sources = [each for each in open_rungs if each != rung.id]
        yield _step(rung, tuple(dict.fromkeys(sources)))


def _step(rung: Rung, sources: tuple[str, ...]) -> Step:
    return Step(
        rung.id,
        rung.label,
        sources,
        rung.id,
        "concern.step",
        when=guards.for_this_school(rung),
        guard=guards.of_rung(rung),
        effect=effects.end if is_end(rung) else effects.of_rung(rung),
        fields=("on", "reasons"),
    )
