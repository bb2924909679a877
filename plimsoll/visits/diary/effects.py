"""What a step of a visit writes besides its state: its own fields, the ledger of days, e-mails.

Of a private visit a word is refused, not left out: so none reaches the audit trail (E12).
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits.days.actions import IN_QUARTERS, QUARTER
from plimsoll.visits.days.granting import first_day, last_day
from plimsoll.visits.days.visited import charge, deliver, plan, undo
from plimsoll.visits.diary.begun import begin_report
from plimsoll.visits.diary.notify import tell_of
from plimsoll.visits.models import Visit

PRIVATE: Final = "Of this visit only dates, days and completion are kept: write nothing here."


def confirm(visit: Visit, *, by: User, at: datetime) -> None:
    tell_of(visit, "visit-confirmed", by=by, at=at)


def ask_other_day(visit: Visit, *, by: User, at: datetime, reasons: str = "") -> None:
    """The reasons stand in the trail of the visit."""
    _no_words(visit, reasons)
    tell_of(visit, "visit-other-day", by=by, at=at)


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
    _no_words(visit, purpose, others)
    _in_its_year(visit, on)
    visit.on, visit.part, visit.mode = on, _one_of(part, Visit.Part), _one_of(mode, Visit.Mode)
    visit.starts, visit.purpose, visit.others = starts, purpose, others
    if on >= timezone.localdate(at):
        tell_of(visit, "visit-moved", by=by, at=at)


def hold(
    visit: Visit,
    *,
    by: User,
    at: datetime,
    held_on: date,
    mode: str,
    days: Decimal,
    met: Iterable[str] = (),
    others: str = "",
) -> None:
    _no_words(visit, *met, others)
    _some_days(visit, days)
    _in_its_year(visit, held_on)
    if held_on > timezone.localdate(at):
        raise Refused("The day on which it was held has not come yet.")
    known = [each.id for each in visit.policy.diary.met]
    visit.held_on, visit.mode, visit.days = held_on, _one_of(mode, Visit.Mode), days
    visit.met, visit.others = [_one_of(each, known) for each in met], others
    deliver(visit, by=by, at=at)
    begin_report(visit, by=by, at=at)


def not_held(
    visit: Visit,
    *,
    by: User,
    at: datetime,
    reason: str,
    charged: bool = False,
    note: str = "",
) -> None:
    _no_words(visit, note)
    known = [each.id for each in visit.policy.diary.reasons]
    visit.reason, visit.charged, visit.note = _one_of(reason, known), charged, note
    charge(visit, by=by, at=at) if charged else undo(visit, by=by, at=at)
    tell_of(visit, "visit-cancelled", by=by, at=at)


def complete(visit: Visit, *, by: User, at: datetime, completed_on: date) -> None:
    visit.completed_on = completed_on


def reopen(visit: Visit, *, by: User, at: datetime, reasons: str = "") -> None:
    _no_words(visit, reasons)
    visit.held_on, visit.charged, visit.reason, visit.note, visit.met = None, None, "", "", []
    visit.completed_on = None
    plan(visit, by=by, at=at)


def _no_words(visit: Visit, *words: str) -> None:
    if visit.private and any(words):
        raise Refused(PRIVATE)


def _in_its_year(visit: Visit, day: date) -> None:
    """Its days are those of one year's ledger, so it is held in that year."""
    first, last = first_day(visit.year), last_day(visit.year)
    if not first <= day <= last:
        raise Refused(f"Choose a day from {long_date(first)} to {long_date(last)}.")


def _one_of(given: str, known: Iterable[str]) -> str:
    if given not in tuple(known):
        raise Refused(f"“{given}” is none of the answers listed: choose one of them.")
    return given


def _some_days(visit: Visit, days: Decimal) -> None:
    if days < 0 or days % QUARTER or not (days or visit.visits):
        raise Refused(IN_QUARTERS)
