"""One school of the watch list, and what about it needs attention."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property

from plimsoll.allocations.board import NOBODY
from plimsoll.core.forms import long_date
from plimsoll.intervention.models import Case
from plimsoll.intervention.watch.reasons import Reason
from plimsoll.schools.models import School


class Rank(IntEnum):
    """What comes first."""

    LATE = 0
    QUIET = 1
    SOON = 2
    REST = 3


@dataclass(frozen=True)
class Flag:
    """One thing that needs attention, in words, with the day it hangs on."""

    rank: Rank
    text: str
    day: date

    @property
    def tone(self) -> str:
        return {Rank.LATE: "stopped", Rank.QUIET: "waiting"}.get(self.rank, "moving")


@dataclass(frozen=True)
class Contact:
    what: str
    on: date


@dataclass(frozen=True)
class Owed:
    """The open obligations of a case: how many, how many of them late, the next day."""

    number: int = 0
    late: int = 0
    due: date | None = None


@dataclass(frozen=True)
class Standing:
    """The open case: where it stands, what is owed in it, and the discussion, held or owed."""

    case: Case
    label: str
    owed: Owed
    talked_on: date | None
    discussion_owed: bool


@dataclass(frozen=True)
class Days:
    """The days that a row is measured by: today, before when all is quiet, this week's end."""

    today: date
    quiet_before: date
    friday: date


@dataclass(frozen=True)
class Row:
    school: School
    reasons: tuple[Reason, ...]
    partners: Mapping[int, str]
    standing: Standing | None
    last: Contact | None
    next: date | None
    happened: date | None
    may_log: bool
    days: Days

    @property
    def partner(self) -> str:
        return ", ".join(self.partners.values()) or NOBODY

    @property
    def since(self) -> date | None:
        """Since when the school is on the list, as far as a day is known."""
        return min((each.since for each in self.reasons if each.since), default=None)

    @property
    def silent_for(self) -> int | None:
        """Days since anything happened."""
        return (self.days.today - self.happened).days if self.happened else None

    @property
    def review_is_late(self) -> bool:
        return bool(self.standing and self.standing.case.review_on < self.days.today)

    @cached_property
    def flags(self) -> list[Flag]:
        """What needs attention, the first thing first."""
        found = [*self._quiet(), *(self._of_case(self.standing) if self.standing else [])]
        return sorted(found, key=lambda flag: (flag.rank, flag.day))

    @property
    def order(self) -> tuple[object, ...]:
        """Late things first, then whoever is quiet, then what is due this week."""
        first = [(flag.rank, flag.day) for flag in self.flags[:1]] or [(Rank.REST, date.max)]
        return (*first[0], self.school.name, self.school.urn)

    def _quiet(self) -> list[Flag]:
        if self.happened is None:
            return [Flag(Rank.QUIET, "Quiet: nothing on record", date.min)]
        if self.happened < self.days.quiet_before:
            return [Flag(Rank.QUIET, f"Quiet for {self.silent_for} days", self.happened)]
        return []

    def _of_case(self, standing: Standing) -> list[Flag]:
        case, owed, found = standing.case, standing.owed, []
        if standing.discussion_owed and case.urgent_on:
            found.append(Flag(Rank.LATE, "Discussion owed", case.urgent_on))
        if owed.late and owed.due:
            what = "obligation" if owed.late == 1 else "obligations"
            found.append(Flag(Rank.LATE, f"{owed.late} {what} late", owed.due))
        elif owed.due and owed.due <= self.days.friday:
            found.append(Flag(Rank.SOON, f"Obligation due {long_date(owed.due)}", owed.due))
        if self.review_is_late:
            found.append(Flag(Rank.LATE, "Review late", case.review_on))
        elif case.review_on <= self.days.friday:
            found.append(Flag(Rank.SOON, f"Review due {long_date(case.review_on)}", case.review_on))
        return found
