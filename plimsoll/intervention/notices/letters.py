"""A notice or letter as one tagged PDF and Word: one letter for all whom it reaches (I4)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Final

from django.utils import timezone

from plimsoll.documents.actions import Issued
from plimsoll.documents.actions import issue as issue_document
from plimsoll.documents.content import (
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Sender,
    Signatory,
    Signatures,
    Table,
)
from plimsoll.intervention.models import Delivery, Notice
from plimsoll.intervention.notices import texts
from plimsoll.intervention.notices.particulars import particulars
from plimsoll.intervention.notices.reach import given_to_school, reaches_school
from plimsoll.intervention.permissions import SEE, TOLD
from plimsoll.people.models import User

KIND: Final = "notice"
HOW: Final = {"given": "Given to", "copied": "Copied to"}


def issue(notice: Notice, rows: Iterable[Delivery], *, by: User, at: datetime) -> Issued:
    """Keep the letter as it is given. The school reads it where it is one of those it reaches."""
    letter = written(notice, rows, at=at)
    return issue_document(
        kind=KIND,
        school=notice.case.school,
        title=letter.title,
        content=letter,
        permission=TOLD if reaches_school(notice) else SEE,
        subject=notice,
        by=by,
        at=at,
    )


def written(notice: Notice, rows: Iterable[Delivery], *, at: datetime) -> Letter:
    """The whole letter, of the day on which it is given."""
    case, rows = notice.case, list(rows)
    authority = case.policy.authority
    given = [row.label for row in rows if row.how == "given"]
    return Letter(
        title=texts.title(notice),
        reference=f"{case.school_id}, case {case.number}",
        date=notice.given_on or timezone.localdate(at),
        sender=Sender(authority.service_name, authority.address),
        recipient=(*given, *_address(notice)),
        blocks=(*body(notice), *_signed(notice), *_reached(rows)),
        marking="Confidential",
    )


def body(notice: Notice) -> Iterator[Block]:
    """What it says, from how it begins to how it ends."""
    yield from _paragraphs(texts.opening(notice))
    if facts := tuple(particulars(notice)):
        yield Facts(facts)
    if grounds := texts.grounds(notice):
        yield Heading("The ground" if len(grounds) == 1 else "The grounds")
        yield Bullets(tuple(grounds))
    if compared := texts.comparisons(notice):
        yield Paragraph("Standards are low by reference to:", leads=True)
        yield Bullets(tuple(compared))
    for part in notice.type.parts:
        if text := str(notice.texts.get(part.id, "")).strip():
            yield Heading(texts.heading(part))
            yield from _paragraphs(text)
            yield from _paragraphs(texts.day_of(part, notice))
    yield Heading("What happens next")
    *all_but_last, last = _paragraphs(texts.closing(notice))
    yield from all_but_last
    yield replace(last, leads=True) if isinstance(last, Paragraph) else last


def _address(notice: Notice) -> Iterator[str]:
    """The school's, on a letter that is given to somebody there."""
    school = notice.case.school
    if given_to_school(notice):
        town = f"{school.town} {school.postcode}".strip()
        yield from filter(None, (school.name, school.street, town))


def _paragraphs(text: str) -> Iterator[Block]:
    """Paragraphs stand between blank lines; lines that begin with a hyphen are a list.

    The words that lead to a list stay on its page, with or without a blank line between.
    """
    for each in text.replace("\r\n", "\n").split("\n\n"):
        lines = (line.strip() for line in each.split("\n"))
        for listed, run in groupby(filter(None, lines), key=_is_item):
            if listed:
                yield Bullets(tuple(line[2:].strip() for line in run))
            else:
                words = " ".join(run)
                yield Paragraph(words, leads=words.endswith(":"))


def _is_item(line: str) -> bool:
    return line.startswith("- ")


def _signed(notice: Notice) -> Iterator[Block]:
    policy = notice.case.policy
    post = f"{policy.roles[notice.type.signatory].label}\nfor {policy.authority.name}"
    yield Signatures((Signatory(notice.signed_by, post),), closing="Yours sincerely")


def _reached(rows: Iterable[Delivery]) -> Iterator[Block]:
    yield Heading("Who receives this")
    yield Table(
        "Each with the reason",
        ("How", "Recipient", "Why"),
        tuple((HOW[row.how], row.label, row.reason) for row in rows),
    )
