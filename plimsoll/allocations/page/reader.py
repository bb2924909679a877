"""Who reads an allocation, and who else is around it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from plimsoll.allocations import queries
from plimsoll.allocations.models import (
    Allocation,
    Side,
)
from plimsoll.allocations.next_steps import writes_for
from plimsoll.core.access import grants
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders
from plimsoll.schools.models import Assignment


@dataclass(frozen=True)
class Reader:
    """Who reads the case, from which side, and who else is around it."""

    user: User
    side: Side
    writes_for: Side | None
    people: list[Assignment]
    at: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def names(self, *roles: str) -> str:
        return ", ".join(dict.fromkeys(p.person.name for p in self.people if p.role in roles))


def reader(user: User, case: Allocation, *, at: datetime) -> Reader:
    people = holders(case.school, tuple(grants("allocation.see")), timezone.localdate(at))
    return Reader(user, queries.side_of(user, case), writes_for(user, case), people, at)
