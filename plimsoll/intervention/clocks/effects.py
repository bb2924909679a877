"""What a step of an obligation writes besides its state."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.intervention.models import Extension, Obligation
from plimsoll.people.models import User


def meet(obligation: Obligation, *, by: User, at: datetime, on: date, note: str = "") -> None:
    obligation.met_on, obligation.met_by, obligation.note = on, str(by), note


def reopen(obligation: Obligation, *, by: User, at: datetime, why: str) -> None:
    """What was said when it was met stays in the trail."""
    obligation.met_on, obligation.met_by, obligation.note = None, "", ""


def extend(obligation: Obligation, *, by: User, at: datetime, due: date, why: str) -> None:
    _sensible(obligation, due, timezone.localdate(at))
    obligation.due = due
    Extension.objects.create(obligation=obligation, due=due, why=why, made_at=at, made_by=str(by))


def end(obligation: Obligation, *, by: User, at: datetime, why: str) -> None:
    obligation.note = why


def latest(obligation: Obligation) -> date:
    """The last day that may be set for it."""
    return obligation.first_due + timedelta(obligation.case.policy.concern.longest_extension)


def _sensible(obligation: Obligation, due: date, today: date) -> None:
    """Time that was given is never taken away again; another day lies ahead, and not too far."""
    if due == obligation.due:
        raise Refused(f"It is due on {long_date(due)} already.")
    if due < obligation.first_due:
        raise Refused(f"The time until {long_date(obligation.first_due)} was given, and stays.")
    if due < today:
        raise Refused("That day is over: set one that is still to come.")
    if due > latest(obligation):
        raise Refused(f"The framework lets a day be set until {long_date(latest(obligation))}.")
