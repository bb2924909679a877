"""The school profile: what is held of a school by theme, ready for a page or a document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from plimsoll.core.trend import Trend
from plimsoll.evidence.groups import group_of_school
from plimsoll.evidence.models import ENGLAND
from plimsoll.evidence.school import changes, trends, uncertainty
from plimsoll.evidence.school.changes import Sentence
from plimsoll.evidence.school.gaps import gaps
from plimsoll.evidence.school.queries import Evidence
from plimsoll.evidence.school.series import Series
from plimsoll.evidence.years import in_spans
from plimsoll.framework.measures import MEASURES, THEMES, Measure, Theme, shown
from plimsoll.framework.profile import ProfileRules

OTHERS: Final = frozenset(measure.other for measure in MEASURES.values() if measure.other)


@dataclass(frozen=True)
class Source:
    """Where figures of some years are from; `whose` says whom they are about."""

    whose: str
    title: str
    as_at: date | None
    years: str


@dataclass(frozen=True)
class Card:
    """One measure: what it says, its chart and table, a warning, and its sources."""

    measure: Measure
    trend: Trend
    gap: Trend | None
    sentences: tuple[Sentence, ...]
    warning: str
    sources: tuple[Source, ...]
    latest: str
    year: str
    england: str
    place: str  # above, below or close to England, where that can be said


@dataclass(frozen=True)
class Silent:
    """A measure without a figure, and why."""

    measure: Measure
    why: str


@dataclass(frozen=True)
class Section:
    """A theme: its measures, those without a figure, and those of which nothing is held."""

    theme: Theme
    cards: tuple[Card, ...]
    silent: tuple[Silent, ...]
    missing: tuple[Measure, ...]

    @property
    def holds(self) -> bool:
        return bool(self.cards or self.silent)

    @property
    def headlines(self) -> list[Card]:
        """What is shown unfolded."""
        return [card for card in self.cards if card.measure.headline]

    @property
    def folded(self) -> list[Card]:
        return [card for card in self.cards if not card.measure.headline]


@dataclass(frozen=True)
class Profile:
    """The profile of one school."""

    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def changed(self) -> list[Sentence]:
        return changes.changed(list(self.sentences))


def profile_of(evidence: Evidence, rules: ProfileRules) -> Profile:
    """Every theme of which something is held, or should be for this kind of school."""
    told = changes.sentences(evidence.series, rules)
    group = group_of_school(evidence.school)
    found = (_section(theme, evidence.series, told, group, rules) for theme in THEMES.values())
    sections = tuple(each for each in found if each.holds or each.missing)
    return Profile(sections, tuple(told))


def _section(
    theme: Theme,
    held: Mapping[str, Series],
    told: Sequence[Sentence],
    group: str,
    rules: ProfileRules,
) -> Section:
    measures = [
        measure
        for measure in MEASURES.values()
        if measure.theme == theme.key and measure.shown and measure.key not in OTHERS
    ]
    mine = [held[measure.key] for measure in measures if measure.key in held]
    return Section(
        theme=theme,
        cards=tuple(_card(each, held, told, rules) for each in mine if each.known),
        silent=tuple(_silent(each) for each in mine if not each.known),
        missing=tuple(
            measure
            for measure in measures
            if measure.key not in held and group and group in measure.areas
        ),
    )


def _card(
    series: Series, held: Mapping[str, Series], told: Sequence[Sentence], rules: ProfileRules
) -> Card:
    measure, latest = series.measure, series.latest
    assert latest is not None
    found, trend = gaps(series, held), trends.of_series(series, held, rules)
    cohort, england = uncertainty.last_cohort(latest, held), series.beside(ENGLAND)
    small = cohort is not None and uncertainty.is_small(cohort.pupils, rules.small_cohort)
    beside = england.values.get(latest.year) if england else None
    return Card(
        measure=measure,
        trend=trend,
        gap=trends.of_gaps(found, rules) if found else None,
        sentences=tuple(each for each in told if each.measure == measure),
        warning=uncertainty.warning(measure, latest.year, cohort) if cohort and small else "",
        sources=tuple(_sources(series, trend.periods)),
        latest=latest.shown,
        year=latest.year,
        england="" if beside is None else shown(measure, beside),
        place=changes.place(series, held, rules),
    )


def _sources(series: Series, years: Sequence[str]) -> Iterator[Source]:
    """The school's by file, then those of what it is compared with."""
    by_file: dict[tuple[str, date | None], list[str]] = {}
    for point in series.points:
        if point.year in years:
            by_file.setdefault((point.origin.cited, point.origin.as_at), []).append(point.year)
    for (title, as_at), found in by_file.items():
        yield Source(trends.SCHOOL, title, as_at, in_spans(found))
    for beside in series.besides:
        if shared := [year for year in years if year in beside.values]:
            yield Source(beside.label, beside.source, beside.as_at, in_spans(shared))


def _silent(series: Series) -> Silent:
    """Suppressed: too few pupils to publish (2022-23 to 2023-24)"""
    by_words: dict[str, list[str]] = {}
    for point in series.points:
        by_words.setdefault(point.shown, []).append(point.year)
    why = "; ".join(f"{words} ({in_spans(years)})" for words, years in by_words.items())
    return Silent(series.measure, why)
