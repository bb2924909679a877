"""A ladder of policy as a table of steps: adding a step to it is a change of policy only.

Every rung becomes a step whose sources are the rungs that may lead to it. What may happen at
any time (a conversion, a category, the Secretary of State's own notice) leads from every rung
that is not an end.
"""

from collections.abc import Iterable
from functools import lru_cache

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.framework import editions
from plimsoll.framework.casework import Ladder, Rung
from plimsoll.intervention.cases.rungs import OPENED, is_end
from plimsoll.intervention.models import Case
from plimsoll.intervention.permissions import SEE, TAKE
from plimsoll.intervention.steps import effects, guards


def process_of(case: Case) -> Workflow:
    """The table of the ladder that the case was opened on."""
    return process(case.edition, case.ladder)


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


def _states(ladder: Ladder) -> dict[str, State]:
    return {
        rung.id: State(
            rung.stands,
            closed=is_end(rung),
            tone="done" if is_end(rung) else "stopped" if rung.notice else "moving",
        )
        for rung in ladder.rungs
    }


def _steps(ladder: Ladder) -> Iterable[Step]:
    open_rungs = (OPENED, *(rung.id for rung in ladder.rungs if not is_end(rung)))
    for rung in ladder.steps:
        sources = [OPENED] if rung.id == ladder.first else []
        sources += [other.id for other in ladder.rungs if rung.id in other.then]
        yield _step(rung, tuple(sources))
    for rung in ladder.always:
        yield _step(rung, tuple(each for each in open_rungs if each != rung.id))


def _step(rung: Rung, sources: tuple[str, ...]) -> Step:
    return Step(
        rung.id,
        rung.label,
        sources,
        rung.id,
        TAKE,
        when=guards.for_this_school(rung),
        guard=guards.of_rung(rung),
        effect=effects.of_rung(rung),
        fields=("on", "reasons"),
        optional=("since",),
    )
