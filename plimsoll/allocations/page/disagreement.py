"""Each tier that was asked, with both positions and its decision."""

from dataclasses import dataclass
from datetime import date, datetime

from plimsoll.allocations.models import (
    Allocation,
    Referral,
)


@dataclass(frozen=True)
class ReferralCard:
    """One tier with both positions, and its decision once there is one."""

    tier: str
    by: str
    at: datetime
    due: date | None
    school: str
    service: str
    decision: str
    decided_by: str
    decided_at: datetime | None
    reasons: str


def referral_card(case: Allocation, referral: Referral) -> ReferralCard:
    policy = case.policy
    band = f"{policy.words.band} {policy.band(referral.band).label}" if referral.band else ""
    return ReferralCard(
        tier=policy.disagreement[referral.tier].label,
        by=referral.referred_by_name,
        at=referral.referred_at,
        due=referral.due,
        school=referral.school_position,
        service=referral.service_position,
        decision=band,
        decided_by=referral.decided_by_name,
        decided_at=referral.decided_at,
        reasons=referral.reasons,
    )
