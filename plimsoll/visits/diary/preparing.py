"""The school's short part before a visit: asked for, written, sent (E2)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused, Stale
from plimsoll.framework import editions
from plimsoll.people.models import User
from plimsoll.visits.diary.notify import tell_of
from plimsoll.visits.diary.workflow import COMING
from plimsoll.visits.models import Preparation, Visit

WRITE: Final = "visit.confirm"
INVITATION: Final = "Answer a few questions before the visit"
AGAIN: Final = "Change what you sent before the visit"


def is_asked(visit: Visit) -> bool:
    """Is the school asked before a visit of this type? Of a private one never (E12)."""
    return visit.type.prepared and not visit.private


def is_open(visit: Visit) -> bool:
    """The school may write while the visit is to come."""
    return is_asked(visit) and visit.state in COMING


def may_write(user: User, visit: Visit) -> bool:
    return is_open(visit) and may(user, WRITE, visit)


def answered(visit: Visit, sent: Preparation) -> list[tuple[str, str]]:
    """What the school sent, question by question."""
    answers = ((each.label, sent.answers.get(each.id, "")) for each in visit.policy.diary.before)
    return [(question, answer) for question, answer in answers if answer]


@transaction.atomic
def send(
    *, visit: Visit, answers: Mapping[str, str], version: int, by: User, at: datetime
) -> Preparation:
    """Send the school's part, or send it again as amended while the visit is to come.

    `version` is what the person saw, nought before anything was sent. Raises Stale when
    somebody else sent one meanwhile, Refused once the visit is over.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if not may(by, WRITE, visit):
        raise Refused("Your role at this school does not allow you to prepare its visits.")
    if not is_open(visit):
        raise Refused("Nothing is asked before this visit any more.")
    found = Preparation.objects.filter(visit=visit).first() or Preparation(visit=visit, version=0)
    known = {each.id for each in visit.policy.diary.before}
    wanted = {key: text for key, text in answers.items() if key in known}
    if found.pk and found.answers == wanted:
        return found  # a second click
    if version != found.version:
        raise Stale(found)
    found.answers, found.sent_at, found.saved_at, found.saved_by = wanted, at, at, by.name
    found.version += 1
    found.save()
    audit.record(verb="visit.prepared", subject=visit, by=by, at=at, permission="visit.see")
    return found


def ask_due(*, at: datetime) -> int:
    """Ask each school whose visit comes near for its part; returns how many were asked.

    Repeating it asks nobody twice for one day of a visit; moved, it is asked for again.
    """
    return sum(_ask(pk, at=at) for pk in _due(at).values_list("pk", flat=True))


def _due(at: datetime) -> QuerySet[Visit]:
    """Visits that are near enough by their own edition, and not asked for on their day."""
    today = timezone.localdate(at)
    near = Q(pk__in=())
    for edition in editions.editions():
        kinds = [each.id for each in edition.visits if each.prepared and not each.content_private]
        last = today + timedelta(days=edition.diary.ask_before)
        near |= Q(edition=edition.key, kind__in=kinds, on__gte=today, on__lte=last)
    return (
        Visit.objects.filter(near, preparation=None, state__in=COMING, private=False)
        .exclude(asked_for__isnull=False, asked_for=F("on"))
        .order_by("pk")
    )


@transaction.atomic
def _ask(pk: int, *, at: datetime) -> int:
    visit = Visit.objects.select_related("school", "partner").get(pk=pk)
    if not _due(at).filter(pk=pk).update(asked_for=F("on")):
        return 0  # another worker was quicker
    cause = f"prepare:{visit.pk}:{visit.on.isoformat()}"
    return tell_of(visit, "visit-prepare", by=None, at=at, cause=cause)
