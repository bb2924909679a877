"""The evidence pack as a page shows it: figures with source and date, additions, challenges.

What is published is read in its plain form: today's and the frozen one are shown alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from plimsoll.allocations.evidence import Pack, pack, suggested
from plimsoll.allocations.figures_shown import Group, Measured, Shown, value_of
from plimsoll.allocations.models import AddedEvidence, Allocation, FrozenEvidence, Side
from plimsoll.allocations.next_steps import is_open
from plimsoll.framework.suggest import suggest
from plimsoll.framework.suggestions import Suggestion
from plimsoll.people.models import User


@dataclass(frozen=True)
class Added:
    """Evidence that one side added, and where its own author may withdraw it."""

    item: AddedEvidence
    side: str
    about: str
    document_href: str
    withdraw_href: str


@dataclass(frozen=True)
class EvidenceColumn:
    latest: Group | None
    earlier: list[Group]
    measured: list[Measured]
    context: list[Group]
    gone: Group | None
    added: list[Added]
    frozen_at: datetime | None
    fingerprint: str


@dataclass(frozen=True)
class Known:
    """The pack, and what was frozen of it once the allocation was concluded."""

    pack: Pack
    frozen: FrozenEvidence | None

    @property
    def published(self) -> Mapping[str, Any]:
        """In plain form, whichever it is."""
        return self.frozen.data["published"] if self.frozen else self.pack.published.as_plain()


def known(case: Allocation, *, today: date) -> Known:
    """The pack as it was on the day of the conclusion, or as it is today."""
    closed = case.concluded_at if not is_open(case) else None
    found = pack(case, today=timezone.localdate(closed) if closed else today)
    frozen = None if is_open(case) else case.frozen_evidence.order_by("-frozen_at").first()
    return Known(found, frozen)


def column(case: Allocation, found: Known, *, user: User, writes: Side | None) -> EvidenceColumn:
    published, frozen = found.published, found.frozen
    shown = Shown(case, writes if is_open(case) else None, found.pack.challenges)
    inspections = [shown.inspection(told) for told in published["inspections"]]
    measured = shown.measured(published.get("measures", ()))
    context = shown.context(published["context"])
    return EvidenceColumn(
        latest=inspections[0] if inspections else None,
        earlier=inspections[1:],
        measured=measured,
        context=context,
        gone=shown.gone,
        added=[_added(case, item, user, writes) for item in found.pack.added],
        frozen_at=frozen.frozen_at if frozen else None,
        fingerprint=frozen.sha256[:12] if frozen else "",
    )


def suggestions(case: Allocation, found: Known) -> list[Suggestion]:
    """What the evidence suggests, or suggested when it was frozen.

    A pack that was frozen before figures could speak holds inspections only.
    """
    if found.frozen is None:
        return suggested(case, found.pack)
    if "suggestions" in found.frozen.data:
        return [Suggestion.from_plain(each) for each in found.frozen.data["suggestions"]]
    latest, earlier = found.pack.published.suggestion_input
    return list(suggest(case.policy, latest, earlier))


def figures(case: Allocation, *, today: date) -> dict[str, tuple[str, str]]:
    """By key, the label and the value of what may be challenged."""
    return {
        each.key: (each.label, value_of(each.as_plain()))
        for each in known(case, today=today).pack.published.figures
    }


def _added(case: Allocation, item: AddedEvidence, user: User, writes: Side | None) -> Added:
    own = item.added_by == user.pk and item.withdrawn_at is None
    file, withdraw = item.document_id, own and writes is not None and is_open(case)
    return Added(
        item=item,
        side=Side(item.side).label,
        about=case.policy.criterion(item.criterion).label if item.criterion else "",
        document_href=reverse("documents:download", args=[file]) if file else "",
        withdraw_href=(
            reverse("allocations:evidence-withdraw", args=[case.pk, item.pk]) if withdraw else ""
        ),
    )
