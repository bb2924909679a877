"""What the lines of the ledger are called: the policy's own, and those apart from them."""

from typing import Final

from plimsoll.framework.entitlements import STATED
from plimsoll.framework.model import Edition

EXTRA: Final = "(extra)"
# No policy can have lines of these names: an id has no brackets.
APART: Final = {STATED: "In the stated total, on no line", EXTRA: "Added for this school"}


def label(policy: Edition, line: str) -> str:
    """The name of the visits that the line pays for; else the line in the policy's own words."""
    if line in APART:
        return APART[line]
    named = next((visit.label for visit in policy.visits if visit.line == line), "")
    return named or next(
        (
            each.label
            for entitlement in policy.entitlements.values()
            for each in entitlement.lines
            if each.id == line
        ),
        line,
    )


def funding_label(policy: Edition, funding: str) -> str:
    """Where the days come from, in the policy's words."""
    known = (each.label for each in policy.funding if each.id == funding)
    return next(known, funding or "Not said")


def order(policy: Edition) -> list[str]:
    """Every line that may stand in the ledger, as the policy orders them, those apart last."""
    own = (
        line.id
        for entitlement in policy.entitlements.values()
        for line in entitlement.lines
        if line.kind == "days"
    )
    return [*dict.fromkeys(own), *APART]
