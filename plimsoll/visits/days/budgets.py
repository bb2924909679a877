"""How many days each source of funding pays for in a year, and what has become of them (F3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from plimsoll.allocations.brings import in_days, plain_number
from plimsoll.allocations.models import Cycle
from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits.days.actions import IN_QUARTERS, QUARTER
from plimsoll.visits.days.lines import funding_label
from plimsoll.visits.days.queries import Balance, balances
from plimsoll.visits.models import Budget, Entry

BUDGET: Final = "days.budget"


@dataclass(frozen=True)
class BudgetLine:
    """One source of funding: of its days, those planned are committed and those delivered spent."""

    funding: str
    label: str
    budget: str
    committed: str
    spent: str
    left: str
    is_over: bool


def budget_lines(cycle: Cycle) -> list[BudgetLine]:
    """Every source that policy names, over all schools, in policy's order: two queries."""
    newest = {each.funding: each.days for each in history(cycle)[::-1]}
    sums = balances(Entry.objects.filter(year=cycle.year), "funding")
    return [
        _line(cycle, source.id, newest.get(source.id), sums.get((source.id,), Balance()))
        for source in cycle.policy.funding
    ]


def _line(cycle: Cycle, funding: str, budget: Decimal | None, taken: Balance) -> BudgetLine:
    left = None if budget is None else budget - taken.planned - taken.used
    return BudgetLine(
        funding=funding,
        label=funding_label(cycle.policy, funding),
        budget="Not set" if budget is None else number(budget),
        committed=number(taken.planned),
        spent=number(taken.used),
        left="–" if left is None else number(left).replace("-", "−"),
        is_over=left is not None and left < 0,
    )


def number(days: Decimal) -> str:
    return plain_number(days) if days else "0"


def history(cycle: Cycle, funding: str = "") -> Sequence[Budget]:
    """Every budget that was set, the one that holds first."""
    found = Budget.objects.filter(year=cycle.year).order_by("-pk")
    return list(found.filter(funding=funding) if funding else found)


@transaction.atomic
def set_budget(
    *, cycle: Cycle, funding: str, days: Decimal, why: str, seen: int, by: User, at: datetime
) -> Budget:
    """Say how many days the source pays for; what was said before stays.

    `seen` is the primary key of the budget that the person saw, nought for none. Raises Refused
    when somebody else has set another since.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    if not may(by, BUDGET):
        raise Refused("Your role does not allow you to set a budget.")
    if days < 0 or days % QUARTER:
        raise Refused(IN_QUARTERS)
    now = next(iter(history(cycle, funding)), None)
    if now and (now.days, now.why, now.set_by) == (days, why, by.pk):
        return now  # a second click
    if seen != (now.pk if now else 0):
        said = in_days(now.days) if now else "none"
        raise Refused(f"Somebody else has set this budget since: {said}. Look at it first.")
    return _write(Budget(year=cycle.year, funding=funding, days=days, why=why), now, cycle, by, at)


def _write(new: Budget, now: Budget | None, cycle: Cycle, by: User, at: datetime) -> Budget:
    new.set_at, new.set_by, new.set_by_name = at, by.pk, by.name
    new.save()
    audit.record(
        verb="days.budgeted",
        subject=cycle,
        by=by,
        at=at,
        permission=BUDGET,
        before={"days": str(now.days) if now else None},
        after={"days": str(new.days), "funding": new.funding, "year": new.year, "why": new.why},
    )
    return new
