"""What was read in, from where; inspections of schools; figures of schools and of areas."""

from typing import ClassVar, Final

from django.db import models

from plimsoll.core.access import Path
from plimsoll.evidence import eras
from plimsoll.evidence.eras import Era, Kind, Status
from plimsoll.evidence.markers import Marker
from plimsoll.schools.models import Imported


class ImportRun(models.Model):
    """One reading of one published file. Every figure names the run that it came with."""

    source = models.CharField(max_length=40)
    file = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    # The day the file's figures are as at, where its name says so.
    as_at = models.DateField(null=True)
    # The school year (of an index, the year) that the figures are of, where all are of one.
    year = models.CharField(max_length=7, blank=True)
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
    # Of the demonstration: nobody has published it, and wherever it is shown it says so.
    invented = models.BooleanField(default=False, db_default=False)

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


class Release(models.IntegerChoices):
    """How final a publication is: a later one takes the place of an earlier one."""

    EXTRACT = 0, "Extract by somebody else"
    PROVISIONAL = 1, "Provisional"
    REVISED = 2, "Revised"
    FINAL = 3, "Final"


class PublishedRow(Imported):
    """What a source's latest row on a school (of that year) says beyond what is read from it."""

    source = models.CharField(max_length=40)
    urn = models.IntegerField()
    year = models.CharField(max_length=7, blank=True, db_default="")
    # Which of the source's files the row is of, where it publishes several a year.
    part = models.CharField(max_length=20, blank=True, db_default="")
    as_at = models.DateField(null=True)
    release = models.PositiveSmallIntegerField(choices=Release, db_default=Release.FINAL)

    ACCESS: ClassVar = Path("urn")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["urn", "source", "year", "part"], name="one_row_a_source"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "year"], name="row_of_a_year"),
            models.Index(fields=["source_run"], name="row_of_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.urn}"


class Figured(models.Model):
    """A published figure of one year, or the marker that stands in its place.

    Never both and never neither, so that no marker can be taken for a number.
    """

    measure = models.CharField(max_length=60)
    # A school year like 2023-24; an area's may be another period, as it is published.
    year = models.CharField(max_length=20)
    source = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    marker = models.CharField(max_length=16, choices=Marker, blank=True)
    release = models.PositiveSmallIntegerField(choices=Release, default=Release.FINAL)
    first_run = models.BigIntegerField(null=True)
    source_run = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(value=None) ^ models.Q(marker=""),
                name="%(class)s_is_a_number_or_a_marker",
            ),
        ]


class Fact(Figured):
    """One figure of the school that had this URN."""

    urn = models.IntegerField()

    ACCESS: ClassVar = Path("urn")

    class Meta:
        constraints: ClassVar = [
            *Figured.Meta.constraints,
            models.UniqueConstraint(
                fields=["urn", "measure", "year", "source"], name="one_fact_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urn} {self.measure} {self.year}"


ENGLAND: Final = "england"  # the code of the one area that is a country


class Area(models.Model):
    """An authority by its code of three figures, a region, or England: whoever has figures."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", "Local authority"
        REGION = "region", "Region"
        COUNTRY = "country", "Country"

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    region = models.CharField(max_length=30, blank=True)  # the code of an authority's region

    def __str__(self) -> str:
        return self.name


class AreaFact(Figured):
    """One figure of an area: an authority, a region, England, or a small area (LSOA)."""

    area = models.CharField(max_length=30)

    class Meta:
        constraints: ClassVar = [
            *Figured.Meta.constraints,
            models.UniqueConstraint(
                fields=["area", "measure", "year", "source"], name="one_area_fact_a_source"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["measure", "year"], name="area_fact_of_a_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.measure} {self.year}"


class AreaMeasure(Imported):
    """What a figure of areas is, as its publisher describes it; a line for each of its topics."""

    code = models.CharField(max_length=60)  # an `AreaFact.measure`
    topic = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    good = models.CharField(max_length=4, blank=True)  # "high" or "low" where either is better
    unit = models.CharField(max_length=60, blank=True, db_default="")
    decimals = models.PositiveSmallIntegerField(null=True)
    period = models.CharField(max_length=30, blank=True)  # what its years are years of
    quartile = models.BooleanField(
        default=True, db_default=True
    )  # whether its authorities may be put in order
    description = models.TextField(blank=True, db_default="")
    supplier = models.CharField(max_length=300, blank=True, db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "topic"], name="one_line_a_topic"),
        ]

    def __str__(self) -> str:
        return self.label


class Neighbour(models.Model):
    """A statistical neighbour of an authority, as the Department for Education names them."""

    area = models.CharField(max_length=12)
    neighbour = models.CharField(max_length=12)
    place = models.PositiveSmallIntegerField()  # 1 is the closest
    closeness = models.CharField(max_length=30, blank=True)
    first_run = models.BigIntegerField(null=True)
    source_run = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "place"], name="one_neighbour_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.neighbour}, {self.place} of {self.area}"


class SchoolsMean(models.Model):
    """The mean of the schools of one kind in one authority that have a figure.

    Worked out after an import, so that a page of one school never reads the others'.
    Markers never enter it.
    """

    la = models.IntegerField()
    group = models.CharField(max_length=12)
    measure = models.CharField(max_length=60)
    year = models.CharField(max_length=7)
    source = models.CharField(max_length=40)
    mean = models.FloatField()
    schools = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["la", "group", "measure", "year", "source"], name="one_mean_a_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.la} {self.group} {self.measure} {self.year}"


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
