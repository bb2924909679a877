"""Finding a power in use, and those of a case."""

from django.db.models import QuerySet

from plimsoll.core.access import visible
from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.people.models import User


def powers(user: User, permission: str) -> QuerySet[PowerInUse]:
    """The powers in use of the cases in which this person may do that."""
    rows = PowerInUse.objects.select_related("case__school", "decision__told")
    return visible(rows, user, permission)


def of_case(case: Case) -> list[PowerInUse]:
    """Every use of a power in the case, the latest last; one query."""
    rows = list(PowerInUse.objects.filter(case=case).order_by("proposed_on", "pk"))
    for each in rows:
        each.case = case
    return rows
