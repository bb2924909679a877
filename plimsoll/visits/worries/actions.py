"""Safeguarding worries: raised to a person the same day, and never lost from sight (Q1).

Nothing of a worry is in an e-mail, a summary, a report, or before anybody at the school.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused, begin
from plimsoll.framework.editions import current
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.schools.telling import tell
from plimsoll.visits.models import Visit, Worry
from plimsoll.visits.worries.queries import may_be_told, not_acknowledged
from plimsoll.visits.worries.workflow import SEE, WORRY

RAISE: Final = "worry.raise"


@transaction.atomic
def raise_worry(
    *,
    school: School,
    visit: Visit | None,
    about: str,
    to: User,
    told_besides: str,
    by: User,
    at: datetime,
) -> Worry:
    """Raise it to a person, who is told at once that there is something to read.

    The same words from the same person on the same day are raised already. Raises Refused.
    """
    School.objects.select_for_update().get(pk=school.pk)
    if not may(by, RAISE, school):
        raise Refused("Your role at this school does not allow you to raise this here.")
    today = timezone.localdate(at)
    if to not in [each.person for each in may_be_told(school, by, today)]:
        raise Refused("Choose one of the people to whom this goes.")
    own = Worry.objects.filter(school=school, raised_by=by, about=about)
    if found := own.filter(raised_at__date=today).first():
        return found
    worry = Worry(
        school=school,
        visit=visit,
        about=about,
        raised_at=at,
        raised_by=by,
        raised_to=to,
        told_besides=told_besides,
    )
    begin(worry, state="raised", at=at).save()
    audit.record(verb="worry.raised", subject=worry, by=by, at=at, permission=SEE)
    _tell(worry, "worry-raised", [to], by=by, at=at, cause="raised")
    return worry


def acknowledge(*, worry: Worry, version: int, by: User, at: datetime) -> Worry:
    """Somebody has read it and takes it on: whoever raised it hears so."""
    with transaction.atomic():
        taken = WORRY.take(worry, "acknowledge", by=by, at=at, version=version)
        _tell(taken, "worry-acknowledged", [taken.raised_by], by=by, at=at, cause="read")
    return taken


@transaction.atomic
def note_reading(*, worry: Worry, by: User, at: datetime) -> None:
    """Reading a worry is an event."""
    audit.record(verb="worry.read", subject=worry, by=by, at=at, permission=SEE)


def alert(*, at: datetime) -> int:
    """Tell all of policy's roles of each, once a day until it is acknowledged."""
    today = timezone.localdate(at)
    posted = 0
    for worry in not_acknowledged(today).select_related("school", "raised_by", "raised_to"):
        people = [each.person for each in may_be_told(worry.school, worry.raised_by, today)]
        posted += _tell(worry, "worry-raised", people, by=None, at=at, cause=str(today))
    return posted


def _tell(
    worry: Worry, message: str, people: list[User], *, by: User | None, at: datetime, cause: str
) -> int:
    return tell(
        message,
        policy=current(),
        school=worry.school,
        permission=SEE,
        link=reverse("visits:worry", args=[worry.pk]),
        cause=f"worry:{worry.pk}:{cause}",
        by=by,
        at=at,
        people=people,
    )
