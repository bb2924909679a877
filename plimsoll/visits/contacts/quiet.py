"""Schools that nobody has spoken to or visited for as long as policy finds too long."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from plimsoll.allocations.board import NOBODY
from plimsoll.core.access import visible
from plimsoll.framework.model import Edition
from plimsoll.schools.models import School
from plimsoll.schools.queries import open_schools
from plimsoll.visits.contacts import calls
from plimsoll.visits.contacts.heard import days_before, partners_of, with_contacts


@dataclass(frozen=True)
class Quiet:
    """One school: who works with it, the last contact, and the next that is in the diary."""

    school: School
    partner: str
    last: date | None
    next: date | None


def heard_before(policy: Edition, today: date) -> date:
    """A last contact before this day is too long ago."""
    return days_before(policy.contacts.quiet_after, today)


def quiet(user: Any, policy: Edition, today: date) -> list[Quiet]:
    """The schools whose calls this person may read, the longest without contact first."""
    register = open_schools(policy.authority.la_codes, policy.scope.school_types)
    found = visible(with_contacts(register, user, today), user, calls.SEE)
    before = heard_before(policy, today)
    for when in ("last_call", "last_visit"):
        found = found.filter(Q(**{when: None}) | Q(**{f"{when}__lt": before}))
    schools = list(found)
    partners = partners_of(schools, today)
    rows = [
        Quiet(
            school,
            ", ".join(partners.get(school.urn, {}).values()) or NOBODY,
            _last(school),
            school.next_visit,
        )
        for school in schools
    ]
    return sorted(rows, key=lambda row: row.last or date.min)


def _last(school: Any) -> date | None:
    return max(filter(None, (school.last_call, school.last_visit)), default=None)
