"""What a band brings: days, access, and those who give support."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from plimsoll.core.policy import Between, named
from plimsoll.framework.vocabulary import Id, TypeCode

Amount = Annotated[Decimal, Between(0, 400)]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an entitlement.

    `days` is the number printed beside the line in the source, if any; `each`, `times`
    and `per` are what its words say. A line `included_in` another is counted as one of
    that line's occasions.
    """

    id: Id
    label: str
    kind: Literal["days", "access"] = "days"
    days: Amount | None = None
    each: Amount = Decimal(0)
    times: Annotated[int, Between(0, 400)] = 1
    per: Literal["year", "term"] = "year"
    unit: Literal["day", "half-day", "visit"] = "day"
    mode: Literal["in-person", "either", "virtual"] = "in-person"
    included_in: Id | None = None
    counts_toward_total: bool = True
    condition: Literal["new_head"] | None = None
    types: tuple[TypeCode, ...] = ()  # none means every type of school
    funding: Id | None = None


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    band: str = named()
    stated_days: Amount
    source_complete: bool = True
    note: str = ""
    lines: tuple[Line, ...]

    def line(self, id: str) -> Line:
        return next(line for line in self.lines if line.id == id)

    @property
    def access(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == "access")


@dataclass(frozen=True, kw_only=True)
class FundingSource:
    id: Id
    label: str


@dataclass(frozen=True, kw_only=True)
class ProviderKind:
    id: Id
    label: str


@dataclass(frozen=True, kw_only=True)
class Service:
    """Another service of the authority, whose officers may help one school."""

    key: Id
    label: str


@dataclass(frozen=True, kw_only=True)
class SupportGroup:
    """The officers who meet about one school (Team Around the School or its like)."""

    label: str
    bands: tuple[str, ...]
    chair: str
    services: tuple[Id, ...]
    every: Annotated[int, Between(1, 52)]
    unit: Literal["weeks", "terms"]
    assumed: bool = False
