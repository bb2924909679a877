"""What the reports of a year or a term speak of, by the authority's priorities (F4)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from plimsoll.core.access import visible
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.models import Passage, Report
from plimsoll.visits.reports.queries import SEE


@dataclass(frozen=True)
class Row:
    """One priority: how much is written of it, and the schools that this person may see."""

    text: str
    reports: str
    schools: str
    named: list[School]

    @property
    def is_gap(self) -> bool:
        return self.reports == "0"


@dataclass(frozen=True)
class Coverage:
    rows: list[Row]
    issued: str

    @property
    def gaps(self) -> list[Row]:
        return [row for row in self.rows if row.is_gap]


def coverage(
    policy: Edition, user: User, *, year: str, first: date | None = None, last: date | None = None
) -> Coverage:
    """The issued reports of the year, or of visits between two days, by priority."""
    reports = Report.objects.filter(issued_at__isnull=False, visit__year=year)
    if first and last:
        reports = reports.filter(visit__held_on__range=(first, last))
    schools_of = dict(reports.values_list("pk", "visit__school_id"))
    mine = set(visible(reports, user, SEE).values_list("pk", flat=True))
    spoken = _spoken(reports)
    names = School.objects.in_bulk({schools_of[pk] for pks in spoken.values() for pk in pks & mine})
    rows = [
        _row(priority.text, spoken.get(priority.id, set()), mine, schools_of, names, policy)
        for priority in policy.priorities
    ]
    return Coverage(rows, str(len(schools_of)))


def _row(
    text: str,
    about: set[int],
    mine: set[int],
    schools_of: dict[int, int],
    names: dict[int, School],
    policy: Edition,
) -> Row:
    below = policy.allocation.suppress_below
    schools, seen = _schools(about, schools_of), _schools(about & mine, schools_of)
    reports, known = str(len(about)), str(len(schools))
    if 0 < len(schools - seen) < below:
        # A few schools that this person may not see could be told from the others.
        reports = f"{len(about & mine)}, and few others"
        known = f"{len(seen)}, and fewer than {below} others"
    named = sorted((names[urn] for urn in seen), key=lambda school: school.name)
    return Row(text, reports, known, named)


def _schools(reports: Iterable[int], schools_of: dict[int, int]) -> set[int]:
    return {schools_of[pk] for pk in reports}


def _spoken(reports: QuerySet[Report]) -> dict[str, set[int]]:
    """The reports that speak of each priority, in one query."""
    found: dict[str, set[int]] = defaultdict(set)
    tagged = Passage.objects.filter(report__in=reports).exclude(priorities=[])
    for report, priorities in tagged.values_list("report_id", "priorities"):
        for priority in priorities:
            found[priority].add(report)
    return found
