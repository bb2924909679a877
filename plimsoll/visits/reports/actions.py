"""What is written about a report and is no step: its reader, and more time for it."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from plimsoll.core import audit
from plimsoll.core.access import grants, may
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused, Stale
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders
from plimsoll.visits.diary.begun import INSIDE
from plimsoll.visits.models import Report
from plimsoll.visits.privacy import band_named
from plimsoll.visits.reports import notify
from plimsoll.visits.reports.queries import CHECK, WRITE
from plimsoll.visits.reports.workflow import REPORT

EXTEND: Final = "report.extend"


def may_be_asked(report: Report, today: date) -> list[User]:
    """The officers who may be asked to read this one report, by name."""
    roles = [role for role, extent in grants(CHECK).items() if extent == "named"]
    own = {report.visit.partner_id, *report.writers.values_list("pk", flat=True)}
    held = holders(report.visit.school, roles, today)
    people = {each.person.pk: each.person for each in held if each.person.pk not in own}
    return sorted(people.values(), key=lambda person: person.name)


@transaction.atomic
def ask_reader(
    *, report: Report, reader: User | None, version: int, by: User, at: datetime
) -> Report:
    """Ask an officer to read this report, who may then read it and nothing else of the school.

    Without a reader, whoever was asked is asked no longer. Raises Refused or Stale.
    """
    locked = _locked(report, version)
    if not (may(by, WRITE, locked) or (may(by, CHECK, locked) and by.pk != locked.reader_id)):
        raise Refused("Your role at this school does not allow you to ask somebody to read it.")
    if REPORT.state(locked).closed:
        raise Refused("This report is final.")
    if reader and reader not in may_be_asked(locked, timezone.localdate(at)):
        raise Refused("Choose an officer who had no part in this report.")
    locked.reader = reader
    _saved(locked, ["reader"])
    _event("report.reader-asked", locked, by=by, at=at, after={"reader": str(reader or "")})
    if locked.state == "checking" and reader:
        notify.tell_readers(locked, "report-to-check", by=by, at=at)
    return locked


@transaction.atomic
def extend(*, report: Report, due: date, why: str, version: int, by: User, at: datetime) -> Report:
    """Give more time, with its reason; the first day is kept. Raises Refused or Stale."""
    locked = _locked(report, version)
    if not may(by, EXTEND, locked):
        raise Refused("Your role at this school does not allow you to give more time.")
    if locked.issued_at:
        raise Refused("The report has reached the school, so its day stands.")
    if band_named(why, locked.policy):
        raise Refused(f"The school reads this reason, so it names no {locked.policy.words.band}.")
    if due <= locked.due:
        raise Refused(f"Choose a day after {long_date(locked.due)}.")
    before, locked.due, locked.extended_why = locked.due, due, why
    _saved(locked, ["due", "extended_why"])
    dates = {"due": due.isoformat(), "why": why}
    _event("report.extended", locked, by=by, at=at, before={"due": before.isoformat()}, after=dates)
    return locked


def _locked(report: Report, version: int) -> Report:
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.version != version:
        raise Stale(locked)
    return locked


def _saved(report: Report, fields: list[str]) -> None:
    report.version += 1
    report.save(update_fields=[*fields, "version"])


def _event(
    verb: str,
    report: Report,
    *,
    by: User,
    at: datetime,
    after: dict[str, str],
    before: dict[str, str] | None = None,
) -> None:
    audit.record(
        verb=verb, subject=report, by=by, at=at, permission=INSIDE, before=before, after=after
    )
