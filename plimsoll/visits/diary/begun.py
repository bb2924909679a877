"""A report begins with its visit: due in so many of policy's days, counted there (Q1)."""

from datetime import date, datetime
from typing import Final

from plimsoll.core import audit
from plimsoll.core.deadlines import NotKnown, due
from plimsoll.core.workflow import Refused, begin
from plimsoll.framework.procedure import DeadlineRule
from plimsoll.people.models import User
from plimsoll.schools.calendar import calendar_of
from plimsoll.schools.models import School
from plimsoll.visits.models import Report, Visit

REPORT: Final = "report"
# Before a report has reached the school, what happens to it is the service's own side.
INSIDE: Final = "allocation.inside"


def begin_report(visit: Visit, *, by: User, at: datetime) -> Report | None:
    """Begin the report of a visit that was held, where its type has one.

    The visit may have been put right and held again: then its report is due by the new day,
    unless it was extended. Raises Refused while the school's days cannot be counted.
    """
    if visit.private or not visit.type.report or visit.held_on is None:
        return None
    rule = visit.policy.deadlines[REPORT]
    last = last_day(rule, visit.school, visit.held_on)
    report = Report.objects.filter(visit=visit).first()
    if report is None:
        return _begun(visit, last, rule.basis, by=by, at=at)
    if not report.extended_why:
        report.due, report.first_due, report.basis = last, last, rule.basis
        report.save(update_fields=["due", "first_due", "basis"])
    return report


def _begun(visit: Visit, last: date, basis: str, *, by: User, at: datetime) -> Report:
    report = Report(visit=visit, due=last, first_due=last, basis=basis)
    begin(report, state="draft", at=at).save()
    audit.record(
        verb="report.begun",
        subject=report,
        by=by,
        at=at,
        permission=INSIDE,
        after={"due": last.isoformat(), "basis": basis},
    )
    return report


def last_day(rule: DeadlineRule, school: School, start: date) -> date:
    """The last day of the rule, counted from `start` over this school's calendar."""
    calendar = calendar_of(school, years=(start.year, start.year + 1))
    try:
        return due(start, rule.days, rule.basis, calendar, inclusive=rule.counting == "inclusive")
    except NotKnown as unknown:
        raise Refused(str(unknown))
