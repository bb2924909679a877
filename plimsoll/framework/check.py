"""Does an edition agree with itself?

Types and missing keys were settled by the reader; what is found here needs two parts of
the file at once. Sums that do not agree are no error (entitlements.py shows them).
"""

from collections.abc import Callable, Iterator
from typing import Final

from plimsoll.core.policy import Problem
from plimsoll.framework.checking import (
    casework,
    figures,
    judging,
    ladders,
    people,
    powers,
    procedure,
    support,
)
from plimsoll.framework.checking.questions import Found
from plimsoll.framework.model import Edition

RULES: Final[tuple[Callable[[Edition], Iterator[Found]], ...]] = (
    people.year,
    people.unique_ids,
    people.roles_and_grants,
    people.scope,
    judging.bands,
    judging.criteria,
    judging.every_theme_in_every_band,
    judging.suggestions,
    figures.profile,
    figures.suggestions,
    figures.words,
    support.entitlements,
    procedure.allocation,
    procedure.disagreement,
    procedure.texts,
    casework.visits,
    casework.visiting,
    casework.notices,
    casework.concern,
    casework.clocks,
    ladders.ladders,
    powers.powers,
)


def check(edition: Edition, file: str) -> list[Problem]:
    """Every contradiction in the edition, with file, key and reason."""
    return [Problem(file, key, reason) for rule in RULES for key, reason in rule(edition)]
