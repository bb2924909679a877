"""Where a case stands on its ladder, in policy's own rungs."""

from collections.abc import Iterable, Iterator

from plimsoll.framework.casework import Fact, Ladder, Rung
from plimsoll.framework.checking.ladders import OPENED
from plimsoll.framework.model import Edition
from plimsoll.intervention.models import Case

__all__ = ["OPENED", "every", "facts_of", "is_end", "of"]


def every(ladder: Ladder) -> tuple[Rung, ...]:
    """The rungs, then what may happen at any time."""
    return (*ladder.steps, *ladder.always)


def of(case: Case) -> Rung | None:
    """Where the case stands; nothing before its first step."""
    return next((rung for rung in every(case.steps) if rung.id == case.state), None)


def is_end(rung: Rung) -> bool:
    return not rung.then


def facts_of(case: Case) -> list[Fact]:
    """The facts that the steps of this case's ladder demand, in policy's order."""
    return list(_demanded(case.policy, every(case.steps)))


def _demanded(policy: Edition, rungs: Iterable[Rung]) -> Iterator[Fact]:
    wanted = {fact for rung in rungs for fact in rung.requires}
    return (fact for fact in policy.facts if fact.id in wanted)
