"""Who may find a case: all of it, or what the school has been told of it (S7)."""

from django.db.models import Exists, OuterRef, QuerySet

from plimsoll.core.access import visible
from plimsoll.intervention.models import Case, Decision, Notice, Obligation
from plimsoll.people.models import User


def cases(user: User) -> QuerySet[Case]:
    """The cases that this person may read whole."""
    return visible(Case.objects.select_related("school"), user, "concern.see")


def told_cases(user: User) -> QuerySet[Case]:
    """The cases of which this person may read what the school was told.

    Before the school has been told anything there is nothing to read, not even that a case
    is open.
    """
    letters = Notice.objects.filter(case=OuterRef("pk"), given_on__isnull=False)
    return visible(Case.objects.filter(Exists(letters)), user, "concern.told").select_related(
        "school"
    )


def letters_told(case: Case) -> list[Notice]:
    """What was given, newest first."""
    rows = case.notices.filter(given_on__isnull=False).order_by("-given_on", "-pk")
    return list(rows.select_related("case"))


def obligations_told(case: Case) -> list[Obligation]:
    """What the governing body owes."""
    return list(case.obligations.filter(owner=Obligation.Owner.SCHOOL).order_by("due", "pk"))


def decisions_told(case: Case) -> list[Decision]:
    return list(case.decisions.filter(told_on__isnull=False).order_by("-made_on", "-pk"))
