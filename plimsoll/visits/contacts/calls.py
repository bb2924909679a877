"""A contact by telephone, by e-mail or in passing, logged in a minute (U3)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.models import Call

SEE: Final = "call.see"
LOG: Final = "call.log"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is logged: when, how, with whom, what about, and when to come back to it."""

    on: date
    how: str
    spoke_to: str
    about: str
    follow_up_on: date | None = None


@transaction.atomic
def log(*, school: School, said: Said, by: User, at: datetime, follows: Call | None = None) -> Call:
    """Log a contact. The same one of the same person is there already: a second click."""
    User.objects.select_for_update().get(pk=by.pk)  # of two clicks at once the later finds this
    if not may(by, LOG, school):
        raise Refused("Your role at this school does not allow you to log a call.")
    twin = Call.objects.filter(school=school, logged_by=by.pk, corrected_by=None, **asdict(said))
    if found := twin.first():
        return found
    call = _new(school=school, said=said, by=by, at=at)
    call.follows = follows
    call.save()
    _record("call.logged", call, by=by, at=at)
    return call


@transaction.atomic
def correct(*, call: Call, said: Said, by: User, at: datetime) -> Call:
    """Put a mistake right by another entry; what was logged first stays readable."""
    first = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if not may(by, LOG, first):
        raise Refused("Your role at this school does not allow you to correct this call.")
    if Call.objects.filter(corrects=first).exists():
        raise Refused("This was corrected already. Correct the newer entry instead.")
    better = _new(school=first.school, said=said, by=by, at=at)
    better.corrects, better.follows = first, first.follows
    better.save()
    _record("call.corrected", better, by=by, at=at)
    return better


def standing() -> QuerySet[Call]:
    """The calls that hold: those that no other corrects."""
    return Call.objects.filter(corrected_by=None)


def to_follow_up() -> QuerySet[Call]:
    """Those that somebody meant to come back to, and nobody has."""
    return standing().exclude(follow_up_on=None).filter(followed_by=None)


def _new(*, school: School, said: Said, by: User, at: datetime) -> Call:
    return Call(
        school=school, logged_at=at, logged_by=by.pk, logged_by_name=by.name, **asdict(said)
    )


def _record(verb: str, call: Call, *, by: User, at: datetime) -> None:
    """That there was a call; what was said stands in the log alone."""
    day = {"on": call.on.isoformat()}
    audit.record(verb=verb, subject=call, by=by, at=at, permission=SEE, after=day)
