"""What a page shows of one report, to whoever reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from plimsoll.core.access import may
from plimsoll.documents.papers import Paper, papers
from plimsoll.people.models import User
from plimsoll.visits.models import Attachment, Report
from plimsoll.visits.reports import attachments, queries
from plimsoll.visits.reports.clock import Clock, calendars, clock, reply_clock
from plimsoll.visits.reports.content import Content, gathered, title_of
from plimsoll.visits.reports.next_steps import Next, besides, next_steps
from plimsoll.visits.reports.revisions import as_sent
from plimsoll.visits.reports.workflow import REPORT


@dataclass(frozen=True)
class Said:
    """One comment of the school's, and what was made of it."""

    section: str
    text: str
    answer: str
    answer_text: str


@dataclass(frozen=True)
class Exchange:
    """The school's reply, and the author's side of it."""

    reply: str
    by: str
    at: datetime
    text: str
    comments: list[Said]
    disagreement: str


@dataclass(frozen=True)
class Page:
    report: Report
    title: str
    state: str
    tone: str
    clock: Clock
    reply_clock: str
    content: Content
    exchange: Exchange | None
    papers: list[Paper]
    attached: list[Attachment]
    steps: list[Next]
    besides: list[Next]
    points: str  # what a reader wants changed, for those who work on it
    reader: str

    @property
    def primary(self) -> Next | None:
        return next((step for step in self.steps if not step.blocked), None)

    @property
    def others(self) -> list[Next]:
        open_ = [step for step in self.steps if not step.blocked and step != self.primary]
        return [*open_, *self.besides]

    @property
    def blocked(self) -> list[Next]:
        return [step for step in self.steps if step.blocked]


def state_label(report: Report, *, inside: bool) -> str:
    """How it stands; what the service does once it has the school's reply stays inside."""
    if not inside and report.state in ("checking", "returned", "amending"):
        return "With the service, which answers the school"
    return REPORT.state(report).label


def page(report: Report, user: User, *, at: datetime) -> Page:
    """The report as it stands for whoever works on it; for the others as it was last sent."""
    inside, today = queries.is_inside(user, report), timezone.localdate(at)
    calendar = calendars([report], today)[report.visit.school_id]
    return Page(
        report=report,
        title=title_of(report),
        state=state_label(report, inside=inside),
        tone=REPORT.state(report).tone,
        clock=clock(report, calendar, today),
        reply_clock=reply_clock(report, calendar, today),
        content=gathered(report) if inside else as_sent(report),
        exchange=_exchange(report),
        papers=papers(report, queries.SEE) if may(user, queries.SEE, report) else [],
        attached=list(attachments.of(report)),
        steps=next_steps(report, user, at=at),
        besides=besides(report, user, at=at),
        points=report.returned_why if inside else "",
        reader=str(report.reader or "") if inside else "",
    )


def _exchange(report: Report) -> Exchange | None:
    if report.replied_at is None:
        return None
    return Exchange(
        reply=report.get_reply_display(),
        by=report.replied_by,
        at=report.replied_at,
        text=report.reply_text,
        comments=[
            Said(
                report.policy.section(each.section).label,
                each.text,
                each.get_answer_display(),
                each.answer_text,
            )
            for each in report.comments.order_by("pk")
        ],
        disagreement=report.disagreement,
    )
