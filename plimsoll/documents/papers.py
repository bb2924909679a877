"""The letters that were issued about one case, each in its forms, as a page lists them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Model
from django.urls import reverse

from plimsoll.documents.actions import EVIDENCE, PDF, WORD
from plimsoll.documents.models import Document


@dataclass(frozen=True)
class Paper:
    """One issued letter in its forms."""

    title: str
    at: datetime
    by: str
    files: list[tuple[str, str]]


FORMS: Final = {PDF: "PDF", WORD: "Word"}


def form_of(media_type: str) -> str:
    """What a file is, in a word."""
    return FORMS.get(media_type, "file")


def papers(case: Model, permission: str) -> list[Paper]:
    """The case's letters that one may read with this permission, newest first."""
    issues: dict[object, list[Document]] = {}
    for each in Document.objects.about(case).filter(permission=permission):
        if each.kind != EVIDENCE:
            issues.setdefault(each.issue, []).append(each)
    return [
        Paper(
            forms[0].title,
            forms[0].issued_at,
            forms[0].issued_by_name,
            [
                (
                    f"{form_of(each.media_type)}, {max(1, each.size // 1000)} KB",
                    reverse("documents:download", args=[each.pk]),
                )
                for each in sorted(forms, key=lambda each: each.media_type)
            ],
        )
        for forms in issues.values()
    ]
