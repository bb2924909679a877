"""Who may find a notice: whoever reads the whole case, and the one asked to review it in law."""

from django.db.models import QuerySet

from plimsoll.core.access import may, visible
from plimsoll.intervention.models import Notice
from plimsoll.intervention.permissions import DRAFT, REVIEW, SEE
from plimsoll.people.models import User


def readable(user: User) -> QuerySet[Notice]:
    """The notices that this person may read; a reviewer, the one only that names them."""
    notices = Notice.objects.select_related("case__school", "follows", "reviewer")
    return visible(notices, user, SEE) | visible(notices, user, REVIEW)


def writable(user: User) -> QuerySet[Notice]:
    """The notices of the cases in which this person may draft."""
    return visible(Notice.objects.select_related("case__school", "follows"), user, DRAFT)


def is_inside(user: User, notice: Notice) -> bool:
    """May this person read the whole case, and not this notice alone?"""
    return may(user, SEE, notice)
