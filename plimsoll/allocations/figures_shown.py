"""Figures as a page shows them: with source and date, each open to challenge."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from plimsoll.allocations.models import Allocation, Challenge, Side
from plimsoll.core.trend import Trend
from plimsoll.evidence.eras import Era
from plimsoll.evidence.school import trends as trends_of
from plimsoll.framework.measures import MEASURES, THEMES, Measure


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
class Measured:
    """The figures of one theme: those of the latest year, and the earlier ones.

    What the framework draws suggestions from is drawn over the years too.
    """

    label: str
    latest: list[Group]
    earlier: list[Group]
    trends: list[Trend]


class Shown:
    """Figures with their challenges, for one reader of one case."""

    def __init__(
        self, case: Allocation, writes: Side | None, challenges: Iterable[Challenge]
    ) -> None:
        self.case, self.writes = case, writes
        self.challenges: dict[str, list[ChallengeCard]] = defaultdict(list)
        for each in challenges:
            self.challenges[each.figure].append(self._challenge(each))
        self._placed: set[str] = set()

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

    def measured(self, series: Iterable[Mapping[str, Any]]) -> list[Measured]:
        """What is measured, by theme. What was frozen stays, whatever is measured today."""
        latest: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        earlier: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        trends: dict[str, list[Trend]] = defaultdict(list)
        policy = self.case.policy
        for each in series:
            measure = MEASURES.get(each["measure"])
            if measure and not measure.shown:
                continue
            theme = measure.theme if measure else ""
            now, before = _by_age(each["points"])
            latest[theme] += [self._named(point, measure) for point in now]
            earlier[theme] += [self._named(point, measure) for point in before]
            if measure and before and policy.draws_on(measure.key):
                trends[theme].append(trends_of.of_plain(each, measure, policy.profile))
        labels = {key: theme.label for key, theme in THEMES.items()} | {"": "Other figures"}
        return [
            Measured(label, self.context(latest[key]), self.context(earlier[key]), trends[key])
            for key, label in labels.items()
            if latest[key]
        ]

    @property
    def gone(self) -> Group | None:
        """Asked for after all others: what was challenged and is published no longer."""
        found = [
            Figure(card.challenge.shown, "Published no longer", "", [card])
            for key, cards in self.challenges.items()
            if key not in self._placed
            for card in cards
        ]
        return Group("", "", "as shown when it was challenged", None, found) if found else None

    def _named(self, point: Mapping[str, Any], measure: Measure | None) -> Mapping[str, Any]:
        """The point under its short name, and whose it is where it is a predecessor’s."""
        label = f"{measure.name}, {point['year']}" if measure else point["label"]
        if point["urn"] != self.case.school_id:
            label += f" (the predecessor’s, URN {point['urn']})"
        return {**point, "label": label}

    def _figure(self, plain: Mapping[str, Any]) -> Figure:
        address = reverse("allocations:challenge", args=[self.case.pk])
        query = urlencode({"figure": plain["key"]})
        self._placed.add(plain["key"])
        return Figure(
            label=plain["label"],
            value=value_of(plain),
            wrong_href=f"{address}?{query}" if self.writes else "",
            challenges=self.challenges.get(plain["key"], []),
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


def _by_age(points: Iterable[Mapping[str, Any]]) -> tuple[list[Any], list[Any]]:
    """The latest year, with the latest that has a number; and those before."""
    found = sorted(points, key=lambda point: str(point["year"]), reverse=True)
    numbers = [point for point in found if point["number"] is not None]
    now = [point for point in found if point in (*found[:1], *numbers[:1])]
    return now, [point for point in found if point not in now]


def value_of(plain: Mapping[str, Any]) -> str:
    unit = plain["unit"]
    return f"{plain['value']} {unit}" if unit else str(plain["value"])


def _source(plain: list[Mapping[str, Any]]) -> str:
    return plain[0]["source"] if plain else ""


def _as_at(plain: list[Mapping[str, Any]]) -> date | None:
    as_at = plain[0]["as_at"] if plain else None
    return date.fromisoformat(as_at) if as_at else None
