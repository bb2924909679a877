"""What published figures suggest, as policy states it: bounds, trends and sentences."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from plimsoll.core.policy import Between
from plimsoll.framework.vocabulary import Against, Group, Id

Way = Literal["rising", "falling", "not-rising", "not-falling"]


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Both bounds belong to what is inside."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None

    def hold(self, number: Decimal) -> bool:
        if self.at_least is not None and number < self.at_least:
            return False
        return self.at_most is None or number <= self.at_most


@dataclass(frozen=True, kw_only=True)
class YearTest:
    """True of one year when every part that is given holds.

    `difference` is the school's figure less the one that it is seen against.
    """

    value: Bounds | None = None
    difference: Bounds | None = None


@dataclass(frozen=True, kw_only=True)
class Trend:
    """How the latest of the years lies to the first; a step below `margin` is none."""

    of: Literal["value", "difference"] = "value"
    way: Way
    margin: Decimal

    def holds(self, change: Decimal) -> bool:
        rises, falls = change >= self.margin, change <= -self.margin
        return {
            "rising": rises,
            "falling": falls,
            "not-rising": not rises,
            "not-falling": not falls,
        }[self.way]


@dataclass(frozen=True, kw_only=True)
class FigureRule:
    """What one measure of a school suggests for one criterion, and why.

    The latest `years` that have a number speak, if none is further back than `oldest`
    years before the edition's. For each criterion and measure the first rule that fits
    counts. `assumed` marks a mapping that the authority should confirm.
    """

    id: Id
    criterion: Id
    measure: str
    groups: tuple[Group, ...] = ()  # kinds of school; none means every kind
    years: Annotated[int, Between(1, 10)] = 1
    oldest: Annotated[int, Between(1, 20)]
    against: Against = "none"
    latest: YearTest | None = None
    every: YearTest | None = None
    trend: Trend | None = None
    descriptors: tuple[Id, ...]
    because: str
    assumed: bool = False

    def speaks_of(self, group: str) -> bool:
        return not self.groups or group in self.groups

    @property
    def compares_every_year(self) -> bool:
        return bool(
            (self.every and self.every.difference) or (self.trend and self.trend.of == "difference")
        )


@dataclass(frozen=True, kw_only=True)
class FigureWords:
    """What is said when figures suggest nothing, and what qualifies a suggestion."""

    nothing_published: str
    no_rule: str
    predecessor: str  # figures are of the school that was here before
    small: str  # the cohort is small
    small_before: str  # it was when last known, and is not known of this year
    passed_over: str  # a later year has no number
