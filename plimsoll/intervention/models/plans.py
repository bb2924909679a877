"""The governing body's plan: what is being written, what was sent, and what was said to it (I8)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.core.access import Path
from plimsoll.core.guards import append_only
from plimsoll.core.models import Case as Process
from plimsoll.core.models import Versioned
from plimsoll.documents.models import Document
from plimsoll.intervention.models.clocks import BY_OBLIGATION, Obligation

BY_PLAN = Path("plan__obligation__case__school_id", group="plan__obligation__case__school__phase")
BY_VERSION = Path(
    "version__plan__obligation__case__school_id",
    group="version__plan__obligation__case__school__phase",
)


class GoverningBodyPlan(Process):
    """The plan that meets an obligation. What was sent stands in its versions.

    `matters` are what the notice requires, point by point, since the plan was begun.
    `received_on` is the day of the version that counts: nothing while the plan is owed, as it
    is again once it was returned.
    """

    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="plan")
    matters = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150)
    received_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)

    ACCESS: ClassVar = BY_OBLIGATION

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(accepted_on=None)
                | Q(received_on__isnull=False, accepted_on__gte=models.F("received_on")),
                name="accepted_once_received",
            )
        ]

    def __str__(self) -> str:
        return f"Plan for {self.obligation}"


class PlanAction(Versioned):
    """One thing that will be done about a matter of the notice, as it is written."""

    plan = models.ForeignKey(GoverningBodyPlan, on_delete=models.PROTECT, related_name="actions")
    matter = models.PositiveSmallIntegerField()
    what = models.TextField()
    who = models.CharField(max_length=150, blank=True)
    by_when = models.DateField(null=True)
    measure = models.TextField(blank=True)

    ACCESS: ClassVar = BY_PLAN

    def __str__(self) -> str:
        return self.what[:80]


class PlanAnswer(Versioned):
    """What the governing body says to one of policy's questions about the whole plan."""

    plan = models.ForeignKey(GoverningBodyPlan, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    text = models.TextField()

    ACCESS: ClassVar = BY_PLAN

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "question"], name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.question} in {self.plan_id}"


@append_only
class PlanVersion(models.Model):
    """The plan as it was sent: its words where it was written here, and its document always."""

    class How(models.TextChoices):
        WRITTEN = "written", "Written here"
        FILE = "file", "Sent here as a file"
        POST = "post", "By post"
        EMAIL = "email", "By e-mail"
        HAND = "hand", "By hand"

    plan = models.ForeignKey(GoverningBodyPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=7, choices=How)
    received_on = models.DateField()
    # The day by which it was owed then: more time may be given afterwards.
    due = models.DateField()
    content = models.JSONField(default=dict)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_PLAN

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.plan_id}"


@append_only
class PlanJudgement(models.Model):
    """What the authority said to a version: accepted, or returned with points."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="judgement")
    accepted = models.BooleanField()
    on = models.DateField()
    text = models.TextField(blank=True)
    # The new day, where more time was given with it.
    due = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_VERSION

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(text=""), name="returned_with_points"
            )
        ]

    def __str__(self) -> str:
        return f"Judgement of {self.version_id}"
