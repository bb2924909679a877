"""What the calendar needs beyond the library of bank holidays."""

from dataclasses import dataclass
from datetime import date

from plimsoll.framework.vocabulary import Id


@dataclass(frozen=True, kw_only=True)
class SpecialDay:
    """A bank holiday that the library does not know yet."""

    date: date
    label: str


@dataclass(frozen=True, kw_only=True)
class TermName:
    id: Id
    label: str


@dataclass(frozen=True, kw_only=True)
class Calendar:
    bank_holidays: str  # where the ordinary ones come from
    terms: tuple[TermName, ...]
    special_days: tuple[SpecialDay, ...] = ()

    @property
    def extra_holidays(self) -> frozenset[date]:
        return frozenset(day.date for day in self.special_days)
