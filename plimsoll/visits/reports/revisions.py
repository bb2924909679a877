"""What the school was sent: kept as it stood, and read from there."""

from datetime import datetime

from plimsoll.people.models import User
from plimsoll.visits.models import Report, Revision
from plimsoll.visits.reports.content import Content, gathered


def freeze(report: Report, *, by: User, at: datetime) -> Revision:
    """Keep what the report says now, as this revision of it."""
    return Revision.objects.create(
        report=report,
        number=report.revision,
        content=gathered(report).as_json(),
        sent_at=at,
        sent_by=by.name,
    )


def as_sent(report: Report) -> Content:
    """The report as the school last had it. Raises Revision.DoesNotExist before the first."""
    return Content.of_json(report.revisions.latest("number").content)
