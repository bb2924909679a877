"""A case: one episode of a school that causes concern, and what is on record in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.core.access import Path
from plimsoll.core.guards import append_only
from plimsoll.core.models import Case as Process
from plimsoll.documents.models import Document
from plimsoll.framework import editions
from plimsoll.framework.casework import Ladder
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import School

BY_SCHOOL = Path("school_id", group="school__phase")
BY_CASE = Path("case__school_id", group="case__school__phase")


class Case(Process):
    """One episode. A school may have many over the years, and one at a time.

    Its state is a step of the ladder that policy gives schools of its legal route; the
    ladder is the one of the day it was opened, until the school converts. `grounds` are
    local ones: the statutory three belong to the formal notice only (I1).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=40)
    ladder = models.CharField(max_length=40)
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=150)
    trigger = models.TextField()
    grounds = models.JSONField(default=list)
    concerns = models.TextField()
    intentions = models.TextField()
    risk = models.TextField(blank=True)
    # What must be true for the case to go down a step again, or end.
    deescalation = models.TextField(blank=True)
    review_on = models.DateField()
    # The day on which the case came to stand where it stands; told, and so not `state_since`.
    stands_since = models.DateField()
    # A notice went out before the discussion, which is owed since (I2).
    urgent_on = models.DateField(null=True)
    # The Secretary of State has given a notice: the authority may give none until told that
    # it may (EIA 2006 s.60(4A)).
    blocked_since = models.DateField(null=True)
    blocked_until = models.DateField(null=True)
    # By which route the school became eligible for intervention, and when; the end of the
    # compliance period from which the windows of the powers run, which a category has not.
    eligible_by = models.CharField(max_length=8, blank=True)
    eligible_since = models.DateField(null=True)
    period_ended_on = models.DateField(null=True)
    # The Secretary of State intends to use powers: the authority may use sections 63, 64 and
    # 66 not until told that it may (EIA 2006 s.70B).
    powers_barred_since = models.DateField(null=True)
    powers_barred_until = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "number"], name="one_case_a_number"),
            models.CheckConstraint(
                condition=Q(review_on__gt=models.F("opened_on")), name="review_is_ahead"
            ),
            models.UniqueConstraint(
                fields=["school"], condition=Q(closed_on=None), name="one_open_case_a_school"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["closed_on", "review_on"], name="case_closed_review")
        ]

    def __str__(self) -> str:
        return f"Case {self.number}, {self.school.name}"

    @property
    def policy(self) -> Edition:
        return editions.edition(self.edition)

    @property
    def steps(self) -> Ladder:
        return self.policy.ladders[self.ladder]

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def is_blocked(self) -> bool:
        """Does a notice of the Secretary of State stand in the way of the authority's own?"""
        return self.blocked_since is not None and self.blocked_until is None

    @property
    def powers_are_barred(self) -> bool:
        """Does the Secretary of State's own intention bar sections 63, 64 and 66 (s.70B)?"""
        return self.powers_barred_since is not None and self.powers_barred_until is None


@append_only
class Finding(models.Model):
    """One of policy's facts, put on record with what shows it: what a step may demand.

    A finding that no longer holds is withdrawn by another that `withdraws` it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    fact = models.CharField(max_length=60)
    on = models.DateField()
    text = models.TextField()
    ground = models.CharField(max_length=60, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    # Legal advice is privileged: in no bundle, and read by few.
    privileged = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)
    withdraws = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="withdrawn_by"
    )

    ACCESS: ClassVar = BY_CASE

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.fact} in {self.case_id}"


@append_only
class Discussion(models.Model):
    """The Director's discussion with head and chair, or their refusal of it (I2)."""

    class Result(models.TextChoices):
        HELD = "held", "It was held"
        REFUSED = "refused", "They declined it, or did not answer"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="discussions")
    invited_on = models.DateField()
    invited_how = models.CharField(max_length=300)
    result = models.CharField(max_length=7, choices=Result)
    on = models.DateField()
    present = models.CharField(max_length=300, blank=True)
    points = models.TextField()
    school_said = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_CASE

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(on__gte=models.F("invited_on")), name="invited_before_discussed"
            ),
            models.CheckConstraint(
                condition=Q(result="refused") | ~Q(present=""), name="somebody_was_there"
            ),
        ]

    def __str__(self) -> str:
        return f"Discussion of {self.on} in {self.case_id}"


class Hold(models.Model):
    """A legal hold: nothing of the case is disposed of while it stands."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    why = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_why = models.TextField(blank=True)

    ACCESS: ClassVar = BY_CASE

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_why="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_why="")),
                name="lifted_hold_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Hold on {self.case_id}"
