"""The evidence pack of an allocation: what is published, and what either side added (S3)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from plimsoll.allocations.models import AddedEvidence, Allocation, Challenge, FrozenEvidence
from plimsoll.evidence.school.queries import Evidence, profile
from plimsoll.evidence.school.suggesting import suggestions
from plimsoll.framework.suggestions import Suggestion


@dataclass(frozen=True)
class Pack:
    """The same for both sides: figures with their source and date, additions, challenges."""

    published: Evidence
    added: list[AddedEvidence]
    challenges: list[Challenge]


def pack(case: Allocation, *, today: date) -> Pack:
    """The pack as it stands today."""
    return Pack(
        published=profile(case.school, today),
        added=list(case.added.select_related("document").order_by("-dated", "-pk")),
        challenges=list(case.challenges.order_by("raised_at", "pk")),
    )


def suggested(case: Allocation, found: Pack) -> list[Suggestion]:
    """What the pack suggests by the case's own edition; nothing is filled in by it."""
    published = found.published
    return suggestions(case.policy, case.school, published.inspections, published.series)


def freeze(case: Allocation, *, at: datetime) -> FrozenEvidence:
    """Keep the pack and both sides' views as they are now, with a hash over them."""
    today = timezone.localdate(at)
    found = pack(case, today=today)
    data = {
        "published": found.published.as_plain(),
        "suggestions": [each.as_plain() for each in suggested(case, found)],
        "added": [_added(item) for item in found.added],
        "challenges": [_challenge(item) for item in found.challenges],
        "views": [
            _sheet(sheet) for sheet in case.sheets.prefetch_related("views").order_by("side")
        ],
    }
    plain = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return FrozenEvidence.objects.create(
        allocation=case,
        frozen_at=at,
        data=data,
        sha256=hashlib.sha256(plain.encode()).hexdigest(),
    )


def _added(item: AddedEvidence) -> dict[str, Any]:
    return {
        "side": item.side,
        "criterion": item.criterion,
        "title": item.title,
        "text": item.text,
        "dated": item.dated.isoformat(),
        "unvalidated": True,
        "document_sha256": item.document.sha256 if item.document else None,
        "added_by": item.added_by_name,
        "withdrawn": item.withdrawn_why or None,
    }


def _challenge(item: Challenge) -> dict[str, Any]:
    return {
        "side": item.side,
        "figure": item.figure,
        "shown": item.shown,
        "text": item.text,
        "outcome": item.outcome,
        "answer": item.answer,
    }


def _sheet(sheet: Any) -> dict[str, Any]:
    views = sorted(sheet.views.all(), key=lambda view: view.criterion)
    return {
        "side": sheet.side,
        "by": sheet.saved_by,
        "views": [[view.criterion, view.choice, view.text] for view in views],
    }
