"""What an authority settles about schools causing concern, besides its ladders and notices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from plimsoll.core.policy import Between
from plimsoll.framework.visiting import Choice
from plimsoll.framework.vocabulary import Basis, Days, Id


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A reason or a required action that a draft may begin with: the library of a notice."""

    id: Id
    part: Id  # the part of a notice in which it may stand
    ground: Id
    text: str


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """An edition of the statutory guidance (EIA 2006 s.72)."""

    id: Id
    label: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A point of law that the authority's solicitor should check: said where it matters."""

    id: Id
    text: str
    source: str


@dataclass(frozen=True, kw_only=True)
class PlanAsk:
    """One thing that the form of the governing body's plan asks for."""

    id: Id
    label: str
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanRules:
    """How the governing body's plan is written: each action by four answers, then the whole."""

    lead: str
    what: str
    who: str
    by_when: str
    measure: str
    questions: tuple[PlanAsk, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom the file of a case may be made for, and whether they may know the allocation (S7)."""

    id: Id
    label: str
    allocation: bool
    why: str  # said where one chooses, and in the file where something is left out by it


@dataclass(frozen=True, kw_only=True)
class ConcernRules:
    review_days: Days  # the next review of a case is set this far ahead, unless sooner
    review_basis: Basis
    keeper: str  # the role that hears of what the service owes, and of what is late
    remind_before: tuple[Days, ...]  # what is owed falls due
    # While a discussion is owed since an urgent notice, in calendar days.
    remind_discussion_every: Annotated[int, Between(1, 100)]
    window_warning: Days  # so long before the window of the powers closes it stands on My work
    longest_extension: Days  # how far after the first day another may be set
    halfterm_is_long: bool  # is a half term of five weekdays longer than a week?
    quiet_after: Days  # working days without anything, after which a watched school is quiet
    # Whoever holds one is on the watch list; whoever is marked to be treated as one, too.
    watched_bands: tuple[str, ...]
    not_statutory: str  # what every notice and letter says of itself that is not statutory
    legal_service: Id  # the service whose officers may be asked to review a notice
    comparisons: tuple[Choice, ...]  # what standards are low beside (EIA 2006 s.60(3))
    guidance: tuple[Guidance, ...]
    wordings: tuple[Wording, ...]
    audiences: tuple[Audience, ...]
    doubts: tuple[Doubt, ...]
    plan: PlanRules
    assumed: bool = False

    def doubts_named(self, named: Collection[str]) -> list[Doubt]:
        """The doubts of these ids, in policy's order."""
        return [doubt for doubt in self.doubts if doubt.id in named]
