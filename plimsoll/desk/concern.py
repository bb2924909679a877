"""That a case is open, in one line, on the pages of its school: for whoever may read the case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from plimsoll.core.access import may
from plimsoll.intervention.cases.queries import cases
from plimsoll.intervention.permissions import SEE
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.schools.models import School


@dataclass(frozen=True)
class OpenCase:
    """Where it stands, since when, and the day of its next review."""

    stands: str
    since: date
    review_on: date
    is_late: bool
    href: str


def open_case(user: Any, school: School, today: date) -> OpenCase | None:
    """None for whoever may not know, and for the school itself: it has its letters (S7)."""
    if not may(user, SEE, school):
        return None
    case = cases(user).filter(school=school, closed_on=None).first()
    if case is None:
        return None
    return OpenCase(
        stands=process_of(case).state(case).label,
        since=case.stands_since,
        review_on=case.review_on,
        is_late=case.review_on < today,
        href=reverse("intervention:case", args=[case.pk]),
    )
