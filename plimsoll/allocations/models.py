"""The yearly allocation of support: cycle, allocation, views, offers, referrals (S1 to S10)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from plimsoll.core.access import Path
from plimsoll.core.guards import append_only
from plimsoll.core.models import Case, Versioned
from plimsoll.documents.models import Document
from plimsoll.framework.editions import edition
from plimsoll.framework.model import Edition
from plimsoll.schools.models import School

BY_SCHOOL = Path("school_id", group="school__phase")
BY_ALLOCATION = Path("allocation__school_id", group="allocation__school__phase")


class Side(models.TextChoices):
    """The two sides of the table."""

    SERVICE = "service", "The service"
    SCHOOL = "school", "The school"


class Cycle(models.Model):
    """One academic year's allocations, under one edition of the authority's policy (F1)."""

    year = models.CharField(max_length=7, unique=True)
    edition = models.CharField(max_length=40)
    edition_digest = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    closes_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
                name="cycle_closed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.year

    @property
    def policy(self) -> Edition:
        return edition(self.edition)


class Allocation(Case):
    """One school's allocation. An in-year review is a further round, not an overwriting."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="allocations")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="allocations")
    edition = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField(default=1)
    previous_band = models.CharField(max_length=10, blank=True)
    # The band last offered or decided, and the one in force once the allocation is concluded.
    proposed_band = models.CharField(max_length=10, blank=True)
    band = models.CharField(max_length=10, blank=True)
    concluded_at = models.DateTimeField(null=True)
    # The school hears of what the service proposed up to this moment, and of nothing later.
    heard_at = models.DateTimeField(null=True)
    # Nor does it ever hear of what moderation sent back: the proposals from before this moment.
    heard_from = models.DateTimeField(null=True)
    # When the school's answer is due: the policy's days, the basis, and the first date set.
    answer_due = models.DateField(null=True)
    answer_due_first = models.DateField(null=True)
    answer_basis = models.CharField(max_length=10, blank=True)
    # From this day a school that has still not answered may be given a provisional band.
    provisional_from = models.DateField(null=True)
    # How often the school was reminded since it was last its turn.
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    # Which tier of the disagreement route a referral has reached, from 0.
    tier = models.PositiveSmallIntegerField(default=0)

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "school", "round"], name="one_round"),
            models.CheckConstraint(
                condition=Q(concluded_at=None) | ~Q(band="") | Q(state="declined"),
                name="concluded_with_a_band",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cycle", "state"], name="allocation_cycle_state"),
            models.Index(fields=["school", "-concluded_at"], name="allocation_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.cycle.year}"

    @property
    def policy(self) -> Edition:
        """The edition it was opened under: later ones do not touch it (F1)."""
        return edition(self.edition)


class PastBand(models.Model):
    """A band from before Plimsoll, brought in from the authority's spreadsheet (S1)."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="past_bands")
    year = models.CharField(max_length=7)
    band = models.CharField(max_length=10)
    source = models.CharField(max_length=200)
    entered_at = models.DateTimeField()

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "year"], name="one_past_band_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.year}"


class ViewSheet(Versioned):
    """One side's views on the criteria. Submitted, the other side may read it (S2)."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="sheets")
    side = models.CharField(max_length=8, choices=Side)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150)
    submitted_at = models.DateTimeField(null=True)

    ACCESS: ClassVar = BY_ALLOCATION

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["allocation", "side"], name="one_sheet_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} on {self.allocation_id}"


class CriterionView(models.Model):
    """One side's choice for one criterion: a descriptor's id, or one of the two others (S8)."""

    NOT_APPLICABLE = "not-applicable"
    NOT_ENOUGH = "not-enough-evidence"

    sheet = models.ForeignKey(ViewSheet, on_delete=models.CASCADE, related_name="views")
    criterion = models.CharField(max_length=60)
    choice = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_view_a_criterion"),
        ]

    def __str__(self) -> str:
        return self.criterion


@append_only
class Offer(models.Model):
    """A band proposed by one side, with its reasons; `Allocation.heard_at` tells which are heard.

    `kind` tells an offer from an agreement reached face to face and from a provisional band.
    """

    class Kind(models.TextChoices):
        OFFER = "offer", "proposed"
        FACE_TO_FACE = "face-to-face", "recorded as agreed face to face"
        PROVISIONAL = "provisional", "set provisionally"

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="offers")
    side = models.CharField(max_length=8, choices=Side)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OFFER)
    band = models.CharField(max_length=10)
    reasons = models.TextField()
    met_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    made_by_name = models.CharField(max_length=150)
    made_by_role = models.CharField(max_length=10)

    ACCESS: ClassVar = BY_ALLOCATION

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reasons=""), name="offer_with_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.get_kind_display()}"


