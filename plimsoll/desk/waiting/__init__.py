"""What waits for one person: read from the processes' own states, never from lists of our own.

A state says for which role it waits; the person's roles say at which schools. Whatever is
found goes through `visible()` besides, so it shows nothing that the pages would not (S7).
"""

from plimsoll.desk.waiting.day import Visiting, your_day
from plimsoll.desk.waiting.item import Item
from plimsoll.desk.waiting.lists import items
from plimsoll.desk.waiting.plans import to_plan
from plimsoll.desk.waiting.soon import late_by_friday, next_due
from plimsoll.desk.waiting.whose import own_schools
from plimsoll.desk.waiting.worried import worries

__all__ = [
    "Item",
    "Visiting",
    "items",
    "late_by_friday",
    "next_due",
    "own_schools",
    "to_plan",
    "worries",
    "your_day",
]
