"""A plan that was written here, as one tagged PDF and Word (I8)."""

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
from plimsoll.framework.intervening import PlanRules
from plimsoll.intervention.models import GoverningBodyPlan, Obligation
from plimsoll.intervention.permissions import TOLD
from plimsoll.intervention.plans.content import Content
from plimsoll.people.models import User

KIND: Final = "governors-plan"


def issue(
    plan: GoverningBodyPlan, content: Content, number: int, *, by: User, at: datetime
) -> Issued:
    """Keep the plan as it is sent; the school and those who know its case read it."""
    letter = written(plan.obligation, content, number, by=str(by), at=at)
    return issue_document(
        kind=KIND,
        school=plan.obligation.case.school,
        title=letter.title,
        content=letter,
        permission=TOLD,
        subject=plan,
        by=by,
        at=at,
    )


def written(
    obligation: Obligation, content: Content, number: int, *, by: str, at: datetime
) -> Letter:
    case, today = obligation.case, timezone.localdate(at)
    authority = case.policy.authority
    return Letter(
        title=title(obligation, number),
        reference=f"{case.school_id}, case {case.number}",
        date=today,
        sender=Sender(f"Governing body of {case.school.name}"),
        recipient=(authority.service_name, *authority.address),
        blocks=(Facts(tuple(_facts(obligation, by=by))), *_body(content, case.policy.concern.plan)),
        marking="Confidential",
    )


def title(obligation: Obligation, number: int) -> str:
    """Action plan of the governing body; from the second on with the number of the version."""
    return obligation.label if number == 1 else f"{obligation.label}, version {number}"


def _facts(obligation: Obligation, *, by: str) -> Iterator[tuple[str, str]]:
    notice = obligation.notice
    if notice and notice.given_on:
        yield "In answer to", f"{notice.type.label}, {in_words(notice.given_on)}"
    yield "Due", in_words(obligation.due)
    yield "Sent by", by


def _body(content: Content, asked: PlanRules) -> Iterator[Block]:
    head = (asked.what, asked.who, asked.by_when, asked.measure)
    for number, matter in enumerate(content.matters, start=1):
        yield Heading(f"Matter {number}")
        yield Paragraph(f"The notice requires: {matter.text}", leads=True)
        rows = tuple((each.what, each.who, each.day, each.measure) for each in matter.actions)
        yield Table(f"What will be done about matter {number}", head, rows)
    for answer in content.answers:
        if answer.text:
            yield Heading(answer.label)
            for text in answer.paragraphs:
                yield Paragraph(text)
