"""What was said about an academy or a trust with the regulator and others (U1)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from plimsoll.core import audit
from plimsoll.core.access import may, visible
from plimsoll.core.workflow import Refused
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.models import Liaison

SEE: Final = "liaison.see"
LOG: Final = "liaison.log"


@dataclass(frozen=True, kw_only=True)
class Word:
    """What is logged: when, with which body, with whom there, what about, when next."""

    on: date
    spoke_to: str
    about: str
    person: str = ""
    next_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class About:
    """One school, or one trust as such."""

    school: School | None = None
    trust_uid: int | None = None


@transaction.atomic
def log(*, about: About, word: Word, by: User, at: datetime) -> Liaison:
    """Log it. The same of the same person is there already: a second click."""
    User.objects.select_for_update().get(pk=by.pk)  # of two clicks at once the later finds this
    row = _new(about, word, by, at)
    if not may(by, LOG, row):
        raise Refused("Your role does not allow you to log liaison here.")
    twin = Liaison.objects.filter(
        logged_by=by.pk, corrected_by=None, **_whose(about), **asdict(word)
    )
    if found := twin.first():
        return found
    row.save()
    _record("liaison.logged", row, by=by, at=at)
    return row


@transaction.atomic
def correct(*, row: Liaison, word: Word, by: User, at: datetime) -> Liaison:
    """Put a mistake right by another entry; what was logged first stays readable."""
    first = Liaison.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not may(by, LOG, first):
        raise Refused("Your role does not allow you to correct this.")
    if Liaison.objects.filter(corrects=first).exists():
        raise Refused("This was corrected already. Correct the newer entry instead.")
    better = _new(About(school=first.school, trust_uid=first.trust_uid), word, by, at)
    better.corrects = first
    better.save()
    _record("liaison.corrected", better, by=by, at=at)
    return better


def of_school(school: School, user: Any) -> QuerySet[Liaison]:
    """What was said of this school, newest first, as far as the person may read it."""
    return _ordered(visible(Liaison.objects.filter(school=school), user, SEE))


def of_trust(uid: int | None, user: Any) -> QuerySet[Liaison]:
    """What was said of the trust as such."""
    rows = Liaison.objects.none() if uid is None else Liaison.objects.filter(trust_uid=uid)
    return _ordered(visible(rows, user, SEE))


def of_schools(uid: int, user: Any) -> QuerySet[Liaison]:
    """What was said of each of the trust’s schools."""
    rows = Liaison.objects.filter(school__trust_uid=uid)
    return _ordered(visible(rows, user, SEE))


def next_dates(rows: Iterable[Liaison]) -> list[Liaison]:
    """The next date with each body about each school or trust: what its newest entry says.

    A later word with the same body takes the place of what was meant before.
    """
    newest: dict[tuple[object, object, str], Liaison] = {}
    for row in sorted(filter(stands, rows), key=lambda each: (each.on, each.pk)):
        newest[row.school_id, row.trust_uid, row.spoke_to] = row
    found = [row for row in newest.values() if row.next_on]
    return sorted(found, key=lambda row: (row.next_on or date.max, row.pk))


def stands(row: Liaison) -> bool:
    """No other entry corrects it."""
    return getattr(row, "corrected_by", None) is None


def with_whom(policy: Edition, key: str) -> str:
    """A body of policy’s `liaison`, as it is worded there."""
    return next((choice.label for choice in policy.contacts.liaison if choice.id == key), key)


def _ordered(rows: QuerySet[Liaison]) -> QuerySet[Liaison]:
    return rows.select_related("school", "corrected_by").order_by("-on", "-pk")


def _whose(about: About) -> dict[str, Any]:
    return {"school": about.school, "trust_uid": about.trust_uid}


def _new(about: About, word: Word, by: User, at: datetime) -> Liaison:
    return Liaison(
        logged_at=at, logged_by=by.pk, logged_by_name=by.name, **_whose(about), **asdict(word)
    )


def _record(verb: str, row: Liaison, *, by: User, at: datetime) -> None:
    """That there was a word; what was said stands in the log alone."""
    facts = {"on": row.on.isoformat(), "trust": row.trust_uid}
    audit.record(verb=verb, subject=row, by=by, at=at, permission=SEE, after=facts)
