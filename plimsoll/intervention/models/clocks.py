"""Obligations with their clocks, and more time for them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.core.access import Path
from plimsoll.core.guards import append_only
from plimsoll.core.models import Case as Process
from plimsoll.framework.vocabulary import ACTION_PLAN
from plimsoll.intervention.models.cases import BY_CASE, Case
from plimsoll.intervention.models.notices import Notice

BY_OBLIGATION = Path("obligation__case__school_id", group="obligation__case__school__phase")


class Obligation(Process):
    """Something owed by a day: by the governing body, or by the authority itself.

    `kind` is the key of policy's deadline, or of a window that the law sets. The first date
    stays beside the present one.
    """

    class Owner(models.TextChoices):
        SCHOOL = "school", "The governing body"
        SERVICE = "service", "The authority"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="obligations")
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, null=True, related_name="obligations"
    )
    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    owner = models.CharField(max_length=7, choices=Owner)
    starts = models.DateField()
    due = models.DateField()
    first_due = models.DateField()
    basis = models.CharField(max_length=7)
    source = models.CharField(max_length=300)
    met_on = models.DateField(null=True)
    met_by = models.CharField(max_length=150, blank=True)
    # What was said when it was met, or why it ended.
    note = models.TextField(blank=True)

    ACCESS: ClassVar = BY_CASE

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="obligation_state_due")]

    def __str__(self) -> str:
        return f"{self.label} by {self.due}"

    @property
    def is_plan(self) -> bool:
        """Is it met by the governing body's plan, which has a process of its own?"""
        return self.kind == ACTION_PLAN


@append_only
class Extension(models.Model):
    """More time for an obligation, with the reason; a window of the law has none."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="extensions")
    due = models.DateField()
    why = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_OBLIGATION

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="extension_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.obligation} until {self.due}"
