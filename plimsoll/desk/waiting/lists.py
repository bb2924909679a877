"""Everything that waits for one person, longest first."""

from datetime import datetime
from typing import Any

from plimsoll.desk.waiting import (
    allocated,
    concerns,
    governors,
    owed,
    powers,
    processes,
    unasked,
)
from plimsoll.desk.waiting.item import Item


def items(user: Any, at: datetime, *, urn: int | None = None) -> list[Item]:
    """Everything that waits for this person (at one school), longest first."""
    found = [
        *allocated.waiting(user, at, urn=urn),
        *processes.waiting(user, at, urn=urn),
        *concerns.waiting(user, at, urn=urn),
        *unasked.waiting(user, at, urn=urn),
        *owed.waiting(user, at, urn=urn),
        *powers.waiting(user, at, urn=urn),
        *governors.waiting(user, at, urn=urn),
    ]
    return sorted(found, key=lambda item: item.since)
