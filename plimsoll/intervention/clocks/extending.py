"""More time for what is owed, with the reason; never for what the law sets (I8, I9)."""

from datetime import date, datetime

from django.db import transaction

from plimsoll.intervention.cases.records import locked
from plimsoll.intervention.clocks.workflow import (
    OBLIGATION,
)
from plimsoll.intervention.models import Obligation
from plimsoll.intervention.permissions import JUDGE
from plimsoll.people.models import User


@transaction.atomic
def extend(
    *,
    obligation: Obligation,
    due: date,
    why: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Obligation:
    """Set another day; the first one stays beside it. Raises Refused or Stale."""
    locked(obligation.case, by, JUDGE)
    return OBLIGATION.take(
        obligation, "extend", by=by, at=at, version=version, due=due, why=why.strip()
    )
