"""Termly summaries: composed from the records of a term, amended, signed off, issued."""

from typing import ClassVar

from django.db import models

from plimsoll.allocations.models import BY_SCHOOL
from plimsoll.core.models import Case
from plimsoll.framework import editions
from plimsoll.framework.model import Edition
from plimsoll.schools.models import School


class Summary(Case):
    """What one school received in one term (Q2). It never carries the band.

    The facts in it are read from the records whenever it is shown, until it is issued: then
    they stand still in `issued`, as in the documents. What a person wrote is kept in `texts`,
    by policy's parts. `ends` is the last day before the next term: no day between is lost.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="summaries")
    year = models.CharField(max_length=7)
    term = models.CharField(max_length=20)
    edition = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField()
    texts = models.JSONField(default=dict)
    # What the school was sent: every part with its blocks.
    issued = models.JSONField(default=list)
    composed_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150, blank=True)
    saved_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=150, blank=True)
    issued_at = models.DateTimeField(null=True)

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        verbose_name_plural = "summaries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "year", "term"], name="one_summary_a_term")
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.year}, {self.school.name}"

    @property
    def policy(self) -> Edition:
        return editions.edition(self.edition)
