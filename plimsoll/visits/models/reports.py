"""Reports of visits: what is written, read, replied to; what was agreed; what cannot wait."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plimsoll.allocations.models import BY_SCHOOL
from plimsoll.core.access import Path
from plimsoll.core.guards import append_only
from plimsoll.core.models import Case, Versioned
from plimsoll.documents.models import Document
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.models.diary import BY_VISIT, Visit

BY_REPORT = Path("report__visit__school_id", group="report__visit__school__phase")


class Report(Case):
    """The written report of one visit, which never carries the band (Q1).

    The clock runs from the visit to `issued_at`, when the checked report reaches the head.
    `due` is stored with its basis; an extension moves it and `first_due` stays.
    """

    class Reply(models.TextChoices):
        ACCURATE = "accurate", "Accurate"
        COMMENTS = "comments", "Accurate, with comments"
        NOT_ACCURATE = "not-accurate", "Not accurate"

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="report")
    due = models.DateField()
    first_due = models.DateField()
    basis = models.CharField(max_length=7)
    extended_why = models.TextField(blank=True)
    # An officer who was asked to read this one report, besides those who may read any.
    reader = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="reports_to_read"
    )
    # Whoever wrote in it cannot be its reader.
    writers = models.ManyToManyField(User, related_name="reports_written")
    sent_at = models.DateTimeField(null=True)
    returned_why = models.TextField(blank=True)
    issued_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=150, blank=True)
    # The school's reply (Q5).
    reply_due = models.DateField(null=True)
    reply = models.CharField(max_length=12, choices=Reply, blank=True)
    reply_text = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.CharField(max_length=150, blank=True)
    # Where the two sides do not agree, the author's side of it.
    disagreement = models.TextField(blank=True)
    final_at = models.DateTimeField(null=True)
    # 1 until it is amended after the reply.
    revision = models.PositiveSmallIntegerField(default=1)

    ACCESS: ClassVar = Path(BY_VISIT.id, group=BY_VISIT.group, named="reader_id")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due__gte=models.F("first_due")), name="never_sooner"
            ),
            models.CheckConstraint(
                condition=Q(reply="") | Q(replied_at__isnull=False), name="reply_has_a_moment"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="report_state_due")]

    def __str__(self) -> str:
        return f"Report: {self.visit}"

    @property
    def policy(self) -> Edition:
        return self.visit.policy


class Passage(Versioned):
    """What a report says under one of policy's sections, tagged with what it speaks of."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="passages")
    section = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    criteria = models.JSONField(default=list)
    priorities = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_REPORT

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "section"], name="one_passage_a_section")
        ]

    def __str__(self) -> str:
        return f"{self.section} of {self.report_id}"


@append_only
class Revision(models.Model):
    """What the school was sent, as it stood: the passages may be amended after it.

    The head reads this, and so a report that is being amended shows nothing unfinished.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_REPORT

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="one_revision_a_number")
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.report_id}"


class Comment(models.Model):
    """What the school says about one passage, and what was made of it (Q5)."""

    class Answer(models.TextChoices):
        AMENDED = "amended", "The report is amended"
        STANDS = "stands", "The report stands"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="comments")
    section = models.CharField(max_length=60)
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    answer = models.CharField(max_length=7, choices=Answer, blank=True)
    answer_text = models.TextField(blank=True)

    ACCESS: ClassVar = BY_REPORT

    def __str__(self) -> str:
        return f"Comment on {self.section} of {self.report_id}"


class Action(Case):
    """Something agreed in a report: what, by whom, by when, and how it will be known."""

    class Side(models.TextChoices):
        SCHOOL = "school", "The school"
        SERVICE = "service", "The service"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="actions")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    side = models.CharField(max_length=7, choices=Side, default=Side.SCHOOL)
    who = models.CharField(max_length=150, blank=True)
    # A report that is still written may have an action without its day; none is sent so.
    by_when = models.DateField(null=True)
    measure = models.TextField(blank=True)
    # The day of which somebody was last reminded: it may have been moved since.
    reminded_of = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_how = models.TextField(blank=True)
    closed_why = models.TextField(blank=True)

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["school", "state", "by_when"], name="action_school_state")
        ]

    def __str__(self) -> str:
        return self.what[:80]


class FollowUp(Versioned):
    """What a later report says has become of an action: it is carried until it is closed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="followed_up")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="follow_ups")
    text = models.TextField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_REPORT

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "report"], name="one_follow_up_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.action_id} in {self.report_id}"


class Attachment(models.Model):
    """A file that belongs to a report, and is read by whoever may read the report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_REPORT

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "document"], name="attached_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} of {self.report_id}"


@append_only
class StandingNote(models.Model):
    """Whether the allocation is still right, in a confidential note apart from the report."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="standing_notes")
    still_right = models.BooleanField()
    why = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=150)

    ACCESS: ClassVar = BY_VISIT

    def __str__(self) -> str:
        return f"Note on {self.visit_id}"


class Worry(Case):
    """A safeguarding worry: raised the same day, to somebody by name, and acknowledged.

    It names no child: what is known of a child goes by the authority's own route.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="worries")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="worries")
    about = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="worries_raised")
    raised_to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="worries_to_answer")
    # Where else it was told: the head, the front door, the police.
    told_besides = models.CharField(max_length=300, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    outcome = models.TextField(blank=True)

    ACCESS: ClassVar = BY_SCHOOL

    class Meta:
        verbose_name_plural = "worries"

    def __str__(self) -> str:
        return f"Worry of {self.raised_at:%Y-%m-%d} at {self.school_id}"
