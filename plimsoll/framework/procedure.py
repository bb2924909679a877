"""How the year's allocation runs: who answers when, who decides, what is written."""

from dataclasses import dataclass
from typing import Annotated, Literal

from plimsoll.core.policy import Between, named
from plimsoll.framework.casework import Delivery
from plimsoll.framework.vocabulary import Basis, Days, Id, MonthDay


@dataclass(frozen=True, kw_only=True)
class AllocationRules:
    mode: Literal["negotiated", "informed"]
    blind_views: bool  # each side states its views before it sees the other's
    moderation: bool  # proposed bands are moderated before heads hear
    answer_days: Days
    answer_basis: Basis
    remind_after: tuple[Days, ...]
    provisional_after_days: Days
    provisional_basis: Basis
    face_to_face: bool  # an agreement reached in person may be recorded and confirmed
    review: Literal["yearly", "termly"]
    in_year_review: bool
    window_start: MonthDay
    window_end: MonthDay
    signatures: tuple[Literal["school", "service"], ...]
    # Where bands are shown as counts, a smaller number than this is not shown (U5).
    suppress_below: Annotated[int, Between(1, 50)]
    assumed: tuple[str, ...] = ()  # what above the source does not say


@dataclass(frozen=True, kw_only=True)
class Tier:
    """One step of the disagreement route, in the order of the file."""

    role: str
    label: str
    days: Days | None = None
    basis: Basis = "WD"
    final: bool = False
    never_own_partner: bool = True


@dataclass(frozen=True, kw_only=True)
class DeadlineRule:
    key: str = named()
    label: str
    days: Days
    basis: Basis
    start_event: str
    counting: Literal["after", "inclusive"] = "after"  # is the first day counted?
    owed_by: Literal["service", "school"] = "service"
    statutory: bool = False  # the law sets it: nobody can give more time
    sent_to: tuple[Delivery, ...] = ()  # whom what is owed must reach
    doubts: tuple[Id, ...] = ()  # points of law to check, said beside it
    assumed: bool = False
    source: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The text of one outcome, with {placeholders}."""

    outcome: str = named()
    title: str
    paragraphs: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.title, *self.paragraphs)


@dataclass(frozen=True, kw_only=True)
class Message:
    """An e-mail, which never carries a band or anything confidential."""

    key: str = named()
    subject: str
    body: str
    # The roles that it goes to, besides whomever the occasion names.
    to: tuple[str, ...] = ()
    urgent: bool = False  # never held for the one e-mail a day that some people choose

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.subject, self.body)


@dataclass(frozen=True, kw_only=True)
class EmailRules:
    digest_hour: Annotated[int, Between(0, 23)]  # when the one e-mail a day leaves


@dataclass(frozen=True, kw_only=True)
class RetentionRule:
    id: Id
    label: str
    years: Days | None = None  # none means kept for good, or for archive review
    from_event: str
    assumed: bool = False
    source: str
