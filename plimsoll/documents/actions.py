"""Issuing a letter, and keeping a file that somebody hands in."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model

from plimsoll.core import access, audit
from plimsoll.documents import checks, render, word
from plimsoll.documents.content import Letter, plain
from plimsoll.documents.models import Document
from plimsoll.documents.names import safe
from plimsoll.schools.models import School

PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EVIDENCE: Final = "evidence"


@dataclass(frozen=True)
class Issued:
    """One letter in its two forms."""

    pdf: Document
    word: Document


def issue(
    *,
    kind: str,
    school: School,
    title: str,
    content: Letter,
    permission: str,
    subject: Model,
    by: Any,
    at: datetime,
) -> Issued:
    """Make the letter as PDF and as Word and keep both, with one event for the two.

    `subject` is the case that the letter belongs to; `permission` is what a reader needs
    at the school; `by` is None when Plimsoll itself issues it.
    """
    made = {"pdf": render.pdf(content, at=at), "docx": word.docx(content, at=at)}
    media = {"pdf": PDF, "docx": WORD}
    issue_id = uuid4()
    with transaction.atomic():
        kept = {
            extension: _keep(
                issue=issue_id,
                school=school,
                kind=kind,
                title=title,
                filename=safe(f"{title}.{extension}"),
                media_type=media[extension],
                language=content.language,
                body=body,
                permission=permission,
                subject=subject,
                by=by,
                at=at,
            )
            for extension, body in made.items()
        }
        _tell("document.issue", kept["pdf"], by=by, at=at, word=kept["docx"].sha256)
    return Issued(kept["pdf"], kept["docx"])


def keep_upload(
    *,
    school: School,
    file: UploadedFile,
    title: str,
    permission: str,
    subject: Model,
    by: Any,
    at: datetime,
) -> Document:
    """Keep a file of evidence, byte for byte, once it has passed every check.

    Raises `refusals.Refused`, whose message tells the person what to do.
    """
    body, media_type = checks.accepted(file)
    with transaction.atomic():
        kept = _keep(
            issue=uuid4(),
            school=school,
            kind=EVIDENCE,
            title=title,
            filename=safe(file.name or ""),
            media_type=media_type,
            language="",
            body=body,
            permission=permission,
            subject=subject,
            by=by,
            at=at,
        )
        _tell("document.keep", kept, by=by, at=at)
    return kept


@dataclass(frozen=True)
class Made:
    """A file that Plimsoll made and that is no letter."""

    title: str
    filename: str
    media_type: str
    body: bytes


def keep_made(
    *,
    kind: str,
    school: School,
    made: Sequence[Made],
    permission: str,
    subject: Model,
    by: Any,
    at: datetime,
) -> list[Document]:
    """Keep files that belong together, in their order, with one event for the first."""
    issue_id = uuid4()
    with transaction.atomic():
        kept = [
            _keep(
                issue=issue_id,
                school=school,
                kind=kind,
                title=each.title,
                filename=safe(each.filename),
                media_type=each.media_type,
                language="en-GB",
                body=each.body,
                permission=permission,
                subject=subject,
                by=by,
                at=at,
            )
            for each in made
        ]
        _tell("document.keep", kept[0], by=by, at=at)
    return kept


def read(*, document: Document, by: Any, at: datetime) -> bytes:
    """Hand out the bytes, and write down who had them."""
    with transaction.atomic():
        _tell("document.read", document, by=by, at=at)
    return bytes(document.body)


def _keep(
    *,
    issue: UUID,
    school: School,
    title: str,
    body: bytes,
    permission: str,
    subject: Model,
    by: Any,
    at: datetime,
    **about: str,
) -> Document:
    access.grants(permission)  # a permission nobody named would hide the document for ever
    return Document.objects.create(
        issue=issue,
        urn=school.urn,
        title=plain(title),
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
        permission=permission,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        issued_at=at,
        issued_by=by.pk if by else None,
        issued_by_name=str(by) if by else "Plimsoll",
        **about,
    )


def _tell(verb: str, document: Document, *, by: Any, at: datetime, **more: str) -> None:
    audit.record(
        verb=verb,
        subject=document,
        by=by,
        at=at,
        permission=document.permission,
        after={"title": document.title, "sha256": document.sha256} | more,
    )
