"""Contacts between visits: calls, liaison about academies and trusts, calls of inspectors."""

from typing import ClassVar

from django.db import models
from django.db.models import Model, Q, QuerySet

from plimsoll.allocations.models import BY_SCHOOL
from plimsoll.core.access import Path, Scope, follow
from plimsoll.core.guards import append_only
from plimsoll.core.models import Case
from plimsoll.schools.models import School


class SchoolOrTrust(Path):
    """What is said of a trust is read by whoever may read it of any one school of that trust.

    A right at one school so never opens what was said of another school of the same trust.
    """

    def q(self, scope: Scope) -> Q:
        within = super().q(scope)
        return within if scope.everywhere else within | Q(trust_uid__in=self._trusts(scope))

    def covers(self, scope: Scope, obj: Model) -> bool:
        uid = follow(obj, "trust_uid")
        if scope.everywhere or uid is None:
            return super().covers(scope, obj)
        return bool(scope) and self._trusts(scope).filter(trust_uid=uid).exists()

    @staticmethod
    def _trusts(scope: Scope) -> QuerySet[School, int | None]:
        schools = School.objects.filter(School.ACCESS.q(scope), trust_uid__isnull=False)
        return schools.values_list("trust_uid", flat=True)


BY_SCHOOL_OR_TRUST = SchoolOrTrust("school_id", group="school__phase")


@append_only
class Call(models.Model):
    """A contact by telephone, e-mail or in passing, logged in a minute (U3).

    A mistake is put right by another that `corrects` it.
    """

    class How(models.TextChoices):
        PHONE = "phone", "Telephone"
        EMAIL = "email", "E-mail"
        VIDEO = "video", "Video"
        IN_PERSON = "in-person", "In person"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="calls")
    on = models.DateField()
    how = models.CharField(max_length=9, choices=How, default=How.PHONE)
    # With whom, by the id of policy's `met`.
    spoke_to = models.CharField(max_length=60)
    about = models.TextField()
    # When to come back to it: open until a call `follows` this one.
    follow_up_on = models.DateField(null=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )
    logged_at = models.DateTimeField()
    logged_by = models.BigIntegerField()
    logged_by_name = models.CharField(max_length=150)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        indexes: ClassVar = [models.Index(fields=["school", "on"], name="call_school_on")]

    def __str__(self) -> str:
        return f"Call of {self.on} with {self.school_id}"


@append_only
class Liaison(models.Model):
    """A word with the regulator or a trust, about one academy or about the trust (U1).

    What was said of one academy is kept with its school; of a trust, with its UID, and then
    it is of every school of that trust.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="liaison")
    trust_uid = models.IntegerField(null=True, db_index=True)
    on = models.DateField()
    # With whom, by the id of policy's `liaison`.
    spoke_to = models.CharField(max_length=60)
    person = models.CharField(max_length=150, blank=True)
    about = models.TextField()
    next_on = models.DateField(null=True)
    logged_at = models.DateTimeField()
    logged_by = models.BigIntegerField()
    logged_by_name = models.CharField(max_length=150)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )

    ACCESS: ClassVar = BY_SCHOOL_OR_TRUST

    class Meta:
        verbose_name_plural = "liaison"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, trust_uid=None)
                | Q(school=None, trust_uid__isnull=False),
                name="liaison_about_a_school_or_a_trust",
            )
        ]

    def __str__(self) -> str:
        return f"Liaison of {self.on}"


@append_only
class Rise(models.Model):
    """What RISE does with a school from a day on, by the id of policy’s `rise`.

    The newest row holds.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="rise")
    status = models.CharField(max_length=60)
    since = models.DateField()
    adviser = models.CharField(max_length=150, blank=True)
    supporting = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    logged_at = models.DateTimeField()
    logged_by = models.BigIntegerField()
    logged_by_name = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        verbose_name_plural = "rise"

    def __str__(self) -> str:
        return f"{self.status} since {self.since} at {self.school_id}"


class InspectionCall(Case):
    """A school told the service that inspectors come; its outcome is confidential until
    it is published, and the band is looked at again after that."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="inspection_calls")
    called_on = models.DateField()
    starts_on = models.DateField()
    kind = models.CharField(max_length=150, blank=True)
    lead = models.CharField(max_length=150, blank=True)
    attended_by = models.CharField(max_length=300, blank=True)
    outcome = models.TextField(blank=True)
    heard_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    # After it was published: whether the allocation is still right, and why.
    still_right = models.BooleanField(null=True)
    reviewed_why = models.TextField(blank=True)
    logged_at = models.DateTimeField()
    logged_by_name = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_SCHOOL

    def __str__(self) -> str:
        return f"Inspection of {self.school_id} from {self.starts_on}"
