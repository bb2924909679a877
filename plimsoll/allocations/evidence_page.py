"""The evidence pack as a page shows it: figures with source and date, additions, challenges.

What is published is read in its plain form: today's and the frozen one are shown alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from plimsoll.allocations.evidence import Pack, pack
from plimsoll.allocations.models import AddedEvidence, Allocation, Challenge, FrozenEvidence, Side
from plimsoll.allocations.next_steps import is_open
from plimsoll.evidence.eras import Era
from plimsoll.framework.model import Edition
from plimsoll.framework.suggest import suggest
from plimsoll.framework.suggestions import Suggestion
from plimsoll.people.models import User


@dataclass(frozen=True)
class ChallengeCard:
    """A challenge to a figure, its answer, and where this reader may answer it."""

    challenge: Challenge
    by: str
    outcome: str
    answer_href: str


@dataclass(frozen=True)
class Figure:
    """One thing that is published about the school; `wrong_href` is where to challenge it."""

    label: str
    value: str
    wrong_href: str
    challenges: list[ChallengeCard]


@dataclass(frozen=True)
class Group:
    """Figures of one source and date: the register's, or one inspection's."""

    title: str
    note: str
    source: str
    as_at: date | None
    figures: list[Figure]
    link: str = ""


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
    context: list[Group]
    added: list[Added]
    frozen_at: datetime | None
    fingerprint: str


def known(case: Allocation, *, today: date) -> Pack:
    """The pack as it was on the day of the conclusion, or as it is today."""
    closed = case.concluded_at if not is_open(case) else None
    return pack(case, today=timezone.localdate(closed) if closed else today)


def column(case: Allocation, found: Pack, *, user: User, writes: Side | None) -> EvidenceColumn:
    frozen = case.frozen_evidence.order_by("-frozen_at").first() if not is_open(case) else None
    published = _published(found, frozen)
    shown = _Shown(case, writes if is_open(case) else None, found.challenges)
    inspections = [shown.inspection(told) for told in published["inspections"]]
    return EvidenceColumn(
        latest=inspections[0] if inspections else None,
        earlier=inspections[1:],
        context=shown.context(published["context"]),
        added=[_added(case, item, user, writes) for item in found.added],
        frozen_at=frozen.frozen_at if frozen else None,
        fingerprint=frozen.sha256[:12] if frozen else "",
    )


def suggestions(policy: Edition, found: Pack) -> dict[str, Suggestion]:
    """By criterion, what the last inspection suggests."""
    latest, earlier = found.published.suggestion_input
    return {each.criterion: each for each in suggest(policy, latest, earlier)}


def figures(case: Allocation, *, today: date) -> dict[str, tuple[str, str]]:
    """By key, the label and the value of what may be challenged."""
    return {
        each.key: (each.label, _value(each.as_plain()))
        for each in known(case, today=today).published.figures
    }


def _published(found: Pack, frozen: FrozenEvidence | None) -> Mapping[str, Any]:
    return frozen.data["published"] if frozen else found.published.as_plain()


class _Shown:
    """Figures with their challenges, for one reader of one case."""

    def __init__(
        self, case: Allocation, writes: Side | None, challenges: Iterable[Challenge]
    ) -> None:
        self.case, self.writes = case, writes
        self.challenges: dict[str, list[ChallengeCard]] = defaultdict(list)
        for each in challenges:
            self.challenges[each.figure].append(self._challenge(each))

    def inspection(self, told: Mapping[str, Any]) -> Group:
        notes = [str(Era(told["era"]).label), told["type"]]
        if told["of_predecessor"]:
            notes.append(f"of the predecessor {told['school']}, URN {told['urn']}")
        day = date.fromisoformat(told["starts"])
        return Group(
            title=f"Inspection of {day.day} {day:%B %Y}",
            note=" · ".join(notes),
            source=_source(told["figures"]),
            as_at=_as_at(told["figures"]),
            figures=[self._figure(each) for each in told["figures"]],
            link=told["web_link"] or "",
        )

    def context(self, plain: Iterable[Mapping[str, Any]]) -> list[Group]:
        """The other figures, by where they come from."""
        by_source: dict[tuple[str, str | None], list[Mapping[str, Any]]] = defaultdict(list)
        for each in plain:
            by_source[each["source"], each["as_at"]].append(each)
        return [
            Group("", "", source, _as_at(found), [self._figure(each) for each in found])
            for (source, _), found in by_source.items()
        ]

    def _figure(self, plain: Mapping[str, Any]) -> Figure:
        address = reverse("allocations:challenge", args=[self.case.pk])
        query = urlencode({"figure": plain["key"]})
        return Figure(
            label=plain["label"],
            value=_value(plain),
            wrong_href=f"{address}?{query}" if self.writes else "",
            challenges=self.challenges[plain["key"]],
        )

    def _challenge(self, challenge: Challenge) -> ChallengeCard:
        open_ = challenge.answered_at is None and self.writes not in (None, challenge.side)
        address = reverse("allocations:challenge-answer", args=[self.case.pk, challenge.pk])
        return ChallengeCard(
            challenge,
            f"{challenge.raised_by_name}, for {Side(challenge.side).label.lower()}",
            challenge.get_outcome_display() if challenge.outcome else "",
            address if open_ else "",
        )


def _value(plain: Mapping[str, Any]) -> str:
    unit = plain["unit"]
    return f"{plain['value']} {unit}" if unit else str(plain["value"])


def _source(plain: list[Mapping[str, Any]]) -> str:
    return plain[0]["source"] if plain else ""


def _as_at(plain: list[Mapping[str, Any]]) -> date | None:
    as_at = plain[0]["as_at"] if plain else None
    return date.fromisoformat(as_at) if as_at else None


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
