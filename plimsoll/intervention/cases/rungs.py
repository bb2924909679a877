"""Where a case stands on its ladder, in policy's own rungs."""

from plimsoll.framework.casework import Fact, Rung
from plimsoll.framework.checking.ladders import OPENED
from plimsoll.intervention.models import Case

__all__ = ["OPENED", "facts_of", "is_end", "of"]


def of(case: Case) -> Rung | None:
    """Where the case stands; nothing before its first step."""
    return next((rung for rung in case.steps.rungs if rung.id == case.state), None)


def named(case: Case, name: str) -> Rung:
    """The rung of this id, which the ladder has."""
    return next(rung for rung in case.steps.rungs if rung.id == name)


def is_end(rung: Rung) -> bool:
    return not rung.then


def facts_of(case: Case) -> list[Fact]:
    """The facts that this case's ladder demands, and the powers it leads to, in policy's order."""
    rungs = case.steps.rungs
    powers = case.policy.powers if any(rung.eligible for rung in rungs) else ()
    wanted = {fact for rung in rungs for fact in rung.requires}
    wanted |= {fact for power in powers for fact in power.requires}
    return [fact for fact in case.policy.facts if fact.id in wanted]
