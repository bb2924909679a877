"""Decisions as records, and the powers of intervention that follow from them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from plimsoll.core.access import Path
from plimsoll.core.guards import append_only
from plimsoll.core.models import Case as Process
from plimsoll.framework.casework import Power
from plimsoll.intervention.models.cases import BY_CASE, Case

BY_POWER = Path("power__case__school_id", group="power__case__school__phase")
BY_DECISION = Path("decision__case__school_id", group="decision__case__school__phase")


@append_only
class Decision(models.Model):
    """Who decided what, on what authority, whom they had consulted, from when, and why.

    A mistaken one stays as it is, and another `supersedes` it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    what = models.TextField()
    made_on = models.DateField()
    effective_on = models.DateField()
    decided_by = models.CharField(max_length=150)
    # The office, or the scheme of delegation, by which they may decide it.
    authority = models.CharField(max_length=300)
    consulted = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    reasons = models.TextField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_CASE

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_says_why"),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("made_on")), name="decision_made_before_effective"
            ),
        ]

    def __str__(self) -> str:
        return self.what[:80]


@append_only
class DecisionTold(models.Model):
    """When and how the school was told of a decision, which until then is not its to read."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="told")
    on = models.DateField()
    how = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_DECISION

    class Meta:
        verbose_name_plural = "decisions told"

    def __str__(self) -> str:
        return f"{self.decision_id} told on {self.on}"


class PowerInUse(Process):
    """One statutory power, from its proposal to its end (EIA 2006 ss.63 to 66).

    `last_day` is the end of the window after the compliance period, where the power has one:
    it runs from there and not from eligibility, so a late proposal eats it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="powers")
    power = models.CharField(max_length=20)
    proposed_on = models.DateField()
    proposed_by = models.CharField(max_length=150)
    why = models.TextField()
    last_day = models.DateField(null=True)
    # The Secretary of State was notified, or has consented, as the power demands.
    told_secretary_on = models.DateField(null=True)
    consent_on = models.DateField(null=True)
    secretary_how = models.CharField(max_length=300, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    # The written notice to the governing body: the day it was given, or received.
    notice_on = models.DateField(null=True)
    notice_how = models.CharField(max_length=300, blank=True)
    # To whom copies of it went, by label.
    copied = models.JSONField(default=list)
    in_force_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.TextField(blank=True)

    ACCESS: ClassVar = BY_CASE

    class Meta:
        verbose_name_plural = "powers in use"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(in_force_on=None)
                | Q(last_day=None)
                | Q(in_force_on__lte=F("last_day")),
                name="power_used_within_its_window",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on=None)
                | Q(told_secretary_on__isnull=False, told_secretary_on__lte=F("in_force_on"))
                | Q(consent_on__isnull=False, consent_on__lte=F("in_force_on")),
                name="secretary_of_state_before_power",
            ),
            models.UniqueConstraint(
                fields=["case", "power"], condition=Q(ended_on=None), name="one_use_of_a_power"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.power} in {self.case_id}"

    @property
    def rule(self) -> Power:
        return next(each for each in self.case.policy.powers if each.id == self.power)


@append_only
class Consultation(models.Model):
    """A consultee of a power: when they were asked and what they said. The last row counts."""

    power = models.ForeignKey(PowerInUse, on_delete=models.PROTECT, related_name="consultations")
    # Policy's id, and its label: a school of two churches has two dioceses.
    recipient = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    # Why no answer is waited for any longer.
    not_awaited = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_POWER

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("asked_on")),
                name="consultee_asked_before_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient} about {self.power_id}"
