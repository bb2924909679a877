"""What a page shows of one report, to whoever reads it."""

from dataclasses import dataclass

from plimsoll.documents.content import in_words
from plimsoll.schools.models import School
from plimsoll.visits.models import Report
from plimsoll.visits.reports.content import Content, gathered
from plimsoll.visits.reports.revisions import as_sent


@dataclass(frozen=True)
class Page:
    title: str
    school: School
    content: Content


def page(report: Report, *, inside: bool) -> Page:
    """The report as it stands for whoever works on it; for the others as it was last sent."""
    visit = report.visit
    return Page(
        title=f"{visit.type.label}, {in_words(visit.held_on or visit.on)}",
        school=visit.school,
        content=gathered(report) if inside else as_sent(report),
    )
