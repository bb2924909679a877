"""E-mails: written with the change they tell of, sent after it, and never twice.

Whoever chose one e-mail a day has what comes for them held, and joined once a day into one.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet

from plimsoll.core.models import Message

# A claim this old belongs to a sender that was killed between claiming and sending. Whether
# the e-mail left is unknown, so it is shown to a person and not sent again by itself.
LEASE: Final = timedelta(minutes=10)
LONGEST_SUBJECT: Final = 200


class Addressee(Protocol):
    """What the outbox needs to know of somebody with an account."""

    pk: Any
    email: str

    @property
    def wants_digest(self) -> bool: ...


def post(*, key: str, to: str, subject: str, body: str, at: datetime, **more: Any) -> bool:
    """Put an e-mail in the outbox; False when the same cause already has one.

    Called inside the transaction of the change, so a change undone sends nothing.
    """
    words = " ".join(subject.split())  # on one line, or it could not be sent
    facts = {"to": to, "subject": words[:LONGEST_SUBJECT], "body": body, "posted_at": at}
    _, new = Message.objects.get_or_create(key=key, defaults=facts | more)
    return new


def tell(
    *,
    key: str,
    person: Addressee,
    subject: str,
    body: str,
    link: str,
    at: datetime,
    urgent: bool = False,
) -> bool:
    """Post to somebody with an account: held for the digest where they chose one.

    What is urgent is never held. The digest tells the subject and the link, not the body.
    """
    return post(
        key=key,
        to=person.email,
        subject=subject,
        body=body,
        at=at,
        person=person.pk,
        link=link,
        held=person.wants_digest and not urgent,
    )


def held() -> QuerySet[Message]:
    """What waits for the digest of those whom it is for."""
    return Message.objects.filter(held=True)


@transaction.atomic
def join(
    person: Addressee,
    *,
    key: str,
    before: datetime,
    write: Callable[[Sequence[Message]], tuple[str, str]],
    at: datetime,
) -> bool:
    """Make one e-mail of all that was held for the person before then.

    False when there is nothing, or the digest of this key was made: what came since waits on.
    The rows are locked, so that nothing released meanwhile is sent alone and joined as well.
    """
    waiting = held().filter(person=person.pk, posted_at__lt=before).select_for_update()
    messages = list(waiting.order_by("posted_at", "pk"))
    if not messages:
        return False
    subject, body = write(messages)
    if not post(key=key, to=person.email, subject=subject, body=body, at=at, person=person.pk):
        return False
    made = Message.objects.get(key=key)
    Message.objects.filter(pk__in=[one.pk for one in messages]).update(held=False, digest=made)
    return True


def release(persons: Sequence[int]) -> int:
    """What was held for these people is sent by itself after all."""
    return held().filter(person__in=persons).update(held=False)


def withdraw(person: int) -> None:
    """What has not left yet for somebody whose account is closed never does."""
    waiting = Message.objects.filter(person=person, sent_at=None, claimed_at=None)
    Message.objects.filter(digest__in=waiting).delete()
    waiting.filter(digest=None).delete()


def send_due(*, at: datetime, limit: int = 100) -> tuple[int, int]:
    """Send what waits; returns how many were sent and how many failed.

    Each is claimed by one conditional update first, so any number of senders may run.
    """
    sent = failed = 0
    waiting = Message.objects.filter(claimed_at=None, sent_at=None, held=False, digest=None)
    for message in waiting.order_by("pk")[:limit]:
        if not Message.objects.filter(pk=message.pk, claimed_at=None).update(claimed_at=at):
            continue
        try:
            EmailMessage(message.subject, message.body, to=[message.to]).send()
        except (OSError, ValueError) as problem:  # ValueError: an address that no server takes
            failed += 1
            Message.objects.filter(pk=message.pk).update(failure=str(problem) or "not sent")
        else:
            sent += 1
            Message.objects.filter(pk=message.pk).update(sent_at=at, failure="")
    return sent, failed


def stuck(*, at: datetime) -> QuerySet[Message]:
    """E-mails that failed, or whose sender vanished: for a person to look at."""
    return Message.objects.filter(
        Q(sent_at=None) & (~Q(failure="") | Q(claimed_at__lt=at - LEASE))
    ).order_by("pk")


@transaction.atomic
def send_again(message: Message) -> None:
    """A person decided that it did not arrive: back into the outbox."""
    Message.objects.filter(pk=message.pk, sent_at=None).update(claimed_at=None, failure="")
