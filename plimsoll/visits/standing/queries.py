"""Where the allocation leads to that a note is about."""

from django.urls import reverse

from plimsoll.allocations.models import Allocation
from plimsoll.allocations.queries import SUPERSEDED
from plimsoll.core.access import visible
from plimsoll.people.models import User
from plimsoll.visits.models import Visit


def review_href(visit: Visit, user: User) -> str:
    """Where an in-year review is asked for, for whoever may know of the allocation."""
    rounds = Allocation.objects.filter(school=visit.school_id, cycle__year=visit.year)
    case = visible(rounds.exclude(state=SUPERSEDED), user, "allocation.see").last()
    reviewed = case and case.concluded_at and case.policy.allocation.in_year_review
    return reverse("allocations:review", args=[case.pk]) if case and reviewed else ""
