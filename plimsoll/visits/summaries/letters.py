"""A summary as one tagged PDF and Word (Q2). It carries no marking: that speaks of the band."""

from datetime import datetime
from typing import Final

from django.utils import timezone

from plimsoll.documents.actions import Issued
from plimsoll.documents.actions import issue as issue_document
from plimsoll.documents.content import Facts, Heading, Letter, Note, Sender, in_words
from plimsoll.people.models import User
from plimsoll.visits.summaries.composing import Composed

KIND: Final = "summary"


def issue(whole: Composed, *, by: User, at: datetime) -> Issued:
    letter = written(whole, at=at)
    return issue_document(
        kind=KIND,
        school=whole.summary.school,
        title=letter.title,
        content=letter,
        permission="summary.see",
        subject=whole.summary,
        by=by,
        at=at,
    )


def written(whole: Composed, *, at: datetime) -> Letter:
    summary, policy = whole.summary, whole.summary.policy
    readers = (policy.roles[role].label for role in policy.summaries.recipients)
    parts = ((Heading(each.rule.label), *each.blocks) for each in whole.parts if each.blocks)
    return Letter(
        title=f"Summary of support: {summary.term} {summary.year}",
        reference=f"{summary.school_id}, {summary.term} {summary.year}",
        date=timezone.localdate(at),
        sender=Sender(policy.authority.service_name, policy.authority.address),
        recipient=(*readers, summary.school.name),
        blocks=(Facts(facts(whole)), *(block for part in parts for block in part), _signed(whole)),
    )


def facts(whole: Composed) -> tuple[tuple[str, str], ...]:
    """Whose summary it is, and of which days."""
    summary = whole.summary
    rows = (
        ("School", summary.school.name),
        ("Term", f"{summary.term} {summary.year}, {whole.term}" if whole.term else summary.term),
        (summary.policy.words.partner, whole.partner),
    )
    return tuple((label, value) for label, value in rows if value)


def _signed(whole: Composed) -> Note:
    summary = whole.summary
    day = in_words(timezone.localdate(summary.signed_at)) if summary.signed_at else ""
    return Note(f"Signed off by {summary.signed_by}, {day}.")
