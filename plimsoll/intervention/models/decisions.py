"""Decisions as records, and the powers of intervention that follow from them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.core.access import Path
from plimsoll.core.guards import append_only
from plimsoll.core.models import Case as Process
from plimsoll.intervention.models.cases import BY_CASE, Case

BY_POWER = Path("power__case__school_id", group="power__case__school__phase")


@append_only
class Decision(models.Model):
    """Who decided what, on what authority, whom they had consulted, from when, and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    what = models.TextField()
    made_on = models.DateField()
    effective_on = models.DateField()
    decided_by = models.CharField(max_length=150)
    authority = models.CharField(max_length=300)
    consulted = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    reasons = models.TextField()
    # The day on which the school was told of it; nothing where it has not been.
    told_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_CASE

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_says_why")
        ]

    def __str__(self) -> str:
        return self.what[:80]


class PowerInUse(Process):
    """One statutory power, from its proposal to its end (EIA 2006 ss.63 to 66).

    `last_day` is the end of the window after the compliance period, where the power has one:
    it runs from there and not from eligibility, so a late proposal eats it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="powers")
    power = models.CharField(max_length=20)
    proposed_on = models.DateField()
    last_day = models.DateField(null=True)
    # The Secretary of State was notified, or has consented, as the power demands.
    told_secretary_on = models.DateField(null=True)
    consent_on = models.DateField(null=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    in_force_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    ACCESS: ClassVar = BY_CASE

    class Meta:
        verbose_name_plural = "powers in use"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(in_force_on=None)
                | Q(last_day=None)
                | Q(in_force_on__lte=models.F("last_day")),
                name="power_used_within_its_window",
            )
        ]

    def __str__(self) -> str:
        return f"{self.power} in {self.case_id}"


@append_only
class Consultation(models.Model):
    """A consultee of a power, when they were asked and what they said."""

    power = models.ForeignKey(PowerInUse, on_delete=models.PROTECT, related_name="consultations")
    recipient = models.CharField(max_length=60)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_POWER

    def __str__(self) -> str:
        return f"{self.recipient} about {self.power_id}"
