"""Visits: planned, confirmed, held or not; the school's part before; the feed of one's diary."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.allocations.models import BY_SCHOOL
from plimsoll.core.access import Path
from plimsoll.core.models import Case, Versioned
from plimsoll.framework import editions
from plimsoll.framework.casework import VisitType
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import School

BY_VISIT = Path("visit__school_id", group="visit__school__phase")


class Visit(Case):
    """One visit, or contact, of the service to one school.

    `line` and `funding` say which days of the ledger it takes, `days` how many (`visits` of
    them where policy counts visits). Of a visit whose content is private, such as the head's
    performance management, nothing is kept but dates, days and completion (E12): no text
    may stand in its row, and the database sees to it.
    """

    class Part(models.TextChoices):
        DAY = "day", "All day"
        MORNING = "morning", "Morning"
        AFTERNOON = "afternoon", "Afternoon"

    class Mode(models.TextChoices):
        IN_PERSON = "in-person", "In person"
        VIRTUAL = "virtual", "By video"
        PHONE = "phone", "By telephone"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="visits")
    year = models.CharField(max_length=7)
    edition = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    private = models.BooleanField(default=False)
    line = models.CharField(max_length=60)
    funding = models.CharField(max_length=60, blank=True)
    days = models.DecimalField(max_digits=4, decimal_places=2)
    visits = models.SmallIntegerField(default=0)
    # Who comes. Others of the service who come along are named.
    partner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="visits")
    others = models.CharField(max_length=300, blank=True)
    # When it is to be: a date, a part of the day and, if agreed, a time.
    on = models.DateField()
    part = models.CharField(max_length=9, choices=Part, default=Part.DAY)
    starts = models.TimeField(null=True)
    mode = models.CharField(max_length=9, choices=Mode, default=Mode.IN_PERSON)
    purpose = models.TextField(blank=True)
    # The day of the visit for which the school was last asked for its part.
    asked_for = models.DateField(null=True)
    # How it went: when it was held and who was met, by the ids of policy's `met`.
    held_on = models.DateField(null=True)
    met = models.JSONField(default=list)
    # Why it was cancelled or not held, by the id of policy's reason, and whether it counts.
    reason = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    charged = models.BooleanField(null=True)
    # Of a private visit only: when what it is for was complete.
    completed_on = models.DateField(null=True)

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                # Its reason is the id of one listed: a single word.
                condition=Q(private=False)
                | (Q(purpose="", note="", others="", met=[]) & ~Q(reason__contains=" ")),
                name="private_visit_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(private=True) | Q(completed_on=None),
                name="only_a_private_visit_is_completed",
            ),
            models.CheckConstraint(
                condition=Q(days__gt=0) | Q(visits__gt=0), name="visit_takes_something"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["partner", "on"], name="visit_partner_on"),
            models.Index(fields=["school", "on"], name="visit_school_on"),
            models.Index(fields=["state", "on"], name="visit_state_on"),
        ]

    def __str__(self) -> str:
        return f"{self.type.label}, {self.school.name}"

    @property
    def policy(self) -> Edition:
        return editions.edition(self.edition)

    @property
    def type(self) -> VisitType:
        return self.policy.visit(self.kind)


class Preparation(Versioned):
    """The school's short part before a visit: an answer to each of policy's questions."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="preparation")
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150)
    sent_at = models.DateTimeField(null=True)

    ACCESS: ClassVar = BY_VISIT

    def __str__(self) -> str:
        return f"Before {self.visit}"


class Feed(models.Model):
    """A secret address at which one person's diary can be read by a calendar.

    Only the SHA-256 of the secret is kept; revoked, it answers nothing for ever.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at=None), name="one_feed_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"Feed of {self.person}"
