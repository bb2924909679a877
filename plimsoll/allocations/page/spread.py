"""How each side’s chosen statements fall over the bands."""

from dataclasses import dataclass

from plimsoll.allocations import queries
from plimsoll.allocations.models import (
    Allocation,
    Side,
)
from plimsoll.allocations.page.sheets import Sheets


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
