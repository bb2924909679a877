"""How schools could pass from partner to partner so that their days are nearer to even.

The proposal decides nothing. Whoever gives roles hands a school over, or leaves it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from plimsoll.allocations.brings import in_days
from plimsoll.schools.types import Phase

MOST: Final = 10
# A pass that brings two partners less than a day nearer to one another is not worth a handover.
WORTH: Final = Decimal(1)


@dataclass(frozen=True)
class Held:
    """A school that a partner works with: its days, and the role that could be handed over."""

    urn: int
    name: str
    phase: str
    days: Decimal
    assignment: int


@dataclass(frozen=True)
class Load:
    person: int
    name: str
    schools: tuple[Held, ...]

    @property
    def days(self) -> Decimal:
        return sum((school.days for school in self.schools), Decimal(0))

    def knows(self, phase: str) -> bool:
        return any(school.phase == phase for school in self.schools)


@dataclass(frozen=True)
class Pass:
    """A school that could pass from one partner to another, and what that would do."""

    school: Held
    giver: Load
    taker: Load

    @property
    def why(self) -> str:
        days, phase = self.school.days, Phase(self.school.phase).label.lower()
        known = "already works" if self.taker.knows(self.school.phase) else "does not work yet"
        return (
            f"{self.giver.name} would come from {in_days(self.giver.days)} to "
            f"{in_days(self.giver.days - days)}, {self.taker.name} from "
            f"{in_days(self.taker.days)} to {in_days(self.taker.days + days)}. "
            f"{self.taker.name} {known} with other schools of this phase ({phase})."
        )


def balanced(loads: Sequence[Load], barred: frozenset[tuple[int, int]]) -> list[Pass]:
    """Which schools could pass, the one that evens most first; never a barred pair.

    A partner who has schools of that phase is preferred. No school passes twice.
    """
    now = {load.person: load for load in loads}
    passed: list[Pass] = []
    while len(passed) < MOST:
        gone = {each.school.urn for each in passed}
        best = max(_worth_it(now.values(), barred, gone), key=_merit, default=None)
        if best is None:
            break
        passed.append(best)
        giver, taker = best.giver, best.taker
        kept = tuple(school for school in giver.schools if school != best.school)
        now[giver.person] = replace(giver, schools=kept)
        now[taker.person] = replace(taker, schools=(*taker.schools, best.school))
    return passed


def _worth_it(
    loads: Iterable[Load], barred: frozenset[tuple[int, int]], gone: set[int]
) -> Iterable[Pass]:
    loads = sorted(loads, key=lambda load: (load.name, load.person))
    for giver in loads:
        for taker in loads:
            for school in giver.schools:
                each = Pass(school, giver, taker)
                allowed = (taker.person, school.urn) not in barred and school.urn not in gone
                if giver != taker and allowed and _nearer(each) >= WORTH:
                    yield each


def _nearer(each: Pass) -> Decimal:
    """By how many days the two come nearer to one another."""
    gap = each.giver.days - each.taker.days
    return gap - abs(gap - 2 * each.school.days)


def _merit(each: Pass) -> tuple[bool, Decimal, int]:
    evens = each.school.days * (each.giver.days - each.taker.days - each.school.days)
    return each.taker.knows(each.school.phase), evens, -each.school.urn
