"""Where the views of each side stand, as this reader may know it."""

from collections.abc import Mapping
from dataclasses import dataclass

from plimsoll.allocations.models import (
    Allocation,
    Side,
    ViewSheet,
)
from plimsoll.allocations.page.reader import Reader

Sheets = Mapping[str, ViewSheet]


@dataclass(frozen=True)
class SheetLine:
    """Where one side's views stand: shown, or why not."""

    who: str
    text: str
    shown: bool


def sheet_lines(case: Allocation, who: Reader, sheets: Sheets, seen: Sheets) -> list[SheetLine]:
    labels = {Side.SERVICE: "The service", Side.SCHOOL: "The school"}
    return [
        SheetLine(labels[side], _sheet_text(case, who, side, sheets, seen), side in seen)
        for side in (Side.SERVICE, Side.SCHOOL)
    ]


def _sheet_text(case: Allocation, who: Reader, side: Side, sheets: Sheets, seen: Sheets) -> str:
    if side in seen:
        sheet = seen[side]
        if sheet.submitted_at is None:
            return "Saved, not submitted yet"
        return f"Submitted by {sheet.saved_by}"
    if side == who.side:
        return "No views yet"
    if who.side == Side.SCHOOL and case.heard_at is None:
        return "Shown with the proposal, once it is made"
    own = sheets.get(who.side)
    if case.policy.allocation.blind_views and not (own and own.submitted_at):
        return "Shown once you have submitted your own: each side judges first by itself"
    return "Not submitted yet"
