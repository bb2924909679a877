"""What the school has heard of its allocation: before that, nothing of it may show (S4, S7)."""

from collections.abc import Mapping

from plimsoll.allocations.models import Allocation, HighRisk, Side, ViewSheet


def has_heard(case: Allocation, sheets: Mapping[str, ViewSheet]) -> bool:
    """May the school see the service's offers and views of this case?

    Not before moderation released them; and, where policy has each side judge alone first,
    not before the school submitted its own views or the matter is concluded (S2).
    """
    if case.heard_at is None:
        return False
    if case.concluded_at or not case.policy.allocation.blind_views:
        return True
    own = sheets.get(Side.SCHOOL)
    return bool(own and own.submitted_at)


def mark_is_heard(mark: HighRisk) -> bool:
    """A high-risk mark would give the proposal away, so the school hears of both together."""
    case = mark.allocation
    return has_heard(case, {sheet.side: sheet for sheet in case.sheets.all()})


def reader_of_mark(mark: HighRisk) -> str:
    """What a reader needs to know that something happened to the mark."""
    return "allocation.see" if mark_is_heard(mark) else "allocation.inside"
