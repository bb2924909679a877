"""Which summaries a person may read, write and sign."""

from django.db.models import Q, QuerySet

from plimsoll.core.access import visible
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.models import Summary

SEE, WRITE, SIGN = "summary.see", "summary.write", "summary.sign"


def readable(user: User) -> QuerySet[Summary]:
    """Those that one writes, in every state; others once they are issued."""
    rows = Summary.objects.select_related("school")
    written = visible(Summary.objects.all(), user, WRITE)
    arrived = visible(Summary.objects.filter(issued_at__isnull=False), user, SEE)
    return rows.filter(Q(pk__in=written.values("pk")) | Q(pk__in=arrived.values("pk")))


def writable(user: User, year: str, term: str) -> QuerySet[Summary]:
    """Those of a term that one writes, by school."""
    rows = Summary.objects.filter(year=year, term=term).select_related("school")
    return visible(rows, user, WRITE).order_by("school__name", "pk")


def to_issue(user: User, year: str, term: str) -> QuerySet[Summary]:
    """Those of a term that are signed, and that one may issue."""
    return visible(writable(user, year, term), user, SIGN).filter(state="signed")


def to_sign(user: User, year: str, term: str) -> QuerySet[Summary]:
    return visible(writable(user, year, term), user, SIGN).filter(state="composed")


def issued_at(school: School, user: User) -> QuerySet[Summary]:
    """What the school has been sent, newest first."""
    own = Summary.objects.filter(school=school, issued_at__isnull=False)
    return visible(own, user, SEE).order_by("-starts")
