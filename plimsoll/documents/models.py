"""Documents: issued letters and uploaded evidence, kept as the bytes they were."""

from typing import ClassVar

from django.db import models
from django.db.models import QuerySet

from plimsoll.core.access import Path
from plimsoll.core.guards import append_only


class DocumentQuerySet(QuerySet["Document"]):
    def about(self, case: models.Model) -> "DocumentQuerySet":
        """The documents of one case, newest first, without their bytes."""
        return (
            self.filter(subject=case._meta.label_lower, subject_id=case.pk)
            .defer("body")
            .order_by("-issued_at", "-pk")
        )


@append_only
class Document(models.Model):
    """A file as it was issued or handed in. It is never changed and never rendered again.

    A letter's PDF and its Word twin share `issue`. `permission` is what a reader needs at
    the school. As with an event there are no foreign keys: it outlives its case.
    """

    issue = models.UUIDField(db_index=True)
    urn = models.IntegerField(db_index=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    filename = models.CharField(max_length=140)
    media_type = models.CharField(max_length=100)
    language = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    permission = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField(null=True)
    issued_by_name = models.CharField(max_length=200)

    objects = DocumentQuerySet.as_manager()

    ACCESS: ClassVar = Path("urn")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "subject_id"], name="document_subject")
        ]

    def __str__(self) -> str:
        return self.title
