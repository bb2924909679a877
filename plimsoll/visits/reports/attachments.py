"""Files that belong to a report, read by whoever may read it."""

import hashlib
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused
from plimsoll.documents.actions import keep_upload
from plimsoll.documents.names import safe
from plimsoll.documents.refusals import Refused as FileRefused
from plimsoll.people.models import User
from plimsoll.visits.diary.begun import INSIDE
from plimsoll.visits.models import Attachment, Report
from plimsoll.visits.reports.queries import WRITE
from plimsoll.visits.reports.workflow import may_be_written


@transaction.atomic
def add(*, report: Report, file: UploadedFile, by: User, at: datetime) -> Attachment:
    """Keep the file once it passed every check; the same file again is there already.

    Raises Refused with what to do about the file.
    """
    _check(report, by)
    digest = hashlib.sha256(file.read()).hexdigest()
    if twin := report.attachments.filter(document__sha256=digest).first():
        return twin
    file.seek(0)
    try:
        kept = keep_upload(
            school=report.visit.school,
            file=file,
            title=safe(file.name or ""),
            # Until the report reaches the school its files are the service's own.
            permission=INSIDE,
            subject=report,
            by=by,
            at=at,
        )
    except FileRefused as refused:
        raise Refused(str(refused))
    return Attachment.objects.create(report=report, document=kept, added_at=at, added_by=by.name)


@transaction.atomic
def remove(*, report: Report, pk: int, by: User, at: datetime) -> None:
    """Take a file out of the report; that it was there stays in the trail."""
    _check(report, by)
    attachment = report.attachments.filter(pk=pk).select_related("document").first()
    if attachment is None:
        return
    audit.record(
        verb="report.file-removed",
        subject=report,
        by=by,
        at=at,
        permission=INSIDE,
        before={"title": attachment.document.title},
    )
    attachment.delete()


def of(report: Report) -> QuerySet[Attachment]:
    return report.attachments.select_related("document").defer("document__body").order_by("pk")


def _check(report: Report, by: User) -> None:
    if not may(by, WRITE, report):
        raise Refused("Your role at this school does not allow you to write its reports.")
    if not may_be_written(report):
        raise Refused("This report is no longer being written, so it cannot be changed now.")
