"""How each side’s chosen statements, and what is suggested, fall over the bands."""

from collections.abc import Iterable
from dataclasses import dataclass

from plimsoll.allocations import queries
from plimsoll.allocations.models import (
    Allocation,
    Side,
)
from plimsoll.allocations.page.sheets import Sheets
from plimsoll.framework.suggestions import Suggestion, spread


@dataclass(frozen=True)
class SpreadRow:
    band: str
    cells: list[tuple[str, int, str]]


@dataclass(frozen=True)
class SpreadTable:
    """How each side's chosen statements fall over the bands, side by side (S8)."""

    sides: list[str]
    rows: list[SpreadRow]
    without: list[tuple[str, str]]
    decisive: list[tuple[str, list[tuple[str, str]]]]


def spread_table(case: Allocation, seen: Sheets) -> SpreadTable | None:
    policy = case.policy
    spreads = [queries.spread(policy, seen[side]) for side in Side if side in seen]
    if not spreads:
        return None
    labels = [Side(each.side).label for each in spreads]
    rows = [
        SpreadRow(
            policy.band(key).label,
            [
                (label, len(dict(each.bands)[key]), ", ".join(dict(each.bands)[key]))
                for label, each in zip(labels, spreads, strict=True)
            ],
        )
        for key in (band.key for band in policy.bands)
    ]
    without = [
        (f"{label}: {words}", ", ".join(found))
        for label, each in zip(labels, spreads, strict=True)
        for words, found in (
            ("not applicable", each.not_applicable),
            ("not enough evidence", each.not_enough),
        )
        if found
    ]
    decisive: dict[str, list[tuple[str, str]]] = {}
    for label, each in zip(labels, spreads, strict=True):
        for criterion, said in each.decisive:
            decisive.setdefault(criterion, []).append((label, said))
    return SpreadTable(labels, rows, without, list(decisive.items()))


@dataclass(frozen=True)
class SuggestedRow:
    """One band, and the criteria for which a statement that stands in it is suggested."""

    band: str
    criteria: list[str]


def suggested_spread(case: Allocation, suggestions: Iterable[Suggestion]) -> list[SuggestedRow]:
    """How what published data suggests falls over the bands; empty when it suggests nothing."""
    policy = case.policy
    found = spread(policy, suggestions)
    if not any(found.values()):
        return []
    return [
        SuggestedRow(policy.band(key).label, [policy.criterion(each).label for each in criteria])
        for key, criteria in found.items()
    ]
