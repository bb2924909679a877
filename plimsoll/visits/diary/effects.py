"""What a step of a visit writes besides its state: its own fields, and the ledger of days."""

from datetime import date, datetime, time
from decimal import Decimal

from plimsoll.people.models import User
from plimsoll.visits.days.visited import charge, deliver, plan, undo
from plimsoll.visits.diary.clock import open_report
from plimsoll.visits.models import Visit


def confirm(visit: Visit, *, by: User, at: datetime) -> None:
    """Nothing but the state: both sides have said yes."""


def ask_other_day(visit: Visit, *, by: User, at: datetime, reasons: str) -> None:
    """The reasons stand in the trail of the visit."""


def move(
    visit: Visit,
    *,
    by: User,
    at: datetime,
    on: date,
    part: str,
    mode: str,
    starts: time | None = None,
    purpose: str = "",
    others: str = "",
) -> None:
    visit.on, visit.part, visit.mode, visit.starts = on, part, mode, starts
    if not visit.private:
        visit.purpose, visit.others = purpose, others


def hold(
    visit: Visit,
    *,
    by: User,
    at: datetime,
    held_on: date,
    mode: str,
    days: Decimal,
    met: list[str] | None = None,
    others: str = "",
) -> None:
    visit.held_on, visit.mode, visit.days = held_on, mode, days
    if not visit.private:
        visit.met, visit.others = list(met or []), others
    deliver(visit, by=by, at=at)
    open_report(visit, by=by, at=at)


def not_held(
    visit: Visit,
    *,
    by: User,
    at: datetime,
    reason: str,
    charged: bool = False,
    note: str = "",
) -> None:
    visit.reason, visit.charged = reason, charged
    if not visit.private:
        visit.note = note
    charge(visit, by=by, at=at) if charged else undo(visit, by=by, at=at)


def complete(visit: Visit, *, by: User, at: datetime, completed_on: date) -> None:
    visit.completed_on = completed_on


def reopen(visit: Visit, *, by: User, at: datetime, reasons: str) -> None:
    visit.held_on, visit.charged, visit.reason, visit.note, visit.met = None, None, "", "", []
    plan(visit, by=by, at=at)
