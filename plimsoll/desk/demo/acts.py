"""One act of the demonstration's stories."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plimsoll.people.models import User


@dataclass(frozen=True)
class Act:
    """One thing that somebody did on one day."""

    at: datetime
    urn: int
    do: str
    by: User
    data: dict[str, Any]
