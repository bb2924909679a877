"""What a school is judged by: bands, themes, criteria, descriptors, and suggestions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plimsoll.core.policy import named
from plimsoll.framework.vocabulary import Days, Era, Id, Phase, Published


@dataclass(frozen=True, kw_only=True)
class HighRisk:
    """A mark that has a school of this band treated with another (S10)."""

    label: str
    treated_with: str
    review_days: Days


@dataclass(frozen=True, kw_only=True)
class Band:
    key: str
    label: str
    order: int  # 1 is the least support
    meaning: str
    high_risk: HighRisk | None = None


@dataclass(frozen=True, kw_only=True)
class Theme:
    id: Id
    label: str


@dataclass(frozen=True, kw_only=True)
class Criterion:
    id: Id
    theme: Id
    label: str
    decisive: bool = False
    phases: tuple[Phase, ...] = ()  # none means every phase
    published: tuple[Published, ...] = ()  # what published data informs it

    def applies_to(self, phase: str) -> bool:
        return not self.phases or phase in self.phases


@dataclass(frozen=True, kw_only=True)
class Descriptor:
    """One thing that may be true of a school.

    `statements` gives, for each band it stands in, the id of the source's statement: a
    descriptor that stands in several bands counts for each of them (S8).
    """

    id: Id
    criterion: Id
    text: str
    statements: Mapping[str, Id]

    @property
    def bands(self) -> tuple[str, ...]:
        return tuple(self.statements)


@dataclass(frozen=True, kw_only=True)
class Silence:
    """Why a band has no statement of a theme."""

    band: str
    theme: Id
    because: str


@dataclass(frozen=True, kw_only=True)
class EraRule:
    """How inspections of one era speak: their grades and areas, from key to label."""

    key: str = named()
    label: str
    grades: Mapping[str, str]
    areas: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Condition:
    """True of an inspection when every part that is given holds; see suggest.py."""

    overall: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    safeguarding: tuple[str, ...] = ()
    any_area: tuple[str, ...] = ()  # at least one area has one of these grades
    every_area: tuple[str, ...] = ()  # no graded area has another grade
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Before:
    """A condition on the inspection just before, which may be of another era."""

    era: Era
    when: Condition


@dataclass(frozen=True, kw_only=True)
class SuggestionRule:
    """What an inspection of one era suggests for one criterion, and why.

    `assumed` marks a mapping that the source does not give and the authority should
    confirm.
    """

    id: Id
    criterion: Id
    era: Era
    when: Condition
    before: tuple[Before, ...] = ()  # the inspection before meets one of these
    descriptors: tuple[Id, ...]
    because: str
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class NoSuggestion:
    """What is said when nothing can be suggested."""

    not_inspected: str
    no_rule: str