@append_only
class Signature(models.Model):
    """One side's signature under an agreed band: who, in what capacity, when (S2)."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side)
    band = models.CharField(max_length=10)
    signed_at = models.DateTimeField()
    signed_by = models.BigIntegerField()
    signed_by_name = models.CharField(max_length=150)
    capacity = models.CharField(max_length=100)

    ACCESS: ClassVar = BY_ALLOCATION

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["allocation", "side"], name="one_signature_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.signed_by_name} for {self.get_side_display()}"


class Referral(models.Model):
    """A disagreement before one tier of the route, with both positions (S4, S5)."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="referrals")
    tier = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10)
    referred_by = models.CharField(max_length=8, choices=Side)
    referred_by_name = models.CharField(max_length=150)
    referred_at = models.DateTimeField()
    due = models.DateField(null=True)
    school_position = models.TextField(blank=True)
    service_position = models.TextField(blank=True)
    band = models.CharField(max_length=10, blank=True)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=150, blank=True)

    ACCESS: ClassVar = BY_ALLOCATION

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["allocation", "tier"], name="one_referral_a_tier"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, band="", reasons="")
                | (
                    Q(decided_at__gte=F("referred_at"), decided_by__isnull=False)
                    & ~Q(band="")
                    & ~Q(reasons="")
                ),
                name="referral_decided_by_at_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Referral {self.tier + 1} of {self.allocation_id}"


class AddedEvidence(models.Model):
    """Dated evidence of one side's own; nobody validated it, and it says so (S3)."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="added")
    side = models.CharField(max_length=8, choices=Side)
    criterion = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    dated = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField()
    added_by_name = models.CharField(max_length=150)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)

    ACCESS: ClassVar = BY_ALLOCATION

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(document__isnull=False), name="evidence_of_some_kind"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="evidence_withdrawn_at_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Challenge(models.Model):
    """One side says that a figure in the pack is wrong; the other answers (S3)."""

    class Outcome(models.TextChoices):
        RIGHT = "right", "The challenge is right: the figure is set aside"
        NOTED = "noted", "Noted: the figure stands, with this comment beside it"
        WRONG = "wrong", "The figure is right"

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="challenges")
    side = models.CharField(max_length=8, choices=Side)
    figure = models.CharField(max_length=120)
    shown = models.CharField(max_length=200)
    text = models.TextField()
    raised_at = models.DateTimeField()
    raised_by_name = models.CharField(max_length=150)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)

    ACCESS: ClassVar = BY_ALLOCATION

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="", answer="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="challenge_answered_at_and_how",
            ),
        ]

    def __str__(self) -> str:
        return self.figure


@append_only
class FrozenEvidence(models.Model):
    """The evidence as both sides saw it when the allocation was concluded (S3)."""

    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, related_name="frozen_evidence"
    )
    frozen_at = models.DateTimeField()
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)

    ACCESS: ClassVar = BY_ALLOCATION

    def __str__(self) -> str:
        return self.sha256


class HighRisk(Case):
    """A high-risk mark on an allocation; the school sees it and may dispute it (S10)."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="high_risk")
    reason = models.TextField()
    review_on = models.DateField()
    marked_at = models.DateTimeField()
    marked_by_name = models.CharField(max_length=150)
    tier = models.PositiveSmallIntegerField(default=0)
    dispute = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)

    ACCESS: ClassVar = BY_ALLOCATION

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["allocation"], condition=Q(ended_at=None), name="one_high_risk_mark"
            ),
        ]

    def __str__(self) -> str:
        return f"High risk {self.allocation_id}"


class ReviewRequest(models.Model):
    """Either side asks for an in-year review; the answer carries its reasons (S6, U4)."""

    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, related_name="review_requests"
    )
    side = models.CharField(max_length=8, choices=Side)
    reasons = models.TextField()
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=150)
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)

    ACCESS: ClassVar = BY_ALLOCATION

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["allocation"], condition=Q(answered_at=None), name="one_open_request"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, granted=None, answer="")
                | (Q(answered_at__isnull=False, granted__isnull=False) & ~Q(answer="")),
                name="review_answered_at_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Review asked of {self.allocation_id}"
