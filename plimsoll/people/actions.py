"""What is written about people and their accounts. Which roles they hold: `schools.actions`."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction

from plimsoll.core import audit, outbox
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User

SEE = "people.see"


def known(email: str) -> User | None:
    """The person of this address, however it is typed."""
    return User.objects.filter(email=email.strip().lower()).first()


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    by: Any,
    at: datetime,
    password: str | None = None,
    part: str = "",
) -> User:
    """A person with an account.

    The address counts as confirmed: its owner followed a link sent to it, or an
    administrator vouches for it. Without a password, by code, passkey or provider only.
    """
    if known(email):
        raise Refused(f"{email} has an account already.")
    user = User.objects.create_user(email.strip(), name.strip(), password)
    if part:
        user.part = part
        user.save(update_fields=["part"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(
        verb="person.created", subject=user, by=by, at=at, permission=SEE, after={"name": user.name}
    )
    return user


@transaction.atomic
def rename(*, person: User, name: str, by: Any, at: datetime) -> None:
    """The name that others see."""
    before = person.name
    if name == before:
        return
    person.name = name
    person.save(update_fields=["name"])
    audit.record(
        verb="person.renamed",
        subject=person,
        by=by,
        at=at,
        permission=SEE,
        before={"name": before},
        after={"name": name},
    )


@transaction.atomic
def choose_emails(*, person: User, emails: str, by: Any, at: datetime) -> None:
    """An e-mail for each thing or one a day; whoever changes back gets what is held at once."""
    before = person.emails
    if emails == before:
        return
    person.emails = emails
    person.save(update_fields=["emails"])
    if not person.wants_digest:
        outbox.release([person.pk])
    audit.record(
        verb="person.emails-chosen",
        subject=person,
        by=by,
        at=at,
        permission=SEE,
        before={"emails": before},
        after={"emails": emails},
    )


@transaction.atomic
def end_sessions(*, person: User, by: Any, at: datetime) -> int:
    """Sign the person out everywhere; returns at how many places."""
    places = UserSession.objects.filter(user=person)
    count = len(places)
    for place in places:
        place.end()
    audit.record(
        verb="person.sessions-ended",
        subject=person,
        by=by,
        at=at,
        permission=SEE,
        after={"sessions": count},
    )
    return count


@transaction.atomic
def close_account(*, person: User, by: Any, at: datetime) -> None:
    """No more sign-in and no more e-mail, from now on. What the person did stays on record."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    outbox.withdraw(person.pk)
    audit.record(verb="person.closed", subject=person, by=by, at=at, permission=SEE)
    end_sessions(person=person, by=by, at=at)


@transaction.atomic
def reopen_account(*, person: User, by: Any, at: datetime) -> None:
    """The person may sign in again, with the roles that still run."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record(verb="person.reopened", subject=person, by=by, at=at, permission=SEE)
