"""Long lists a page at a time, without counting what is not shown.

Counting twenty thousand rows costs more than showing thirty of them, and a count of rows
that a person may not see would be a leak.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString

from plimsoll.core import components

SIZE: Final = 30
# Whoever wants more narrows the list: a page this deep is nobody's reading.
DEEPEST: Final = 1000


@dataclass(frozen=True)
class Slice:
    """One page of a list, and whether another follows."""

    rows: Sequence[Any]
    number: int
    more: bool
    query: QueryDict

    @property
    def links(self) -> SafeString:
        """Previous and Next, with every filter of the address kept."""
        if self.number == 1 and not self.more:
            return SafeString("")
        return components.render(
            "pagination",
            previous={"href": self._address(self.number - 1)} if self.number > 1 else None,
            next={"href": self._address(self.number + 1)} if self.more else None,
        )

    def _address(self, number: int) -> str:
        other = self.query.copy()
        other["page"] = str(number)
        return f"?{other.urlencode()}"


def page(rows: QuerySet[Any] | Sequence[Any], query: QueryDict, *, size: int = SIZE) -> Slice:
    """The page that the address asks for; the first one when it asks for nonsense."""
    asked = query.get("page", "1")
    number = min(max(int(asked), 1), DEEPEST) if asked.isdecimal() and len(asked) < 9 else 1
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Slice(found[:size], number, len(found) > size, query)
