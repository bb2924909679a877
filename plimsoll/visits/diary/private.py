"""The log of visits whose content is private: dates, days and completion, and nothing else (E12).

What policy marks as `content_private`: the head's performance management, say. Nothing is read
here but days of the calendar and of the ledger.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from plimsoll.allocations.board import NOBODY
from plimsoll.allocations.brings import plain_number
from plimsoll.allocations.models import Cycle
from plimsoll.core.access import visible
from plimsoll.framework.casework import VisitType
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.days.across import partner_names
from plimsoll.visits.days.queries import balances
from plimsoll.visits.diary.queries import visits
from plimsoll.visits.diary.workflow import COMING, OFF, VISIT
from plimsoll.visits.models import Entry, Visit

OVERSEE: Final = "visit.oversee"
# A school year begins with it.
SEPTEMBER: Final = 9


@dataclass(frozen=True)
class Logged:
    """One private visit of a school."""

    visit: Visit
    state: str
    tone: str
    days: str  # that it takes of the ledger, once it is charged to it


@dataclass(frozen=True)
class Completion:
    """How far one school has come in a year."""

    school: School
    partner: str
    planned: date | None
    held: date | None
    completed: date | None
    late: bool


@dataclass(frozen=True)
class Count:
    """How many of the schools were complete by the day that policy names."""

    by: date | None
    done: int
    schools: Sequence[Completion]

    @property
    def of(self) -> int:
        return len(self.schools)


def types(policy: Edition) -> list[VisitType]:
    return [each for each in policy.visits if each.content_private]


def title(policy: Edition) -> str:
    """What policy calls such visits."""
    return ", ".join(each.label for each in types(policy))


def complete_by(policy: Edition, year: str) -> date | None:
    """The day in this school year by which each is to be complete: the first that is named."""
    days = sorted(_in_year(each.complete_by, year) for each in types(policy) if each.complete_by)
    return days[0] if days else None


def _in_year(month_day: str, year: str) -> date:
    month, day = map(int, month_day.split("-"))
    first = int(year[:4]) if month >= SEPTEMBER else int(year[:4]) + 1
    return date(first, month, min(day, monthrange(first, month)[1]))


def log(school: School, year: str, user: User) -> list[Logged]:
    """The private visits of a school in a year, as this person may see them, oldest first."""
    found = visits(user).filter(school=school, year=year, private=True).order_by("on", "pk")
    return [_logged(visit) for visit in found]


def _logged(visit: Visit) -> Logged:
    state = VISIT.state(visit)
    charged = bool(visit.held_on) or bool(visit.charged)
    return Logged(visit, state.label, state.tone, plain_number(visit.days) if charged else "–")


def count(cycle: Cycle, user: User, today: date) -> Count:
    """Every school that is owed such a visit this year or has one; what is open comes first."""
    own = visible(Visit.objects.filter(year=cycle.year, private=True), user, OVERSEE)
    by_school: dict[int, list[Visit]] = {}
    for visit in own.exclude(state__in=OFF).order_by("on", "pk"):
        by_school.setdefault(visit.school_id, []).append(visit)
    last, partners = complete_by(cycle.policy, cycle.year), partner_names(today)
    urns = _owed(cycle, user) | by_school.keys()
    schools = visible(School.objects.filter(pk__in=urns), user, OVERSEE).order_by("name")
    rows = [
        _completion(school, by_school.get(school.pk, ()), partners, last, today)
        for school in schools
    ]
    done = sum(1 for row in rows if row.completed and (last is None or row.completed <= last))
    return Count(last, done, sorted(rows, key=lambda row: row.completed is not None))


def _owed(cycle: Cycle, user: User) -> set[int]:
    """The schools to which the year's entitlement gives such visits."""
    paid = [each.line for each in types(cycle.policy) if each.line]
    granted = Entry.objects.filter(year=cycle.year, line__in=paid)
    sums = balances(visible(granted, user, OVERSEE), "school_id")
    return {urn for (urn,), each in sums.items() if each.entitled > 0 or each.visits_entitled > 0}


def _completion(
    school: School,
    own: Iterable[Visit],
    partners: dict[int, str],
    last: date | None,
    today: date,
) -> Completion:
    own = list(own)
    coming = [visit.on for visit in own if visit.state in COMING]
    held = [visit.held_on for visit in own if visit.held_on]
    completed = [visit.completed_on for visit in own if visit.completed_on]
    done = max(completed, default=None)
    return Completion(
        school=school,
        partner=partners.get(school.pk, NOBODY),
        planned=min(coming, default=None),
        held=max(held, default=None),
        completed=done,
        late=last is not None and (done or today) > last,
    )
