"""The ledger of days: what each school is entitled to, what is planned, what was used (E1)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.allocations.models import BY_SCHOOL, Allocation
from plimsoll.core.guards import append_only
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.models.diary import Visit


@append_only
class Entry(models.Model):
    """One movement of days, for ever: a balance is always a sum of these, never kept.

    `days` is signed. What policy counts in visits has `visits` in place of days.
    A grant that no longer holds is taken back by another that `reverses` it, once.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", "Granted"
        ADJUST = "adjust", "Adjusted"
        EXTRA = "extra", "Added"
        CARRY = "carry", "Carried over"
        PLAN = "plan", "Planned"
        DELIVER = "deliver", "Delivered"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="days")
    year = models.CharField(max_length=7)
    edition = models.CharField(max_length=40)
    # The id of the entitlement's line, or one of `lines.APART`.
    line = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind)
    days = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    visits = models.SmallIntegerField(default=0)
    funding = models.CharField(max_length=60, blank=True)
    term = models.CharField(max_length=20, blank=True)
    # The school's partner at that time, whose days they are.
    partner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=150)
    # What a grant came from: the allocation, the band that it went by, and whether that
    # band is only provisional.
    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, null=True, related_name="days"
    )
    band = models.CharField(max_length=10, blank=True)
    provisional = models.BooleanField(default=False)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    # What was planned or delivered.
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="entries")

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(days=0) | ~Q(visits=0), name="entry_of_something"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(line=""), name="entry_says_why"),
            models.CheckConstraint(
                condition=~Q(kind="extra") | (Q(days__gt=0) & ~Q(funding="")),
                name="extra_days_are_paid_for",
            ),
            models.CheckConstraint(
                condition=Q(kind="grant") | Q(reverses=None), name="only_a_grant_is_reversed"
            ),
            models.CheckConstraint(
                condition=~Q(kind="grant") | (Q(allocation__isnull=False) & ~Q(band="")),
                name="grant_of_an_allocation",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("plan", "deliver"), visit__isnull=False)
                | (~Q(kind__in=("plan", "deliver")) & Q(visit=None)),
                name="planned_and_delivered_by_a_visit",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["year", "school"], name="entry_year_school")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.days} at {self.school_id}"


@append_only
class Budget(models.Model):
    """How many days one source of funding pays for in a year; the newest row holds (F3)."""

    year = models.CharField(max_length=7)
    funding = models.CharField(max_length=60)
    days = models.DecimalField(max_digits=7, decimal_places=2)
    why = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.BigIntegerField()
    set_by_name = models.CharField(max_length=150)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["year", "funding"], name="budget_year_funding")]

    def __str__(self) -> str:
        return f"{self.days} days of {self.funding} in {self.year}"
