"""Which reports a person may read."""

from django.db.models import Q, QuerySet

from plimsoll.core.access import may, visible
from plimsoll.people.models import User
from plimsoll.visits.models import Report

# Whoever writes or checks there has the report in every state; others once it has arrived.
WRITE, CHECK, SEE = "report.write", "report.check", "report.see"


def readable(user: User) -> QuerySet[Report]:
    """The reports that this person may read, each once (Q1, S7)."""
    # A visit that was put right is still to come, and its report with it.
    reports = Report.objects.exclude(visit__held_on=None)
    reports = reports.select_related("visit__school", "visit__partner")
    at_work = (visible(Report.objects.all(), user, each) for each in (WRITE, CHECK))
    arrived = visible(Report.objects.filter(issued_at__isnull=False), user, SEE)
    within = Q(pk__in=arrived.values("pk"))
    for found in at_work:
        within |= Q(pk__in=found.values("pk"))
    return reports.filter(within)


def is_inside(user: User, report: Report) -> bool:
    """Does the person work on it: write it, check it, or read it because they were asked to?"""
    return may(user, WRITE, report) or may(user, CHECK, report)
