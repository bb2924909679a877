"""Whom the authority reaches at a school, and how: the register gives none of it."""

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from plimsoll.core import access, audit
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.schools.models import Contact, School

SEE, CHANGE = "contact.see", "contact.change"
FIELDS: Final = ("kind", "name", "email", "telephone")


@transaction.atomic
def add(
    *,
    school: School,
    kind: str,
    name: str,
    email: str = "",
    telephone: str = "",
    starts: date,
    by: User,
    at: datetime,
) -> Contact:
    """A further contact; whoever was there before stays until ended."""
    contact = Contact(
        school=school, kind=kind, name=name, email=email, telephone=telephone, starts=starts
    )
    _check(contact, by)
    contact.save()
    _record("contact.added", contact, by=by, at=at, after=_facts(contact))
    return contact


@transaction.atomic
def change(*, contact: Contact, by: User, at: datetime, **facts: Any) -> Contact:
    """Correct a name, an address or a number. A new person in the post is a new contact."""
    if unknown := facts.keys() - set(FIELDS):
        raise TypeError(f"a contact has no {', '.join(sorted(unknown))}")
    before = _facts(contact)
    for field, value in facts.items():
        setattr(contact, field, value)
    _check(contact, by)
    if (after := _facts(contact)) == before:
        return contact
    contact.save(update_fields=list(facts))
    _record("contact.changed", contact, by=by, at=at, before=before, after=after)
    return contact


@transaction.atomic
def end(*, contact: Contact, on: date, by: User, at: datetime) -> Contact:
    """Not the contact any more after this day; kept, as letters went there."""
    _check(contact, by)
    if contact.ends and contact.ends < on:
        raise Refused(f"This contact ended on {long_date(contact.ends)} already.")
    if on < contact.starts:
        raise Refused(f"Choose {long_date(contact.starts)} or later: the contact begins then.")
    contact.ends = on
    contact.save(update_fields=["ends"])
    after = {"name": contact.name, "ends": on.isoformat()}
    _record("contact.ended", contact, by=by, at=at, after=after)
    return contact


def _check(contact: Contact, by: User) -> None:
    if not access.may(by, CHANGE, contact):
        raise Refused(f"You may not change the contacts of {contact.school.name}.")
    if not contact.email and not contact.telephone:
        raise Refused("Enter an e-mail address or a telephone number: one is enough.")


def _facts(contact: Contact) -> dict[str, Any]:
    return {field: getattr(contact, field) for field in FIELDS}


def _record(verb: str, contact: Contact, *, by: User, at: datetime, **facts: Any) -> None:
    audit.record(verb=verb, subject=contact, by=by, at=at, permission=SEE, **facts)
