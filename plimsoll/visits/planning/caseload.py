"""Who has how much: the schools and the days of each partner, as their reader may know them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import visible
from plimsoll.people.models import User
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.visits.days.across import INSIDE
from plimsoll.visits.days.ledger import Line, in_words
from plimsoll.visits.days.queries import Balance, balances, entries, total
from plimsoll.visits.models import Visit
from plimsoll.visits.planning.balancing import Held, Load
from plimsoll.visits.planning.days import monday
from plimsoll.visits.planning.needs import STANDS

# Whoever holds one of these at a school cannot be its partner.
OF_THE_SCHOOL: Final = ("head", "chair", "leader")


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
