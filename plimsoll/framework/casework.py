"""Visits, quality and intervention: the parts of a framework that casework reads."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from plimsoll.core.policy import Between, named
from plimsoll.framework.vocabulary import Id, MonthDay, TypeCode

Percent = Annotated[int, Between(0, 100)]
# How a school becomes eligible for intervention: by a notice, or by an Ofsted category.
Route = Literal["s60", "s60a", "category"]


@dataclass(frozen=True, kw_only=True)
class ReportSection:
    id: Id
    label: str
    prompt: str = ""
    good: tuple[str, ...] = ()  # what good looks like, beside the place where one writes
    themes: tuple[Id, ...] = ()  # of the criteria that it may be tagged with
    optional: bool = False  # a report may be sent without it
    finding: bool = False  # what it says may stand among the main findings of a term


@dataclass(frozen=True, kw_only=True)
class VisitType:
    id: Id
    label: str
    line: Id | None = None  # the entitlement line it is charged to
    days: Annotated[Decimal, Between(0, 5)] = Decimal(1)  # what one takes, where no line says
    report: bool = False
    sections: tuple[Id, ...] = ()
    content_private: bool = False  # only dates and days are kept
    prepared: bool = False  # the school is asked for its short part before
    complete_by: MonthDay | None = None  # of a private one: when it is to be complete each year


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """Which reports a second reader takes, and by what list."""

    percent: Percent
    first_reports: Annotated[int, Between(0, 100)]  # of an author who is new
    bands: tuple[str, ...] = ()  # every report about a school of these bands
    reader: str
    checklist: tuple[str, ...]
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class Ground:
    id: Id
    label: str
    scope: Literal["local", "statutory"]
    law: str = ""
    safety: bool = False  # it opens the urgent route (I2)
    compared: bool = False  # whoever names it says what standards are low beside


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that must be on record before a step may be taken.

    Most are findings that a person records; some are shown by another record.
    """

    id: Id
    label: str
    shown_by: Literal[
        "finding",
        "statutory-ground",  # a finding that names one
        "discussion",
        "notice",
        "plan",
        "no-block",
        "period",  # the compliance period of the warning notice in force is over
        "power",  # a power of intervention has come into force
        "service",  # those to whom a notice is given have it: that one, or the warning in force
    ] = "finding"
    notice: Id | None = None  # the one that shows it, once it is given
    by: str = ""  # the role that puts it on record; none means whoever keeps the case
    privileged: bool = False  # legal advice: in no bundle
    after_period: bool = False  # true only of what was found once the compliance period is over
    afresh: bool = False  # true only of what was found since the case came to stand where it does


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody a notice or letter reaches, why, and in which case."""

    id: Id
    label: str
    also_known_as: tuple[str, ...] = ()
    at_school: bool = False  # of the school itself, which so reads what it receives


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How one notice reaches one recipient."""

    recipient: Id
    how: Literal["given", "copied", "consulted"]
    condition: Literal[
        "always",
        "ce-or-rc",  # Church of England or Roman Catholic
        "foundation-or-voluntary",
        "voluntary-aided",
        "other-foundation-or-voluntary",  # of neither of those churches
        "in-trust",
        "maintained",  # by the legal route, which follows from the type of school
        "pru",
        "academy",
        "not-academy",
    ] = "always"
    statutory: bool = False
    reason: str


@dataclass(frozen=True, kw_only=True)
class NoticePart:
    id: Id
    label: str
    law: str = ""
    date: Literal["period", "timeframe"] | None = None  # the day that it must name besides
    planned: bool = False  # the governing body's plan answers it point by point (I8)


@dataclass(frozen=True, kw_only=True)
class Notice:
    id: Id
    label: str
    statutory: bool
    signatory: str
    parts: tuple[NoticePart, ...]
    recipients: tuple[Delivery, ...]
    grounds: tuple[Id, ...] = ()
    law: str = ""
    law_60a: str = ""  # the provision instead, where the warning before was of section 60A
    warning: bool = False  # never without the discussion, but by the urgent route (I2)
    route: Route | None = None  # how a school that does not comply becomes eligible
    one_aspect: bool = False  # it speaks of one ground only (S11)
    # Besides, it goes to everybody who had the notice that it ends, as each of them had it.
    to_whoever_had_it: bool = False
    reviewed: bool = False  # legal review comes before approval
    approvers: tuple[str, ...] = ()  # none means the signatory alone
    opening: str  # how the letter begins, with {placeholders}
    closing: str


@dataclass(frozen=True, kw_only=True)
class Rung:
    """A rung: who may take it, what it requires, where it may lead."""

    id: Id
    label: str
    by: str
    done: str = ""  # where a case stands that has taken it: "Pre-formal warning notice given"
    requires: tuple[Id, ...] = ()
    then: tuple[Id, ...] = ()  # none means that the case ends here
    notice: Id | None = None
    starts: tuple[Id, ...] = ()  # the deadlines that begin with it
    urgent: bool = False  # may be taken without the discussion, with reasons (I2)
    bands: tuple[str, ...] = ()  # only for schools of these bands; none means all
    means: Literal["secretary-of-state", "category", "conversion", "closure"] | None = None
    law: str = ""
    # By what the school is eligible for intervention from this step on: the powers open.
    eligible: Literal["notice", "secretary-of-state", "category"] | None = None
    # How the notices that stand end with a step that ends the case.
    ends: Literal["removed", "complied", "withdrawn", "lapsed"] = "lapsed"

    @property
    def stands(self) -> str:
        """The step once it is taken, in words."""
        return self.done or self.label


@dataclass(frozen=True, kw_only=True)
class Ladder:
    key: str = named()
    label: str
    types: tuple[TypeCode, ...]
    body: str  # who is responsible for such a school: "governing body"
    readers: str  # and how a letter greets them: "governors"
    first: Id
    steps: tuple[Rung, ...]
    always: tuple[Rung, ...] = ()  # what may happen from any open step

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The steps, then what may happen at any time."""
        return (*self.steps, *self.always)


@dataclass(frozen=True, kw_only=True)
class PowerNote:
    """What is said beside a power, of schools of some types or after some routes only."""

    text: str
    types: tuple[TypeCode, ...] = ()  # none means all
    routes: tuple[Route, ...] = ()  # none means all


@dataclass(frozen=True, kw_only=True)
class Power:
    """A statutory power of intervention, and what stands before it."""

    id: Id
    label: str
    law: str
    by: str  # the role that decides
    consult: tuple[Delivery, ...] = ()
    months: Annotated[int, Between(0, 24)] | None = None  # after the compliance period
    routes: tuple[Route, ...] = ("s60", "s60a", "category")  # the eligibility that opens it
    doubts: tuple[Id, ...] = ()  # points of law to check, said beside its window
    secretary_of_state: Literal["notify", "consent"]
    requires: tuple[Id, ...] = ()  # the facts that must be on record before it is decided
    not_with: tuple[Id, ...] = ()  # the powers that bar it while they are in force
    # When it takes effect: on the day that its notice states, or when the notice arrives.
    effect: Literal["stated", "receipt"] = "stated"
    notice: tuple[Delivery, ...] = ()  # who receives the written notice, and copies of it
    notes: tuple[PowerNote, ...] = ()
