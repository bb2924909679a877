"""What one person can do with a report now, what follows from it, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import grants, may
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders
from plimsoll.visits.diary.begun import last_day
from plimsoll.visits.models import Report
from plimsoll.visits.reports import actions, notify
from plimsoll.visits.reports.queries import CHECK, WRITE
from plimsoll.visits.reports.workflow import REPORT

# The three replies are one page of the school's.
REPLIES: Final = ("reply_accurate", "reply_with_comments", "reply_not_accurate")
# It is sent from where it is written, once it has been read through.
SEND: Final = "send"
OWN_PAGES: Final = frozenset({*REPLIES, SEND})
KEPT: Final = "It is kept as PDF and Word for ever, each with its fingerprint."


@dataclass(frozen=True)
class Next:
    """One thing to do, or why it cannot be done now."""

    label: str
    href: str
    blocked: str = ""


def next_steps(report: Report, user: User, *, at: datetime) -> list[Next]:
    """The steps of the process that this person may take from here."""
    offers = REPORT.offers(report, by=user, at=at)
    names = {each.step.name for each in offers}
    steps = [
        Next(each.step.label, _href("report-step", report, each.step.name), each.blocked)
        for each in offers
        if each.step.name not in OWN_PAGES
    ]
    if names & set(REPLIES):
        steps.insert(0, Next("Reply to this report", _href("report-reply", report)))
    if SEND in names:
        steps.insert(0, Next("Write the report", reverse("visits:report", args=[report.visit_id])))
    return steps


def besides(report: Report, user: User, *, at: datetime) -> list[Next]:
    """What is no step: who reads it, and more time."""
    found = []
    open_ = not REPORT.state(report).closed
    works_on_it = may(user, WRITE, report) or may(user, CHECK, report)
    asks = works_on_it and user.pk != report.reader_id
    if open_ and asks and actions.may_be_asked(report, timezone.localdate(at)):
        found.append(Next("Ask an officer to read it", _href("report-reader", report)))
    if report.issued_at is None and may(user, actions.EXTEND, report):
        found.append(Next("Give more time", _href("report-extend", report)))
    return found


def _href(name: str, report: Report, *more: str) -> str:
    return reverse(f"visits:{name}", args=[report.pk, *more])


def follows(report: Report, step: str, *, at: datetime) -> list[str]:
    """What happens once the step is taken."""
    match step:
        case "send_back":
            return ["The author reads your points and can write in it again.", _day(report)]
        case "release":
            return ["It reaches the school now, which stops its clock.", _reply(report, at), KEPT]
        case "release_amended":
            return ["The amended report is final, with the school’s reply in it.", KEPT]
        case "amend":
            return [
                "The report can be written in again, and is checked again.",
                "Once it is released it is final, with the comments and your answers in it.",
            ]
        case "let_stand":
            return ["The report is final as it stands, with both sides in it.", KEPT]
        case "close":
            return ["The report is final, and says that no reply came.", KEPT]
    return ["The author reads your reply.", "Where it is accurate, the report is final."]


def _day(report: Report) -> str:
    return f"It is due with the school on {long_date(report.due)}."


def _reply(report: Report, at: datetime) -> str:
    rule = report.policy.deadlines["report-reply"]
    try:
        day = last_day(rule, report.visit.school, timezone.localdate(at))
    except Refused as unknown:  # the terms of the school were not entered so far
        return str(unknown)
    return f"The school has until {long_date(day)} to say whether it is accurate."


def told(report: Report, step: str, *, at: datetime) -> list[str]:
    """Who is told of the step, by name."""
    match step:
        case "release":
            people = _holding(report, grants(notify.REPLY), at)
        case "release_amended" | "let_stand" | "close":
            people = _holding(report, report.policy.reports.recipients, at)
        case "amend":
            people = []
        case _:
            people = [report.visit.partner]
    return list(dict.fromkeys(person.name for person in people))


def _holding(report: Report, roles: Iterable[str], at: datetime) -> list[User]:
    held = holders(report.visit.school, roles, timezone.localdate(at))
    return [each.person for each in held]
