"""Where the days of one visit may come from."""

from dataclasses import dataclass
from decimal import Decimal

from plimsoll.allocations.brings import in_days
from plimsoll.allocations.models import Cycle
from plimsoll.schools.models import School
from plimsoll.visits.days import lines
from plimsoll.visits.days.queries import Balance, balances
from plimsoll.visits.models import Entry


@dataclass(frozen=True)
class Source:
    """Days of one funding that a type of visit may take, and how many are left to plan."""

    funding: str
    label: str
    free: Decimal
    visits: int

    @property
    def left(self) -> str:
        return f"{self.visits} left" if self.visits else f"{in_days(self.free)} left"


def sources(school: School, cycle: Cycle, line: str | None) -> list[Source]:
    """Of a type with a line, what the school has on it; else any funding, of the added days."""
    policy = cycle.policy
    own = Entry.objects.filter(school=school, year=cycle.year, line=line or lines.EXTRA)
    sums = {funding: each for (funding,), each in balances(own, "funding").items()}
    if line is None:
        sums = {each.id: sums.get(each.id, Balance()) for each in policy.funding}
    return [
        Source(
            funding=funding,
            label=lines.funding_label(policy, funding),
            free=each.left - each.planned,
            visits=each.visits_left - each.visits_planned,
        )
        for funding, each in sums.items()
        if line is None or each != Balance()
    ]
