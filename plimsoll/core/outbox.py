"""E-mails: written with the change they tell of, sent after it, and never twice."""

from datetime import datetime, timedelta
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet

from plimsoll.core.models import Message

# A claim this old belongs to a sender that was killed between claiming and sending. Whether
# the e-mail left is unknown, so it is shown to a person and not sent again by itself.
LEASE: Final = timedelta(minutes=10)
LONGEST_SUBJECT: Final = 200


def post(*, key: str, to: str, subject: str, body: str, at: datetime) -> bool:
    """Put an e-mail in the outbox; False when the same cause already has one.

    Called inside the transaction of the change, so a change undone sends nothing.
    """
    words = " ".join(subject.split())  # on one line, or it could not be sent
    _, new = Message.objects.get_or_create(
        key=key,
        defaults={"to": to, "subject": words[:LONGEST_SUBJECT], "body": body, "posted_at": at},
    )
    return new


def send_due(*, at: datetime, limit: int = 100) -> tuple[int, int]:
    """Send what waits; returns how many were sent and how many failed.

    Each is claimed by one conditional update first, so any number of senders may run.
    """
    sent = failed = 0
    waiting = Message.objects.filter(claimed_at=None, sent_at=None).order_by("pk")
    for message in waiting[:limit]:
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
