"""The school profile to take along: made when it is asked for, and never kept."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from plimsoll.core.access import needs
from plimsoll.desk.actions import note_pack
from plimsoll.desk.pack import pack
from plimsoll.desk.views.schools import framed
from plimsoll.documents import render, word
from plimsoll.documents.actions import PDF, WORD
from plimsoll.documents.names import safe
from plimsoll.documents.serving import attachment
from plimsoll.evidence.school.queries import profile
from plimsoll.evidence.school.sections import profile_of
from plimsoll.framework import editions
from plimsoll.people.requests import SignedIn


@needs("school.see")
@require_GET
def as_pdf(request: SignedIn, urn: int) -> HttpResponse:
    return _taken(request, urn, "pdf", PDF, render.pdf)


@needs("school.see")
@require_GET
def as_word(request: SignedIn, urn: int) -> HttpResponse:
    return _taken(request, urn, "docx", WORD, word.docx)


def _taken(
    request: SignedIn, urn: int, form: str, media_type: str, make: Callable[..., bytes]
) -> HttpResponse:
    frame, at = framed(request, urn, "Evidence"), timezone.now()
    policy, found = editions.current(), profile(frame.school, frame.today)
    content = pack(found, profile_of(found, policy.profile), policy, on=frame.today)
    body = make(content, at=at)
    note_pack(school=frame.school, form=form, by=request.user, at=at)
    filename = safe(f"{frame.school.name} profile {frame.today.isoformat()}.{form}")
    return attachment(body, media_type=media_type, filename=filename)
