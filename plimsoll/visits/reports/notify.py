"""Who hears of a report by e-mail (Q1, Q5)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import grants
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders
from plimsoll.schools.telling import partners, tell
from plimsoll.visits.models import Report
from plimsoll.visits.reports.queries import CHECK, SEE, WRITE

REPLY = "report.reply"


def tell_author(
    report: Report, message: str, *, by: User | None, at: datetime, cause: str = ""
) -> int:
    people = _authors(report, at)
    return _tell(report, message, WRITE, people=people, by=by, at=at, cause=cause)


def _authors(report: Report, at: datetime) -> list[User]:
    return partners(report.visit.partner, report.visit.school, at)


def tell_readers(
    report: Report, message: str, *, by: User | None, at: datetime, cause: str = ""
) -> int:
    """Whoever was asked to read it; else whoever checks reports there and had no part in it."""
    people = [report.reader] if report.reader else checkers(report, timezone.localdate(at))
    return _tell(report, message, CHECK, people=people, by=by, at=at, cause=cause)


def checkers(report: Report, today: date) -> list[User]:
    """Whoever may check it by their post, and neither made the visit nor wrote in it."""
    own = {report.visit.partner_id, *report.writers.values_list("pk", flat=True)}
    posts = [role for role, extent in grants(CHECK).items() if extent != "named"]
    held = holders(report.visit.school, posts, today)
    return [each.person for each in held if each.person.pk not in own]


def tell_school(report: Report, *, by: User | None, at: datetime) -> int:
    """Whoever may reply for the school, and by when."""
    roles = tuple(grants(REPLY))
    return _tell(report, "report-issued", REPLY, roles=roles, by=by, at=at, due=report.reply_due)


def tell_recipients(report: Report, *, by: User | None, at: datetime) -> int:
    """Policy's recipients of a final report, and its author."""
    roles, people = report.policy.reports.recipients, _authors(report, at)
    return _tell(report, "report-final", SEE, roles=roles, people=people, by=by, at=at)


def _tell(
    report: Report,
    message: str,
    permission: str,
    *,
    roles: Iterable[str] = (),
    people: Iterable[User] = (),
    by: User | None,
    at: datetime,
    due: date | None = None,
    cause: str = "",
) -> int:
    visit = report.visit
    return tell(
        message,
        policy=report.policy,
        school=visit.school,
        permission=permission,
        link=reverse("visits:report-read", args=[report.pk]),
        cause=f"report:{report.pk}:{cause or report.version}",
        by=by,
        at=at,
        roles=roles,
        people=people,
        day=visit.held_on or visit.on,
        due=due or report.due,
    )
