"""Filters that a person saved: theirs alone, and no part of any school's record."""

from datetime import datetime
from typing import Final

from django.db import transaction

from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.schools.models import SavedFilter

# More than anybody reads through.
MOST: Final = 30


@transaction.atomic
def save(*, name: str, query: str, by: User, at: datetime) -> SavedFilter:
    """Keep a query under a name. The same name and query again is the same filter."""
    User.objects.select_for_update().get(pk=by.pk)
    own = SavedFilter.objects.filter(person=by)
    if same := own.filter(name=name, query=query).first():
        return same
    _check_free(by, name)
    if own.count() >= MOST:
        raise Refused(f"You have {MOST} saved filters. Delete one to save another.")
    return SavedFilter.objects.create(person=by, name=name, query=query, saved_at=at)


@transaction.atomic
def rename(*, saved: SavedFilter, name: str) -> SavedFilter:
    User.objects.select_for_update().get(pk=saved.person_id)
    _check_free(saved.person, name, but=saved.pk)
    saved.name = name
    saved.save(update_fields=["name"])
    return saved


def delete(*, saved: SavedFilter) -> None:
    """Gone for good: a preference tells nothing of what was done (decision 15)."""
    saved.delete()


def _check_free(person: User, name: str, but: int = 0) -> None:
    if SavedFilter.objects.filter(person=person, name=name).exclude(pk=but).exists():
        raise Refused(f"You have a saved filter called “{name}” already. Choose another name.")
