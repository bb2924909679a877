"""The band that is proposed or in force, and the offers that led to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from plimsoll.allocations.brings import Brings, brings
from plimsoll.allocations.models import (
    Allocation,
    Offer,
    Referral,
    Side,
)
from plimsoll.allocations.page.reader import Reader
from plimsoll.schools.models import Assignment


@dataclass(frozen=True)
class OfferLine:
    """One offer, told in words."""

    at: datetime
    title: str
    by: str
    text: str


def offer_line(case: Allocation, offer: Offer) -> OfferLine:
    policy = case.policy
    label = policy.band(offer.band).label
    met = f" on {offer.met_on.day} {offer.met_on:%B %Y}" if offer.met_on else ""
    side = Side(offer.side).label
    role = policy.roles.get(offer.made_by_role)
    by = f"{offer.made_by_name} ({role.label})" if role else offer.made_by_name
    title = f"{side} {offer.get_kind_display()}{met}: {policy.words.band} {label}"
    return OfferLine(offer.made_at, title, by, offer.reasons)


@dataclass(frozen=True)
class Proposal:
    """The band in force, or the one last proposed that this side may see."""

    label: str
    heading: str
    meaning: str
    by: str
    at: datetime | None
    reasons: str
    brings: Brings


def proposal(
    case: Allocation, who: Reader, offers: list[Offer], referrals: list[Referral]
) -> Proposal | None:
    """Never from the case's own column alone: only what this side has heard of."""
    decided = next((each for each in reversed(referrals) if each.decided_at), None)
    last = offers[-1] if offers else None
    heard = decided or last
    key = case.band if case.concluded_at else heard.band if heard else ""
    if not key:
        return None
    band, words = case.policy.band(key), case.policy.words
    source = decided if decided and decided.band == key else last
    return Proposal(
        label=band.label,
        heading=_proposal_heading(case, words.band, band.label),
        meaning=band.meaning,
        by=_by(source),
        at=_when(source),
        reasons=source.reasons if source else "",
        brings=brings(
            case.policy, key, school_type=case.school.type, new_head=new_head(who.people)
        ),
    )


def _proposal_heading(case: Allocation, word: str, label: str) -> str:
    title = word.capitalize()
    if case.state == "provisional":
        return f"{title} {label}, provisional: the school has not agreed"
    if case.concluded_at:
        return f"{title} {label}, in force"
    return f"{title} {label}, {'decided' if case.state == 'decided' else 'proposed'}"


def _by(source: Offer | Referral | None) -> str:
    if source is None:
        return ""
    return source.made_by_name if isinstance(source, Offer) else source.decided_by_name


def _when(source: Offer | Referral | None) -> datetime | None:
    if source is None:
        return None
    return source.made_at if isinstance(source, Offer) else source.decided_at


def new_head(people: Iterable[Assignment]) -> bool:
    """Is the head new to headship? Then days are added that stand outside the total (E1)."""
    return any(each.role == "head" and each.first_headship for each in people)
