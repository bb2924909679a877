"""Reports: which reached the school, in time or late, and which are still to come."""

from django.utils import timezone

from plimsoll.documents.content import Bullets, Paragraph
from plimsoll.visits.models import Report, Visit
from plimsoll.visits.summaries.parts.told import Told, on
from plimsoll.visits.summaries.parts.visits import held_in_term
from plimsoll.visits.summaries.records import Records


def told(records: Records) -> Told:
    """Of this term's visits, and of earlier ones whose report came this term or is to come."""
    of_term = [visit for visit in held_in_term(records) if visit.type.report]
    begun = {report.visit_id: report for report in records.reports}
    earlier = [report for report in records.reports if _carried(report, records)]
    said = [
        *(_arrival(report.visit, report, records) for report in earlier),
        *(_arrival(visit, begun.get(visit.pk), records) for visit in of_term),
    ]
    if not said:
        return Told(blocks=(Paragraph("No report was due this term."),))
    missing = tuple(words for words, arrived in said if not arrived)
    return Told(blocks=(Bullets(tuple(words for words, _ in said)),), attention=missing)


def _carried(report: Report, records: Records) -> bool:
    """A report of an earlier term that this one has to tell of."""
    if records.in_term(report.visit.held_on):
        return False
    issued = report.issued_at and timezone.localdate(report.issued_at)
    return not issued or records.in_term(issued)


def _arrival(visit: Visit, report: Report | None, records: Records) -> tuple[str, bool]:
    day = on(visit.held_on or visit.on)
    if report is None:
        return f"The report of {day} has not reached the school yet.", False
    if report.issued_at is None:
        due = "was due" if report.due < records.today else "is due"
        return (
            f"The report of {day} has not reached the school yet. It {due} on {on(report.due)}.",
            False,
        )
    issued = timezone.localdate(report.issued_at)
    late = f"late: it was due on {on(report.due)}" if issued > report.due else "on time"
    return (
        f"{visit.type.label} of {day}: the report reached the school on {on(issued)}, {late}.",
        True,
    )
