"""Who has how much: the partners' days, and how schools could pass so that they are nearer even.

The proposal decides nothing. Whoever gives roles hands a school over, or leaves it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from plimsoll.allocations.brings import in_days
from plimsoll.allocations.models import Cycle
from plimsoll.core.access import visible
from plimsoll.people.models import User
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.schools.types import Phase
from plimsoll.visits.days.across import INSIDE
from plimsoll.visits.days.ledger import Line, in_words
from plimsoll.visits.days.queries import Balance, balances, entries, total
from plimsoll.visits.diary.planning_days import monday
from plimsoll.visits.diary.planning_needs import STANDS
from plimsoll.visits.models import Visit

MOST: Final = 10
# A pass that brings two partners less than a day nearer to one another is not worth a handover.
WORTH: Final = Decimal(1)
# Whoever holds one of these at a school cannot be its partner.
OF_THE_SCHOOL: Final = ("head", "chair", "leader")


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


# --- read from the records -------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One partner in the list."""

    person: int
    name: str
    schools: int
    line: Line
    full_weeks: int


def partners_of(user: User, today: date) -> list[Assignment]:
    """Who works with which of the schools that this person may know of."""
    known = visible(School.objects.all(), user, INSIDE)
    held = Assignment.objects.filter(
        in_force(today), role="sip", school__in=known, kind__in=("held", "acting")
    )
    return list(held.select_related("person", "school").order_by("school__name", "starts", "pk"))


def by_school(cycle: Cycle, user: User) -> dict[int, Balance]:
    rows = entries(user, INSIDE).filter(year=cycle.year)
    return {urn: each for (urn,), each in balances(rows, "school_id").items()}


def rows(
    held: Sequence[Assignment], days: Mapping[int, Balance], full: Mapping[int, int]
) -> list[Row]:
    """Each partner with the schools and their days, by name."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for each in held:
        found[each.person.name, each.person_id].append(each.school_id)  # type: ignore[arg-type]
    return [
        Row(
            person=person,
            name=name,
            schools=len(urns),
            line=in_words(total(days.get(urn, Balance()) for urn in urns), label=name),
            full_weeks=full.get(person, 0),
        )
        for (name, person), urns in sorted(found.items())
    ]


def full_weeks(cycle: Cycle) -> dict[int, int]:
    """In how many weeks of the year each partner has more than policy's most."""
    weeks: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    visits = Visit.objects.filter(year=cycle.year, state__in=STANDS)
    for person, on, days in visits.values_list("partner", "on", "days"):
        weeks[person, monday(on)] += days
    found: dict[int, int] = defaultdict(int)
    for (person, _), days in weeks.items():
        found[person] += days > cycle.policy.diary.most_a_week
    return found


def loads(held: Sequence[Assignment], days: Mapping[int, Balance]) -> list[Load]:
    found: dict[int, Load] = {}
    for each in held:
        load = found.get(each.person_id) or Load(each.person_id, each.person.name, ())
        school = each.school
        assert school is not None
        entitled = days.get(school.pk, Balance()).entitled
        own = Held(school.pk, school.name, school.phase, entitled, each.pk)
        found[each.person_id] = replace(load, schools=(*load.schools, own))
    return list(found.values())


def barred(today: date) -> frozenset[tuple[int, int]]:
    """Who can never have which school: a post at it, or an interest that was ever declared."""
    posts = Assignment.objects.filter(in_force(today), role__in=OF_THE_SCHOOL)
    declared = Assignment.objects.filter(role="sip").exclude(interest="")
    pairs = [
        *posts.values_list("person", "school"),
        *declared.values_list("person", "school"),
    ]
    return frozenset((person, urn) for person, urn in pairs if urn is not None)
