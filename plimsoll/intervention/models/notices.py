"""Notices and letters: drafted, reviewed, approved, given; and how each reached whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.core.access import Path
from plimsoll.core.guards import append_only
from plimsoll.core.models import Case as Process
from plimsoll.core.models import Versioned
from plimsoll.framework.casework import Notice as Kind
from plimsoll.intervention.models.cases import BY_CASE, Case
from plimsoll.people.models import User

BY_NOTICE = Path("notice__case__school_id", group="notice__case__school__phase")


class Notice(Process):
    """One notice or letter of a case. Given, it stands as its stored documents and never changes.

    `texts` are by policy's parts. The dates stand apart from the texts, so that clocks can
    run by them: `period_ends` is the last day of the (initial) compliance period, `address_by`
    the day by which the concerns are to be addressed, which is another fact (I4).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )
    # The one aspect of a directive notice (S11).
    aspect = models.CharField(max_length=60, blank=True)
    grounds = models.JSONField(default=list)
    # For standards: what they are low beside (EIA 2006 s.60(3)).
    compared_with = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    period_ends = models.DateField(null=True)
    address_by = models.DateField(null=True)
    # The edition of the statutory guidance that was had regard to (EIA 2006 s.72).
    guidance = models.CharField(max_length=200, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150)
    # Whoever is asked to review it in law, and what they said.
    reviewer = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="notices_to_review"
    )
    review = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True)
    # What is to be changed before it comes back.
    points = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, blank=True)
    given_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=150, blank=True)
    ended_on = models.DateField(null=True)
    ended_why = models.TextField(blank=True)

    ACCESS: ClassVar = Path("case__school_id", group="case__school__phase", named="reviewer_id")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(given_on=None) | Q(approved_at__isnull=False),
                name="given_only_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(given_on=None)
                | Q(period_ends=None)
                | Q(period_ends__gte=models.F("given_on")),
                name="period_ends_after_it_is_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type.label}, {self.case}"

    @property
    def type(self) -> Kind:
        return self.case.policy.notice(self.kind)


@append_only
class Correction(models.Model):
    """A fact that makes somebody a recipient, put right for a case; the last one counts (I4)."""

    class Fact(models.TextChoices):
        CHURCH = "church", "The church that the school is of"
        FOUNDATION = "foundation", "Whether foundation governors are appointed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="corrections")
    fact = models.CharField(max_length=10, choices=Fact)
    value = models.CharField(max_length=60)
    why = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_CASE

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="correction_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.fact} in {self.case_id}"


class Delivery(Versioned):
    """One recipient of a notice: why, and how it reached them. Given is never assumed."""

    class Method(models.TextChoices):
        HAND = "hand", "By hand"
        POST = "post", "First class post"
        RECORDED = "recorded", "Recorded delivery"
        EMAIL = "email", "E-mail"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    recipient = models.CharField(max_length=60)  # policy's id; empty for one added by hand
    label = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    how = models.CharField(max_length=6)  # given or copied
    statutory = models.BooleanField(default=False)
    reason = models.TextField()
    method = models.CharField(max_length=8, choices=Method, blank=True)
    sent_on = models.DateField(null=True)
    given_on = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    bounced_on = models.DateField(null=True)
    bounced_why = models.TextField(blank=True)

    ACCESS: ClassVar = BY_NOTICE

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(given_on=None)
                | (Q(sent_on__isnull=False) & Q(given_on__gte=models.F("sent_on"))),
                name="given_after_sent",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recipient_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.notice_id}"
