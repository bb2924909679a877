"""Whom a notice reaches, computed from the school, with the reason for each (s.60(6), (6A)).

Policy says which recipients a notice has and on which condition; here is what the conditions
mean in law. The register gives one diocese and may name two churches: then there are two
diocesan authorities.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from plimsoll.framework.casework import Delivery, Notice, Recipient
from plimsoll.framework.model import Edition
from plimsoll.schools.models import School
from plimsoll.schools.types import Route

# Whose diocesan authority the law names; other faiths come in through the appointing person.
CHURCHES: Final = ("Church of England", "Roman Catholic")
VOLUNTARY_AIDED: Final = "02"
VOLUNTARY_OR_FOUNDATION: Final = frozenset({"02", "03", "05"})
FOUNDATION_SPECIAL: Final = "12"


@dataclass(frozen=True)
class Reached:
    """One recipient: how, whether by law, and why."""

    recipient: str
    label: str
    how: str
    statutory: bool
    reason: str


@dataclass(frozen=True)
class Facts:
    """What makes somebody a recipient at a school: by the register, or put right since."""

    churches: tuple[str, ...]
    foundation: str  # "law": foundation governors are appointed; "practice"; or nothing
    in_trust: bool
    aided: bool
    route: str


def facts_of(school: School) -> Facts:
    """The facts as the register has them."""
    foundation = "law" if school.type in VOLUNTARY_OR_FOUNDATION else ""
    if school.type == FOUNDATION_SPECIAL:
        foundation = "practice"
    return Facts(
        tuple(churches_of(school)),
        foundation,
        in_trust=bool(school.trust_name),
        aided=school.type == VOLUNTARY_AIDED,
        route=school.route,
    )


def recipients_of(
    notice: Notice, school: School, policy: Edition, facts: Facts | None = None
) -> list[Reached]:
    """Everybody whom this notice reaches at this school, in policy's order."""
    return reached_by(notice.recipients, policy, facts or facts_of(school))


def reached_by(deliveries: Iterable[Delivery], policy: Edition, facts: Facts) -> list[Reached]:
    """Everybody whom these reach at a school of these facts, in policy's order."""
    known = {recipient.id: recipient for recipient in policy.recipients}
    return [
        reached
        for delivery in deliveries
        for reached in _of(delivery, known[delivery.recipient], facts)
    ]


def _of(delivery: Delivery, recipient: Recipient, facts: Facts) -> Iterator[Reached]:
    match delivery.condition:
        case "always":
            yield _reached(delivery, recipient.label)
        case "ce-or-rc":
            for church in facts.churches:
                yield _reached(delivery, f"{recipient.label} ({church})")
        case "other-foundation-or-voluntary" if facts.churches:
            return
        case "foundation-or-voluntary" | "other-foundation-or-voluntary" if facts.foundation:
            yield _of_foundation(delivery, recipient, facts)
        case "voluntary-aided" if facts.aided:
            yield _reached(delivery, recipient.label)
        case "maintained" | "pru" | "academy" as route if facts.route == route:
            yield _reached(delivery, recipient.label)
        case "not-academy" if facts.route != Route.ACADEMY:
            yield _reached(delivery, recipient.label)
        case "in-trust" if facts.in_trust:
            yield _reached(delivery, recipient.label)


def _of_foundation(delivery: Delivery, recipient: Recipient, facts: Facts) -> Reached:
    if facts.foundation == "law":
        return _reached(delivery, recipient.label)
    return Reached(
        delivery.recipient,
        recipient.label,
        delivery.how,
        statutory=False,
        reason="Good practice at a foundation special school",
    )


def _reached(delivery: Delivery, label: str) -> Reached:
    return Reached(delivery.recipient, label, delivery.how, delivery.statutory, delivery.reason)


def churches_of(school: School) -> list[str]:
    """The churches with a diocesan authority for this school: none, one or both.

    Of maintained schools only voluntary and foundation schools can be of a church in law.
    """
    if school.route == Route.MAINTAINED and school.type not in VOLUNTARY_OR_FOUNDATION:
        return []
    return [church for church in CHURCHES if church in school.religious_character]
