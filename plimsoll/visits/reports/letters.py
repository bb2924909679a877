"""A report as one tagged PDF and Word: as it reaches the school, and as it is final (Q1, Q5)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils import timezone

from plimsoll.documents.actions import Issued
from plimsoll.documents.actions import issue as issue_document
from plimsoll.documents.content import (
    Block,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Sender,
    Table,
    in_words,
)
from plimsoll.people.models import User
from plimsoll.visits.models import Comment, Report
from plimsoll.visits.reports.content import Content
from plimsoll.visits.reports.revisions import as_sent

SENT: Final = "report"
FINAL: Final = "report-final"


def issue(report: Report, *, by: User | None, at: datetime) -> Issued:
    """Keep the report as it reaches the school, before its reply."""
    return _issue(report, SENT, written(report, as_sent(report), at=at), by=by, at=at)


def issue_final(report: Report, *, by: User | None, at: datetime) -> Issued:
    """Keep the final report, with the school's reply and, where they differ, both sides."""
    letter = written(report, as_sent(report), *_reply(report), final=True, at=at)
    return _issue(report, FINAL, letter, by=by, at=at)


def _issue(report: Report, kind: str, letter: Letter, *, by: User | None, at: datetime) -> Issued:
    return issue_document(
        kind=kind,
        school=report.visit.school,
        title=letter.title,
        content=letter,
        permission="report.see",
        subject=report,
        by=by,
        at=at,
    )


def written(
    report: Report, content: Content, *more: Block, final: bool = False, at: datetime
) -> Letter:
    """The report as a letter. It carries no marking, for the marking speaks of the band."""
    visit, policy = report.visit, report.policy
    day = in_words(visit.held_on or visit.on)
    return Letter(
        title=f"{'Final report' if final else 'Report'}: {visit.type.label}, {day}",
        reference=f"{visit.school_id} {visit.held_on or visit.on:%Y-%m-%d}, "
        f"revision {report.revision}",
        date=timezone.localdate(at),
        sender=Sender(policy.authority.service_name, policy.authority.address),
        recipient=(visit.school.name,),
        blocks=(*_blocks(content), *more),
    )


def _blocks(content: Content) -> Iterator[Block]:
    yield Facts(content.facts)
    if content.carried:
        yield Heading("Actions from earlier visits")
        yield Table(
            "What has become of them",
            ("Action", "By when", "How it stands"),
            tuple((each.what, each.by_when, each.text) for each in content.carried),
        )
    for part in content.parts:
        yield Heading(part.label)
        for text in part.paragraphs:
            yield Paragraph(text)
    if content.agreed:
        yield Heading("What was agreed")
        yield Table(
            "Actions",
            ("Action", "Who", "By when", "How we will know"),
            tuple((each.what, each.who, each.by_when, each.measure) for each in content.agreed),
        )


def _reply(report: Report) -> Iterator[Block]:
    yield Heading("The school’s reply")
    yield Paragraph(_replied(report))
    if report.reply_text:
        yield Paragraph(report.reply_text)
    comments = list(report.comments.order_by("pk"))
    if comments:
        yield Table(
            "Comments by section",
            ("Section", "The school says", "What was made of it"),
            tuple(_row(report, each) for each in comments),
        )
    if report.disagreement:
        yield Heading("What the author says to it")
        yield Paragraph(report.disagreement)


def _replied(report: Report) -> str:
    """Who replied, when, and what in one word; silence is said too."""
    if report.replied_at is None:
        due = f" by {in_words(report.reply_due)}" if report.reply_due else ""
        return f"The school was asked for its reply{due} and has sent none."
    day = in_words(timezone.localdate(report.replied_at))
    return f"{report.get_reply_display()}. {report.replied_by}, {day}."


def _row(report: Report, each: Comment) -> tuple[str, str, str]:
    answer = ". ".join(filter(None, (each.get_answer_display(), each.answer_text)))
    return report.policy.section(each.section).label, each.text, answer
