"""Sending a document's bytes to a browser, to be saved and never to be run."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attachment(body: bytes, *, media_type: str, filename: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type=media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, filename) or "",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            # Should a browser show it after all, it may run and load nothing.
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
