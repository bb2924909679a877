"""Documents kept for good, and handed out to whoever may read them."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from plimsoll.core.models import Event
from plimsoll.documents import actions
from plimsoll.documents.models import Document
from plimsoll.documents.refusals import Refused
from tests.cast import Cast
from tests.documents.letters import ALLOCATION, letter

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def issued(cast: Cast) -> actions.Issued:
    return actions.issue(
        kind="allocation-letter",
        school=cast.harbour_view,
        title="School Support Allocation 2026/27",
        content=letter(*ALLOCATION),
        permission="allocation.see",
        subject=cast.harbour_view,
        by=cast.priya,
        at=AT,
    )


def kept(cast: Cast, name: str = "plan.txt", body: bytes = b"What we did") -> Document:
    return actions.keep_upload(
        school=cast.harbour_view,
        file=SimpleUploadedFile(name, body),
        title="What we did",
        permission="allocation.see",
        subject=cast.harbour_view,
        by=cast.helen,
        at=AT,
    )


def test_a_letter_is_kept_in_both_forms_with_one_event(cast: Cast) -> None:
    both = issued(cast)
    assert both.pdf.issue == both.word.issue
    for document, name in ((both.pdf, "2026-27.pdf"), (both.word, "2026-27.docx")):
        stored = Document.objects.get(pk=document.pk)
        assert stored.filename == f"School Support Allocation {name}"
        assert stored.sha256 == hashlib.sha256(bytes(stored.body)).hexdigest()
        assert stored.size == len(bytes(stored.body))
        assert (stored.urn, stored.issued_by_name, stored.language) == (
            900001,
            "Priya Nair",
            "en-GB",
        )
    event = Event.objects.get(verb="document.issue")
    assert (event.urn, event.permission, event.actor) == (900001, "allocation.see", cast.priya.pk)
    assert event.after == {
        "title": "School Support Allocation 2026/27",
        "sha256": both.pdf.sha256,
        "word": both.word.sha256,
    }


def test_what_was_issued_is_never_changed(cast: Cast) -> None:
    both = issued(cast)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Document.objects.filter(pk=both.pdf.pk).update(title="Another")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        both.word.delete()


def test_the_documents_of_a_case_come_without_their_bytes(cast: Cast) -> None:
    both = issued(cast)
    (word, pdf) = Document.objects.about(cast.harbour_view)
    assert {word.pk, pdf.pk} == {both.pdf.pk, both.word.pk}
    assert "body" in pdf.get_deferred_fields()


def test_a_permission_that_nobody_named_is_refused_before_anything_is_kept(cast: Cast) -> None:
    with pytest.raises(KeyError):
        actions.issue(
            kind="letter",
            school=cast.harbour_view,
            title="Lost",
            content=letter(),
            permission="no.such",
            subject=cast.harbour_view,
            by=None,
            at=AT,
        )
    assert not Document.objects.exists()


def test_an_upload_is_kept_byte_for_byte(cast: Cast) -> None:
    document = kept(cast)
    stored = Document.objects.get(pk=document.pk)
    assert bytes(stored.body) == b"What we did"
    assert (stored.kind, stored.media_type, stored.filename) == (
        "evidence",
        "text/plain",
        "plan.txt",
    )
    assert Event.objects.get(verb="document.keep").actor_name == "Helen Marsh"


def test_a_refused_upload_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(Refused):
        kept(cast, "plan.pdf", b"MZ\x90")
    assert not Document.objects.exists()
    assert not Event.objects.filter(verb__startswith="document").exists()


# --- handing out -------------------------------------------------------------------------


def address(document: Document) -> str:
    return reverse("documents:download", args=[document.pk])


def test_a_reader_gets_the_very_bytes_as_an_attachment(cast: Cast, client: Client) -> None:
    document = issued(cast).pdf
    client.force_login(cast.helen)
    answer = client.get(address(document))
    assert hashlib.sha256(answer.content).hexdigest() == document.sha256
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'attachment; filename="School Support Allocation 2026-27.pdf"'
    )
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_reading_is_an_event_as_confidential_as_the_document(cast: Cast, client: Client) -> None:
    document = issued(cast).word
    client.force_login(cast.helen)
    client.get(address(document))
    event = Event.objects.get(verb="document.read")
    assert (event.actor, event.permission, event.urn) == (cast.helen.pk, "allocation.see", 900001)
    assert (event.subject, event.subject_id) == ("documents.document", document.pk)


@pytest.mark.parametrize(
    "who", ["helen", "chloe", "sadia", "priya", "paul", "dorothy", "declan", "pat"]
)
def test_S7_who_knows_the_band_may_read_the_letter(cast: Cast, client: Client, who: str) -> None:
    client.force_login(cast.everyone[who])
    assert client.get(address(issued(cast).pdf)).status_code == 200


@pytest.mark.parametrize("who", ["henry", "sam", "ada", "dan", "olu", "lena", "nobody"])
def test_S7_nobody_else_learns_that_there_is_a_letter(cast: Cast, client: Client, who: str) -> None:
    document = issued(cast).pdf
    client.force_login(cast.everyone[who])
    assert client.get(address(document)).status_code == 404
    assert not Event.objects.filter(verb="document.read").exists()


def test_signing_in_comes_first(cast: Cast, client: Client) -> None:
    assert client.get(address(issued(cast).pdf)).status_code == 302


def test_a_document_is_fetched_and_never_sent(cast: Cast, client: Client) -> None:
    client.force_login(cast.helen)
    assert client.post(address(issued(cast).pdf)).status_code == 405
