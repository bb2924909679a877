"""What every record of a case has in common: who may make it, on what day, in an open case."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from plimsoll.core import audit
from plimsoll.core.access import holds, may
from plimsoll.core.forms import long_date
from plimsoll.core.models import Versioned
from plimsoll.core.workflow import Refused
from plimsoll.framework.casework import Fact
from plimsoll.intervention.models import Case
from plimsoll.intervention.permissions import PRIVILEGED, RECORD, SEE
from plimsoll.people.models import User

# What may be done in a case as a whole; what a room alone asks for stands in that room.


def locked(case: Case, by: User, permission: str = RECORD) -> Case:
    """The case as it is now, for somebody who may write in it. Raises Refused."""
    found = Case.objects.select_for_update(of=("self",)).select_related("school").get(pk=case.pk)
    if not may(by, permission, found):
        raise Refused("Your role at this school does not allow you to add to its case.")
    if found.closed_on:
        raise Refused(f"The case was closed on {long_date(found.closed_on)}.")
    return found


def the_role_of(fact: Fact, case: Case, by: User) -> None:
    """Some facts are put on record by one role only. Raises Refused."""
    if fact.by and not holds(by, fact.by, case):
        role = case.policy.roles[fact.by].label
        raise Refused(f"“{fact.label}” is put on record by the {role}.")


def may_record(by: User, fact: Fact, case: Case) -> bool:
    """Legal advice is put on record by those who may read it."""
    return may(by, RECORD, case) and (not fact.privileged or may(by, PRIVILEGED, case))


def not_ahead(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refused("The day lies ahead: record it when it has happened.")


def save(row: Versioned, *fields: str) -> None:
    """Save these fields with the next version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def note(
    verb: str, case: Case, *, by: User, at: datetime, permission: str = SEE, **after: Any
) -> None:
    """One event of the case."""
    audit.record(verb=verb, subject=case, by=by, at=at, permission=permission, after=after or None)
