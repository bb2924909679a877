"""An edition: one authority's framework for one academic year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from plimsoll.core.policy import Between, named
from plimsoll.framework.casework import (
    Fact,
    Ground,
    Ladder,
    Notice,
    Power,
    Recipient,
    ReportSection,
    Sampling,
    VisitType,
)
from plimsoll.framework.figure_rules import FigureRule, FigureWords
from plimsoll.framework.intervening import ConcernRules
from plimsoll.framework.judging import (
    Band,
    Criterion,
    Descriptor,
    EraRule,
    NoSuggestion,
    Silence,
    SuggestionRule,
    Theme,
)
from plimsoll.framework.procedure import (
    AllocationRules,
    DeadlineRule,
    EmailRules,
    Letter,
    Message,
    RetentionRule,
    Tier,
)
from plimsoll.framework.profile import ProfileRules
from plimsoll.framework.support import (
    Entitlement,
    FundingSource,
    ProviderKind,
    Service,
    SupportGroup,
)
from plimsoll.framework.visiting import ContactRules, DiaryRules, ReportRules, SummaryRules
from plimsoll.framework.vocabulary import Extent, Id, Side, TypeCode, Year


@dataclass(frozen=True, kw_only=True)
class Authority:
    name: str
    service_name: str
    service_short: str
    la_codes: tuple[Annotated[int, Between(1, 999)], ...]
    address: tuple[str, ...]
    email: str
    phone: str
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What this authority calls things."""

    allocation: str
    allocation_short: str
    band: str
    bands: str
    partner: str
    partner_short: str
    head: str
    cycle: str
    plan: str
    group: str
    regulator: str
    marking: str  # stands on every confidential page, letter and export
    confidential: tuple[str, ...]  # words that no e-mail may carry


@dataclass(frozen=True, kw_only=True)
class Priority:
    id: Id
    text: str


@dataclass(frozen=True, kw_only=True)
class Role:
    key: str = named()
    label: str
    short: str
    side: Side


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which schools carry an allocation, by GIAS type of establishment."""

    school_types: tuple[TypeCode, ...]
    may_decline: tuple[TypeCode, ...] = ()
    by_invitation: tuple[TypeCode, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Edition:
    key: str  # "liverpool/2026-27"
    digest: str  # SHA-256 of the file
    year: Year
    title: str
    source: str

    authority: Authority
    words: Words
    priorities: tuple[Priority, ...]
    roles: Mapping[str, Role]
    services: tuple[Service, ...]
    grants: Mapping[str, Mapping[str, Extent]]
    scope: Scope

    bands: tuple[Band, ...]  # least support first
    themes: tuple[Theme, ...]
    criteria: tuple[Criterion, ...]
    descriptors: tuple[Descriptor, ...]
    silences: tuple[Silence, ...] = ()
    eras: Mapping[str, EraRule]
    suggestions: tuple[SuggestionRule, ...]
    no_suggestion: NoSuggestion
    figure_suggestions: tuple[FigureRule, ...]
    figure_words: FigureWords
    profile: ProfileRules

    allocation: AllocationRules
    disagreement: tuple[Tier, ...]
    deadlines: Mapping[str, DeadlineRule]
    letters: Mapping[str, Letter]
    emails: EmailRules
    messages: Mapping[str, Message]

    entitlements: Mapping[str, Entitlement]
    funding: tuple[FundingSource, ...]
    providers: tuple[ProviderKind, ...]
    group: SupportGroup

    sections: tuple[ReportSection, ...]
    visits: tuple[VisitType, ...]
    diary: DiaryRules
    reports: ReportRules
    contacts: ContactRules
    summaries: SummaryRules
    sampling: Sampling
    grounds: tuple[Ground, ...]
    facts: tuple[Fact, ...]
    recipients: tuple[Recipient, ...]
    notices: tuple[Notice, ...]
    ladders: Mapping[str, Ladder]
    powers: tuple[Power, ...]
    concern: ConcernRules
    retention: tuple[RetentionRule, ...]

    def band(self, key: str) -> Band:
        return self._bands[key]

    def criterion(self, id: str) -> Criterion:
        return self._criteria[id]

    def descriptor(self, id: str) -> Descriptor:
        return self._descriptors[id]

    def descriptors_of(self, criterion: str) -> tuple[Descriptor, ...]:
        return tuple(d for d in self.descriptors if d.criterion == criterion)

    def visit(self, id: str) -> VisitType:
        return self._visits[id]

    def section(self, id: str) -> ReportSection:
        return self._sections[id]

    def notice(self, id: str) -> Notice:
        return self._notices[id]

    def fact(self, id: str) -> Fact:
        return self._facts[id]

    def ladder_for(self, type_code: str) -> Ladder | None:
        """The steps for a school of this type, if the framework has any."""
        return next((x for x in self.ladders.values() if type_code in x.types), None)

    @cached_property
    def figure_rules(self) -> Mapping[str, Mapping[str, Sequence[FigureRule]]]:
        """The rules about figures, by criterion and measure, in the file's order."""
        found: dict[str, dict[str, list[FigureRule]]] = {}
        for rule in self.figure_suggestions:
            found.setdefault(rule.criterion, {}).setdefault(rule.measure, []).append(rule)
        return found

    def draws_on(self, measure: str) -> bool:
        """Whether some rule draws a suggestion from this measure."""
        return any(measure in measures for measures in self.figure_rules.values())

    @cached_property
    def _bands(self) -> dict[str, Band]:
        return {band.key: band for band in self.bands}

    @cached_property
    def _criteria(self) -> dict[str, Criterion]:
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def _descriptors(self) -> dict[str, Descriptor]:
        return {descriptor.id: descriptor for descriptor in self.descriptors}

    @cached_property
    def _visits(self) -> dict[str, VisitType]:
        return {visit.id: visit for visit in self.visits}

    @cached_property
    def _sections(self) -> dict[str, ReportSection]:
        return {section.id: section for section in self.sections}

    @cached_property
    def _notices(self) -> dict[str, Notice]:
        return {notice.id: notice for notice in self.notices}

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}
