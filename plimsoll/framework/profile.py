"""How an authority reads published figures: what is small, what is worth a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from plimsoll.core.policy import Between


@dataclass(frozen=True, kw_only=True)
class ProfileRules:
    """`assumed` marks what the framework does not say and the authority should confirm."""

    years: Annotated[int, Between(2, 10)]  # how many years a profile shows
    trend_years: Annotated[int, Between(3, 10)]  # so many figures in one direction are a trend
    small_cohort: Annotated[int, Between(1, 1000)]  # fewer pupils than this carry a warning
    neighbours_at_least: Annotated[int, Between(1, 20)]  # no mean of fewer neighbours
    quartile_at_least: Annotated[int, Between(4, 200)]  # no quarters of fewer authorities
    notable: Mapping[str, Decimal]  # by measure, the smallest difference worth a sentence
    assumed: bool = False
