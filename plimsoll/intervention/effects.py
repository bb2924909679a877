"""What a step of a ladder writes besides the state of the case."""

from collections.abc import Callable
from datetime import date, datetime

from plimsoll.framework.casework import Rung
from plimsoll.intervention.models import Case
from plimsoll.people.models import User


def of_rung(rung: Rung) -> Callable[..., None]:
    """Take a step on from which others lead."""

    def effect(case: Case, *, by: User, at: datetime, on: date, reasons: str) -> None:
        """The reasons stand in the trail of the case."""

    return effect


def end(case: Case, *, by: User, at: datetime, on: date, reasons: str) -> None:
    """The episode is over; all of it stays."""
    case.closed_on, case.outcome = on, reasons
