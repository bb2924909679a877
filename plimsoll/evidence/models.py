"""What was imported, from where; and the inspections of schools."""

from typing import ClassVar

from django.db import models

from plimsoll.core.access import Path
from plimsoll.evidence import eras
from plimsoll.evidence.eras import Era, Kind, Status
from plimsoll.schools.models import Imported


class ImportRun(models.Model):
    """One reading of one published file. Every figure names the run that it came with."""

    source = models.CharField(max_length=40)
    file = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    # The day the file's figures are as at, where its name says so.
    as_at = models.DateField(null=True)
    las = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    rows = models.IntegerField(default=0)
    selected = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    seconds = models.FloatField(default=0)

    def __str__(self) -> str:
        return f"{self.source}: {self.file}"


class Reject(models.Model):
    """A row that could not be taken, and why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejects")
    line = models.IntegerField()
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class PublishedRow(Imported):
    """What a source's latest row on a school says beyond what is read from it."""

    source = models.CharField(max_length=40)
    urn = models.IntegerField()
    as_at = models.DateField(null=True)

    ACCESS: ClassVar = Path("urn")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "urn"], name="one_row_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.urn}"


class Inspection(Imported):
    """One inspection of the school that had this URN on that day.

    Whether it was a predecessor's is told from the register's links when it is read, and
    not stored.
    """

    urn = models.IntegerField()
    school_name = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=20, blank=True)
    era = models.CharField(max_length=20, choices=Era)
    kind = models.CharField(max_length=10, choices=Kind)
    type = models.CharField(max_length=120, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    published = models.DateField(null=True)
    overall = models.PositiveSmallIntegerField(null=True)
    overall_status = models.CharField(max_length=20, choices=Status)
    category = models.CharField(max_length=10, blank=True)
    category_status = models.CharField(max_length=20, choices=Status)
    safeguarding = models.CharField(max_length=20, blank=True)
    safeguarding_status = models.CharField(max_length=20, choices=Status)
    outcome = models.CharField(max_length=120, blank=True)
    web_link = models.CharField(max_length=250, blank=True)

    ACCESS: ClassVar = Path("urn")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["urn", "starts", "kind"], name="one_inspection_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["number"], name="inspection_number")]

    def __str__(self) -> str:
        return f"{self.urn}, {self.starts}"

    @property
    def overall_label(self) -> str:
        """What is said of the overall grade: a grade, or why there is none."""
        return eras.grade_label(self.era, self.overall, self.overall_status)

    @property
    def safeguarding_label(self) -> str:
        return eras.safeguarding_label(self.safeguarding, self.safeguarding_status)

    @property
    def category_label(self) -> str:
        return eras.category_label(self.category, self.category_status)


class InspectionGrade(models.Model):
    """One area's grade. Areas may be graded again later, so each has its own day."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="grades")
    area = models.CharField(max_length=50)
    grade = models.CharField(max_length=30, blank=True)
    status = models.CharField(max_length=20, choices=Status)
    graded_on = models.DateField()

    ACCESS: ClassVar = Path("inspection__urn")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inspection", "area", "graded_on"], name="one_grade_an_area_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_label}: {self.label}"

    @property
    def area_label(self) -> str:
        return eras.area_label(self.inspection.era, self.area)

    @property
    def label(self) -> str:
        return eras.grade_label(self.inspection.era, self.grade, self.status)
