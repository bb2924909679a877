"""Everything that the page of one allocation shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from plimsoll.allocations import evidence_page, next_steps, queries
from plimsoll.allocations.evidence_page import EvidenceColumn
from plimsoll.allocations.models import (
    Allocation,
    HighRisk,
    ReviewRequest,
    Side,
    Signature,
)
from plimsoll.allocations.next_steps import Actions, named
from plimsoll.allocations.page.criteria import ThemeRows, themes
from plimsoll.allocations.page.disagreement import ReferralCard, referral_card
from plimsoll.allocations.page.history import OtherYear, PastEvent, happened, other_years
from plimsoll.allocations.page.marks import MarkCard, mark_card
from plimsoll.allocations.page.proposal import OfferLine, Proposal, offer_line, proposal
from plimsoll.allocations.page.reader import Reader, reader
from plimsoll.allocations.page.sheets import SheetLine, sheet_lines
from plimsoll.allocations.page.spread import (
    SpreadTable,
    SuggestedRow,
    spread_table,
    suggested_spread,
)
from plimsoll.allocations.page.standing import Standing, standing
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.access import may
from plimsoll.documents.papers import Paper, papers
from plimsoll.framework.model import Edition
from plimsoll.people.models import User


@dataclass(frozen=True)
class Can:
    """The small pages that this reader is offered."""

    add_evidence: bool
    write_views: bool
    state_position: bool
    mark_high_risk: bool
    ask_review: bool
    answer_review: bool
    remind: bool


@dataclass(frozen=True)
class CasePage:
    case: Allocation
    policy: Edition
    who: Reader
    standing: Standing
    partner: str
    previous: str
    actions: Actions
    next: str
    evidence: EvidenceColumn
    sheets: list[SheetLine]
    themes: list[ThemeRows]
    suggested: list[SuggestedRow]
    spread: SpreadTable | None
    proposal: Proposal | None
    offers: list[OfferLine]
    referrals: list[ReferralCard]
    signatures: list[Signature]
    marks: list[MarkCard]
    reviews: list[ReviewRequest]
    papers: list[Paper]
    years: list[OtherYear]
    happened: list[PastEvent]
    readers: list[str]
    can: Can


def case_page(case: Allocation, user: User, *, at: datetime) -> CasePage:
    """Everything about the case that this person may know, in a fixed number of queries."""
    who = reader(user, case, at=at)
    sheets = queries.sheets_of(case)
    seen = queries.sheets_seen(case, who.side, sheets)
    offers = queries.offers_seen(case, who.side, sheets)
    referrals = list(case.referrals.order_by("tier"))
    marks = queries.marks_seen(case, who.side, sheets)
    reviews = list(case.review_requests.order_by("-asked_at"))
    found = evidence_page.known(case, today=who.today)
    suggestions = evidence_page.suggestions(case, found)
    return CasePage(
        case=case,
        policy=case.policy,
        who=who,
        standing=standing(case, who),
        partner=who.names("sip"),
        previous=case.policy.band(case.previous_band).label if case.previous_band else "",
        actions=next_steps.actions(case, user, sheets, at=at),
        next=next_steps.what_next(case, who.side),
        evidence=evidence_page.column(case, found, user=user, writes=who.writes_for),
        sheets=sheet_lines(case, who, sheets, seen),
        themes=themes(case, seen, suggestions),
        suggested=suggested_spread(case, suggestions),
        spread=spread_table(case, seen),
        proposal=proposal(case, who, offers, referrals),
        offers=[offer_line(case, each) for each in reversed(offers)],
        referrals=[referral_card(case, each) for each in referrals],
        signatures=list(case.signatures.order_by("signed_at", "pk")),
        marks=[mark_card(case, each, who) for each in marks],
        reviews=reviews,
        papers=papers(case, "allocation.see"),
        years=other_years(case, who.side),
        happened=happened(case, user),
        readers=named(case.policy, who.people),
        can=_can(case, who, marks, reviews),
    )


def _can(case: Allocation, who: Reader, marks: list[HighRisk], reviews: list[ReviewRequest]) -> Can:
    writes, rules = who.writes_for is not None, case.policy.allocation
    key = case.band or case.proposed_band
    asked = any(each.answered_at is None for each in reviews)
    return Can(
        add_evidence=writes and next_steps.is_open(case),
        write_views=writes and next_steps.is_open(case),
        state_position=writes and case.state == "referred",
        mark_high_risk=(
            who.writes_for == Side.SERVICE
            and bool(key and case.policy.band(key).high_risk)
            and all(mark.ended_at for mark in marks)
        ),
        ask_review=writes and rules.in_year_review and bool(case.band) and not asked,
        answer_review=asked and may(who.user, "allocation.moderate", case),
        remind=(
            ALLOCATION.state(case).waits_for == "head" and may(who.user, "allocation.chase", case)
        ),
    )
