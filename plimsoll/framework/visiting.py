"""How an authority visits: its diary, its reports, its contacts, its termly summaries."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from plimsoll.core.policy import Between
from plimsoll.framework.vocabulary import Days, Id, TimeOfDay

Few = Annotated[int, Between(1, 20)]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer of a list that the authority words itself."""

    id: Id
    label: str


@dataclass(frozen=True, kw_only=True)
class NotHeldReason:
    """Why a visit was cancelled or not held; `charged` is what its form proposes."""

    id: Id
    label: str
    charged: bool = False


@dataclass(frozen=True, kw_only=True)
class DiaryRules:
    """What a partner's diary can hold, and what is asked around a visit."""

    most_a_day: Annotated[Decimal, Between(0, 2)]  # days of visits on one day
    most_a_week: Annotated[Decimal, Between(0, 7)]  # days of visits in one week
    clear_of_term_ends: Days  # working days at either end of a term without a visit
    apart: Days  # days between two visits to one school, at the least
    notice: Days  # days from today to the first visit that a plan proposes
    # Where no time is agreed: when a half day begins, and how long a visit is taken to last.
    morning_begins: TimeOfDay
    afternoon_begins: TimeOfDay
    half_day_hours: Annotated[int, Between(1, 8)]
    day_hours: Annotated[int, Between(1, 12)]
    met: tuple[Choice, ...]  # who may have been met or spoken to
    reasons: tuple[NotHeldReason, ...]
    before: tuple[Choice, ...] = ()  # what the school is asked before a visit
    ask_before: Days = 0  # so many days before the visit it is asked
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportRules:
    """Who receives a report, when its author is reminded, which words want a second look."""

    recipients: tuple[str, ...]  # roles at the school, who get every final report
    remind_before: tuple[Days, ...]  # days of the deadline's own basis
    reply_closes: bool  # without a reply in time the report becomes final
    # Words that look like a named pupil or a special category of data: a warning, no bar.
    people_words: tuple[str, ...]
    sensitive_words: tuple[str, ...]
    worry_to: tuple[str, ...]  # the roles to which a safeguarding worry may go
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class ContactRules:
    """With whom the service speaks about academies, and what RISE may do with a school."""

    liaison: tuple[Choice, ...]
    rise: tuple[Choice, ...]
    quiet_after: Days  # working days without any contact, after which a school is listed
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class SummaryPart:
    """A part of the termly summary: written by a person, or drawn from the records."""

    id: Id
    label: str
    holds: Literal[
        "text", "visits", "days", "reports", "findings", "support", "actions", "next"
    ] = "text"
    prompt: str = ""


@dataclass(frozen=True, kw_only=True)
class SummaryRules:
    parts: tuple[SummaryPart, ...]
    recipients: tuple[str, ...]
    assumed: bool = False
