"""The register of schools, and who holds which role at them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from plimsoll.core.access import ROLES, Path
from plimsoll.schools.types import STATUSES, Phase, Route, route_of


class ColumnSet(models.Model):
    """The names of columns that nothing reads, held once for all the rows that have them."""

    key = models.BinaryField(unique=True)
    names = models.JSONField()

    def __str__(self) -> str:
        return f"{len(self.names)} columns"


class Imported(models.Model):
    """A record from a published file: the run that first had it, and the last to change it.

    Cells that nothing reads are kept aside in `aside`, in the order of the names of
    `aside_columns` (a `ColumnSet`).
    """

    first_run = models.BigIntegerField(null=True)
    source_run = models.BigIntegerField(null=True)
    aside_columns = models.BigIntegerField(null=True)
    aside = models.TextField(blank=True)

    class Meta:
        abstract = True


class Group(Imported):
    """A trust, a federation or a sponsor, as the national register names it."""

    uid = models.IntegerField(primary_key=True)
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=80)
    status = models.CharField(max_length=40, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(Imported):
    """A school belongs to a group since a day: an inspection may be from before it joined."""

    urn = models.IntegerField()
    uid = models.IntegerField(db_index=True)
    kind = models.CharField(max_length=80)
    joined = models.DateField(null=True)

    ACCESS: ClassVar = Path("urn")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["urn", "uid"], name="one_membership"),
        ]

    def __str__(self) -> str:
        return f"{self.urn} in {self.uid}"


class School(Imported):
    """An establishment of the national register, by its URN."""

    urn = models.IntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    la = models.IntegerField()
    la_name = models.CharField(max_length=60, blank=True)
    number = models.IntegerField(null=True)
    type = models.CharField(max_length=2)
    type_name = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=1)
    phase = models.CharField(max_length=20)
    opened = models.DateField(null=True)
    closed = models.DateField(null=True)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    religious_character = models.CharField(max_length=80, blank=True)
    diocese = models.CharField(max_length=80, blank=True)
    trust_uid = models.IntegerField(null=True)
    trust_name = models.CharField(max_length=250, blank=True)
    trust_flag = models.CharField(max_length=60, blank=True)
    federation_uid = models.CharField(max_length=12, blank=True)
    federation_name = models.CharField(max_length=250, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    street = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True, db_index=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    website = models.CharField(max_length=250, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    pupils = models.IntegerField(null=True)
    # Of the row as published: a row that has not changed is not looked at further.
    digest = models.BinaryField(default=b"")

    ACCESS: ClassVar = Path("urn", group="phase")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["la", "status", "type"], name="school_la_status_type"),
            models.Index(fields=["name"], name="school_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def route(self) -> Route:
        """The legal route, from the establishment TYPE and nothing else."""
        return route_of(self.type)

    @property
    def is_open(self) -> bool:
        """Open, or open but proposed to close."""
        return self.status in ("1", "3")

    @property
    def laestab(self) -> str:
        return f"{self.la}/{self.number:04d}" if self.number is not None else ""

    def get_phase_display(self) -> str:
        return Phase(self.phase).label

    def get_status_display(self) -> str:
        return STATUSES[self.status]


class SchoolLink(Imported):
    """A predecessor or successor, as the register links them: history has another URN."""

    urn = models.IntegerField(db_index=True)
    other = models.IntegerField(db_index=True)
    other_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=60)
    since = models.DateField(null=True)

    ACCESS: ClassVar = Path("urn")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["urn", "other", "kind"], name="one_link"),
        ]

    def __str__(self) -> str:
        return f"{self.urn} {self.kind} {self.other}"


class Contact(models.Model):
    """How the authority reaches somebody at or for a school: the register gives none."""

    class Kind(models.TextChoices):
        HEAD = "head", "Headteacher"
        CHAIR = "chair", "Chair of governors"
        CLERK = "clerk", "Clerk to the governors"
        TRUST = "trust", "Trust"
        DIOCESE = "diocese", "Diocese"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    ACCESS: ClassVar = Path("school_id", group="school__phase")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="contact_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A person holds a role, at one school or for the whole service, from a day to a day.

    A Principal Officer may be held to some phases. Cover and delegation are assignments
    like any other, naming whose place is taken; a vacancy is their absence.
    """

    class Kind(models.TextChoices):
        HELD = "held", "Holds the post"
        ACTING = "acting", "Acting"
        COVER = "cover", "Covers for"
        DELEGATE = "delegate", "Delegate of"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(max_length=10, choices=[(role, role) for role in ROLES])
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HELD)
    # Without a school: the whole service, or the phases named.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    phases = models.JSONField(default=list, blank=True)
    service = models.CharField(max_length=20, blank=True)
    in_place_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    first_headship = models.BooleanField(default=False)
    # A SIP declares, for each school, whether anything stands between the two (U2).
    interest = models.TextField(blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    # What the SIP before wants the next one to know.
    handover = models.TextField(blank=True)

    ACCESS: ClassVar = Path("school_id", group="school__phase")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="assignment_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "school", "starts"], name="one_assignment_a_day"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "starts"],
                condition=Q(school=None),
                name="one_service_assignment_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "role"], name="assignment_school_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.role}"


class Closure(models.Model):
    """Days without school, entered by the authority: for all schools, or for one."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "School holiday"
        INSET = "inset", "INSET day"

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="closures"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=60, blank=True)
    starts = models.DateField()
    ends = models.DateField()

    ACCESS: ClassVar = Path("school_id", group="school__phase")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="closure_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts}"


class Term(models.Model):
    """A term's first and last day, entered by the authority: for all schools, or for one."""

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="terms"
    )
    year = models.CharField(max_length=7)
    name = models.CharField(max_length=20)
    starts = models.DateField()
    ends = models.DateField()

    ACCESS: ClassVar = Path("school_id", group="school__phase")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="term_ends_after_start"
            ),
            models.UniqueConstraint(fields=["school", "year", "name"], name="one_term_a_school"),
            models.UniqueConstraint(
                fields=["year", "name"], condition=Q(school=None), name="one_term_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class SavedFilter(models.Model):
    """A person's own name for a way to narrow the register.

    It holds the question and never the answer: what it shows is decided each time it is asked.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=4_000)  # every filter filled in, in any script
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="one_saved_filter_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
