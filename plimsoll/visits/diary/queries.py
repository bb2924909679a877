"""The visits that a person may see."""

from django.db.models import QuerySet

from plimsoll.core.access import visible
from plimsoll.people.models import User
from plimsoll.visits.models import Visit

SEE = "visit.see"


def visits(user: User, permission: str = SEE) -> QuerySet[Visit]:
    return visible(Visit.objects.select_related("school", "partner"), user, permission)
