"""The file of a case as it was made for somebody: what they got, and what was left out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.core.models import Case as Process
from plimsoll.documents.models import Document
from plimsoll.intervention.models.cases import BY_CASE, Case


class Bundle(Process):
    """One file: being prepared, then made once; what was handed over can be shown ever after.

    `left_out` has the reason for each thing left out by hand, by its key; `phrases` what is
    blacked out, with the reasons; `seen`, the uploads in which somebody looked for them.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bundles")
    audience = models.CharField(max_length=60)
    purpose = models.TextField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=150)
    left_out = models.JSONField(default=dict)
    phrases = models.JSONField(default=list)
    seen = models.JSONField(default=list)
    made_at = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=150, blank=True)
    pdf = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    # Every file of the zip in its order: its name there, and the document that holds its bytes.
    files = models.JSONField(default=list)
    # What it left out and blacked out, in the words in which the file itself says so.
    withheld = models.JSONField(default=dict)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    ACCESS: ClassVar = BY_CASE

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(purpose=""), name="bundle_says_what_for"),
            models.CheckConstraint(
                condition=Q(made_at=None) | (Q(pdf__isnull=False) & ~Q(sha256="")),
                name="made_bundle_is_whole",
            ),
            models.UniqueConstraint(
                fields=["case", "audience"],
                condition=Q(state="prepared"),
                name="one_bundle_in_hand_an_audience",
            ),
        ]

    def __str__(self) -> str:
        return f"Bundle of {self.case_id} for {self.audience}"
