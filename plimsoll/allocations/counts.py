"""Bands as counts for a committee: no school is named, and no small number is shown (U5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from plimsoll.allocations.models import Allocation, Cycle
from plimsoll.core.access import visible
from plimsoll.people.models import User

HIDDEN = None


@dataclass(frozen=True)
class Counted:
    """How many schools hold one band; `number` is None where it is too small to show."""

    label: str
    number: int | None


@dataclass(frozen=True)
class Counts:
    rows: list[Counted]
    total: int | None
    below: int
    provisional_included: int | None


def committee_counts(cycle: Cycle, user: User) -> Counts:
    """The bands in force in this cycle, counted over every school the person may know."""
    held = visible(Allocation.objects.filter(cycle=cycle), user, "allocation.see")
    standing = held.exclude(band="").exclude(concluded_at=None).exclude(state="reviewed")
    numbers = dict(standing.order_by().values_list("band").annotate(Count("pk")))
    below = cycle.policy.allocation.suppress_below
    shown = suppressed(
        {band.key: numbers.get(band.key, 0) for band in cycle.policy.bands}, below=below
    )
    provisional = standing.filter(state="provisional").count()
    return Counts(
        rows=[Counted(band.label, shown[band.key]) for band in cycle.policy.bands],
        total=None if _total_tells(numbers, shown) else sum(numbers.values()),
        below=below,
        provisional_included=provisional if provisional == 0 or provisional >= below else HIDDEN,
    )


def _total_tells(numbers: Mapping[str, int], shown: Mapping[str, int | None]) -> bool:
    """Would the total give a hidden number away, there being one only or each being one?"""
    hidden = [numbers.get(key, 0) for key, number in shown.items() if number is None]
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) == len(hidden))


def suppressed(numbers: Mapping[str, int], *, below: int) -> dict[str, int | None]:
    """The numbers without the small ones, and without any that would give one away.

    A single hidden number could be worked out from the total, so a second is hidden with
    it: the smallest of those left that is not nought.
    """
    hidden = {key for key, number in numbers.items() if 0 < number < below}
    if len(hidden) == 1:
        rest = [key for key, number in numbers.items() if number >= below]
        hidden |= {min(rest, key=lambda key: numbers[key])} if rest else set()
    return {key: HIDDEN if key in hidden else number for key, number in numbers.items()}
