"""Safeguarding worries: raised to a person the same day, and never lost from sight (Q1).

Nothing of a worry is in an e-mail, a summary, a report, or before anybody at the school.
"""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from plimsoll.core import audit
from plimsoll.core.access import grants, may, visible
from plimsoll.core.workflow import Refused, begin
from plimsoll.framework.editions import current
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders, in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.visits import notify
from plimsoll.visits.models import Visit, Worry
from plimsoll.visits.reports import privacy
from plimsoll.visits.reports.worry_workflow import SEE, WORRY

RAISE: Final = "worry.raise"


def may_be_told(school: School, by: User, today: date) -> list[Assignment]:
    """To whom a worry at this school may go: holders of policy's roles, in its order."""
    known = grants(SEE)
    roles = [role for role in current().reports.worry_to if role in known]
    held = [each for each in holders(school, roles, today) if each.person_id != by.pk]
    return sorted(held, key=lambda each: (roles.index(each.role), each.person.name))


def names_in(text: str, school: School, today: date) -> list[str]:
    """The words of a worry that look like the name of a child."""
    posts = Assignment.objects.filter(in_force(today), Q(school=school) | Q(school=None))
    adults = posts.values_list("person__name", flat=True)
    words = (school.name, school.town, school.trust_name)
    found = privacy.look("", text, policy=current(), adults=adults, words=words)
    return list(dict.fromkeys(each.word for each in found if each.why == privacy.NAMED))


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


def readable(user: User) -> QuerySet[Worry]:
    """The worries that this person may know of, those that nobody has acknowledged first."""
    waits = Case(
        When(state="raised", then=Value(0)),
        When(state="acknowledged", then=Value(1)),
        default=Value(2),
    )
    found = visible(Worry.objects.select_related("school", "raised_by", "raised_to"), user, SEE)
    return found.order_by(waits, "raised_at", "pk")


def not_acknowledged(today: date) -> QuerySet[Worry]:
    """The worries that were not acknowledged on the day on which they were raised."""
    return Worry.objects.filter(state="raised", raised_at__date__lt=today)


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
    return notify.tell(
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
