"""What the kernel itself keeps: the audit trail, drafts as typed, the outbox."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.core.access import Path
from plimsoll.core.guards import append_only


@append_only
class Event(models.Model):
    """One thing that happened, for ever. No foreign keys: it outlives what it tells of."""

    at = models.DateTimeField(db_index=True)
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=100, blank=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    urn = models.IntegerField(null=True, db_index=True)
    permission = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    ACCESS: ClassVar = Path("urn")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "subject_id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"


class Draft(models.Model):
    """What a person has typed into one form and not yet sent, kept as typed."""

    user = models.BigIntegerField()
    key = models.CharField(max_length=120)
    data = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="one_draft_a_form"),
        ]

    def __str__(self) -> str:
        return self.key


class Message(models.Model):
    """An e-mail in the outbox. Its key makes a second one for the same cause impossible."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=500, blank=True)  # what it leads to, for the digest
    posted_at = models.DateTimeField()
    # Whom it is for, where that is somebody with an account.
    person = models.BigIntegerField(null=True)
    # It waits for the person's one e-mail of the day.
    held = models.BooleanField(default=False)
    # The one e-mail of a day into which it was joined; it is not sent itself.
    digest = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person"], condition=Q(held=True), name="message_held"),
        ]

    def __str__(self) -> str:
        return self.key


class Versioned(models.Model):
    """A record that two people may edit: its version tells whether a save is stale."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Case(Versioned):
    """A record whose state only `core.workflow` changes."""

    state = models.CharField(max_length=30)
    state_since = models.DateTimeField()

    class Meta:
        abstract = True
