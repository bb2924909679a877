"""The audit trail: append-only events, written in the transaction they tell of."""

from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from plimsoll.core import access
from plimsoll.core.models import Event


def record(
    *,
    verb: str,
    subject: Model,
    by: Any,
    at: datetime,
    permission: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    capacity: str = "",
) -> Event:
    """Write one event.

    `by` is a person, or None for the system itself. `permission` is what a reader needs,
    at the subject's school, to see that this event happened at all: an event about a
    confidential record is as confidential as the record (S7).
    """
    path = getattr(type(subject), "ACCESS", None)
    return Event.objects.create(
        at=at,
        actor=by.pk if by else None,
        actor_name=str(by) if by else "Plimsoll",
        capacity=capacity,
        verb=verb,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        urn=access.follow(subject, path.id) if path else None,
        permission=permission,
        before=before,
        after=after,
    )


def last_change(subject: Model, **said: str) -> Event:
    """The newest event about the record but for reading it: who it was, and when.

    `said` narrows it to events that said this besides.
    """
    about = {f"after__{name}": value for name, value in said.items()}
    events = Event.objects.filter(subject=subject._meta.label_lower, subject_id=subject.pk, **about)
    return events.exclude(verb__endswith=".read").latest("at", "pk")


def readable(user: Any) -> QuerySet[Event]:
    """The events this person may know of, newest first.

    An event is readable with its own permission at its own school, so the trail shows
    nobody more than the pages do.
    """
    within = Q(pk__in=())
    for permission in access.GRANTS:
        if reach := access.scope(user, permission):
            within |= Q(permission=permission) & access.path_of(Event).q(reach)
    return Event.objects.filter(within).order_by("-at", "-pk")
