"""The page on which one step is taken: what is signed or decided, what follows, who is told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from plimsoll.allocations import next_steps, queries
from plimsoll.allocations.brings import Brings, brings
from plimsoll.allocations.models import Allocation, Offer
from plimsoll.allocations.page.disagreement import ReferralCard, referral_card
from plimsoll.allocations.page.proposal import new_head
from plimsoll.allocations.page.reader import Reader
from plimsoll.core.workflow import Offer as OpenStep
from plimsoll.core.workflow import Step

# Steps that sign what the other side offered last.
SIGNS: Final = frozenset(
    {"agree", "accept", "confirm_by_school", "confirm_by_service", "agree_provisional"}
)
# Steps that put a proposal or a decision into words of their own: it is shown beside.
DECIDES: Final = frozenset(
    {"decide", "decide_finally", "accept_decision", "refer_further", "let_stand"}
)


@dataclass(frozen=True)
class Signing:
    """Exactly what the signature will stand under."""

    band: str
    meaning: str
    by: str
    at: datetime
    met_on: date | None
    reasons: str
    brings: Brings


@dataclass(frozen=True)
class StepPage:
    case: Allocation
    step: Step
    title: str
    blocked: str
    signing: Signing | None
    referral: ReferralCard | None
    follows: list[str]
    told: list[str]
    choices: list[Brings]


def step_page(case: Allocation, open_step: OpenStep, who: Reader) -> StepPage:
    step = open_step.step
    shown = not open_step.blocked
    return StepPage(
        case=case,
        step=step,
        title=next_steps.label_of(case, step),
        blocked=open_step.blocked,
        signing=_signing(case, who) if shown and step.name in SIGNS else None,
        referral=_referral(case) if shown and step.name in DECIDES else None,
        follows=next_steps.follows(case, step.name),
        told=next_steps.told(case, step.name, who.people),
        choices=_choices(case, who) if "band" in step.fields else [],
    )


def _signing(case: Allocation, who: Reader) -> Signing | None:
    offers = queries.offers_seen(case, who.side, queries.sheets_of(case))
    theirs = [each for each in offers if each.side != who.side]
    return _of_offer(case, theirs[-1], who) if theirs else None


def _of_offer(case: Allocation, offer: Offer, who: Reader) -> Signing:
    band = case.policy.band(offer.band)
    return Signing(
        band.label,
        band.meaning,
        offer.made_by_name,
        offer.made_at,
        offer.met_on,
        offer.reasons,
        _brings(case, offer.band, who),
    )


def _referral(case: Allocation) -> ReferralCard | None:
    found = case.referrals.filter(tier=case.tier).first()
    return referral_card(case, found) if found else None


def _choices(case: Allocation, who: Reader) -> list[Brings]:
    return [_brings(case, band.key, who) for band in case.policy.bands]


def _brings(case: Allocation, band: str, who: Reader) -> Brings:
    return brings(case.policy, band, school_type=case.school.type, new_head=new_head(who.people))
