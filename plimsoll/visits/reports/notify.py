"""Who hears of a report by e-mail: that there is something to read, and never what."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from plimsoll.core import access, outbox
from plimsoll.documents.content import in_words
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders
from plimsoll.visits.models import Report

READ: Final = "visits:report-read"
# Where somebody is to do something by a day, it is this day.
REPLY: Final = frozenset({"report-issued"})


def tell_author(report: Report, message: str, *, by: User | None, at: datetime) -> int:
    return tell(report, message, [report.visit.partner], by=by, at=at)


def tell_readers(report: Report, message: str, *, by: User | None, at: datetime) -> int:
    """Whoever was asked to read it; else whoever checks reports there and did not write it."""
    if report.reader:
        return tell(report, message, [report.reader], by=by, at=at)
    own = {report.visit.partner_id, *report.writers.values_list("pk", flat=True)}
    readers = _holding(report, access.grants("report.check"), at)
    return tell(report, message, (each for each in readers if each.pk not in own), by=by, at=at)


def tell_school(report: Report, message: str, *, by: User | None, at: datetime) -> int:
    """Whoever may reply for the school."""
    return tell(report, message, _holding(report, access.grants("report.reply"), at), by=by, at=at)


def tell_recipients(report: Report, message: str, *, by: User | None, at: datetime) -> int:
    """Policy's recipients of a final report, less any who may not read it, and its author."""
    known = access.grants("report.see")
    roles = [role for role in report.policy.reports.recipients if role in known]
    people = [*_holding(report, roles, at), report.visit.partner]
    return tell(report, message, people, by=by, at=at)


def tell(
    report: Report,
    message: str,
    people: Iterable[User],
    *,
    by: User | None,
    at: datetime,
    cause: str = "",
) -> int:
    """Post the message, once for one cause to one person; returns how many are new."""
    visit, policy = report.visit, report.policy
    template = policy.messages[message]
    due = report.reply_due if message in REPLY and report.reply_due else report.due
    posted = 0
    for person in {each.pk: each for each in people}.values():
        words = {
            "name": person.name,
            "sender": str(by) if by else policy.authority.service_name,
            "school": visit.school.name,
            "service": policy.authority.service_name,
            "day": in_words(visit.held_on or visit.on),
            "due": in_words(due),
            "link": settings.BASE_URL + reverse(READ, args=[report.pk]),
        }
        posted += outbox.tell(
            key=f"{message}:{report.pk}:{cause or report.version}:{person.pk}",
            person=person,
            subject=template.subject.format_map(words),
            body=template.body.format_map(words),
            link=words["link"],
            urgent=template.urgent,
            at=at,
        )
    return posted


def _holding(report: Report, roles: Iterable[str], at: datetime) -> list[User]:
    held = holders(report.visit.school, tuple(roles), timezone.localdate(at))
    return [each.person for each in held]
