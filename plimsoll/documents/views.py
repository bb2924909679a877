from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from plimsoll.core.access import SIGNED_IN, may, needs
from plimsoll.documents import actions
from plimsoll.documents.models import Document
from plimsoll.documents.serving import attachment


@needs(SIGNED_IN)
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The document's bytes, to whoever has the document's own permission at its school."""
    document = get_object_or_404(Document, pk=pk)
    if not may(request.user, document.permission, document):
        raise Http404
    body = actions.read(document=document, by=request.user, at=timezone.now())
    return attachment(body, media_type=document.media_type, filename=document.filename)
