"""The page of one allocation: everything its templates show, as this reader may know it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone

from plimsoll.allocations import evidence_page, next_steps, queries
from plimsoll.allocations.brings import Brings, brings
from plimsoll.allocations.evidence_page import EvidenceColumn
from plimsoll.allocations.models import (
    Allocation,
    CriterionView,
    HighRisk,
    Offer,
    PastBand,
    Referral,
    ReviewRequest,
    Side,
    Signature,
    ViewSheet,
)
from plimsoll.allocations.next_steps import Action, Actions, named, writes_for
from plimsoll.allocations.workflow import ALLOCATION, HIGH_RISK
from plimsoll.core import audit
from plimsoll.core.access import grants, may
from plimsoll.core.deadlines import NotKnown, days_left
from plimsoll.documents.actions import EVIDENCE, PDF, WORD
from plimsoll.documents.models import Document
from plimsoll.framework.judging import Criterion
from plimsoll.framework.model import Edition
from plimsoll.framework.suggest import Suggestion
from plimsoll.people.models import User
from plimsoll.schools.calendar import calendar_of
from plimsoll.schools.holdings import holders
from plimsoll.schools.models import Assignment

Sheets = Mapping[str, ViewSheet]


@dataclass(frozen=True)
class Reader:
    """Who reads the case, from which side, and who else is around it."""

    user: User
    side: Side
    writes_for: Side | None
    people: list[Assignment]
    at: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def names(self, *roles: str) -> str:
        return ", ".join(dict.fromkeys(p.person.name for p in self.people if p.role in roles))


def reader(user: User, case: Allocation, *, at: datetime) -> Reader:
    people = holders(case.school, tuple(grants("allocation.see")), timezone.localdate(at))
    return Reader(user, queries.side_of(user, case), writes_for(user, case), people, at)


# --- the head of the page -----------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How the case stands, for whom it waits, and how long it has."""

    label: str
    tone: str
    waits_for: str
    since: datetime | None
    due: date | None
    how_long: str


def standing(case: Allocation, who: Reader) -> Standing:
    hidden = queries.is_hidden(case, who.side)
    state = ALLOCATION.states["preparing" if hidden else case.state]
    label = queries.waits_for(case, who.side)
    role = state.waits_for
    names = who.names(role) if role and role != "tier" else ""
    return Standing(
        label=queries.state_label(case, who.side),
        tone=state.tone,
        waits_for=f"{label}, {names}" if names else label,
        since=queries.since(case, who.side) if label else None,
        due=case.answer_due,
        how_long=_how_long(case, who.today),
    )


def _how_long(case: Allocation, today: date) -> str:
    """Day 4 of 10, on the basis on which the days were set."""
    if case.answer_due is None:
        return ""
    calendar = calendar_of(case.school, years=(case.answer_due.year,))
    try:
        left = days_left(today, case.answer_due, case.answer_basis, calendar)
    except NotKnown:
        return ""
    unit = next_steps.BASES[case.answer_basis]
    if left < 0:
        return f"overdue by {-left} {unit if left < -1 else unit.replace('days', 'day')}"
    whole = case.policy.allocation.answer_days
    return f"day {max(whole - left, 0)} of {whole} {unit}"


# --- criteria -----------------------------------------------------------------


@dataclass(frozen=True)
class Stand:
    """A descriptor as it is read: its text, and the bands in which it stands."""

    text: str
    bands: str = ""


@dataclass(frozen=True)
class Said:
    """What one side said of a criterion."""

    stand: Stand
    text: str


@dataclass(frozen=True)
class Suggested:
    """What published data suggests, and why; or why it suggests nothing."""

    stands: list[Stand]
    because: str
    assumed: bool = False


@dataclass(frozen=True)
class CriterionRow:
    id: str
    label: str
    decisive: bool
    suggested: Suggested
    service: Said | None
    school: Said | None

    @property
    def shared(self) -> Stand | None:
        """What both sides chose alike."""
        if self.service and self.school and self.service.stand == self.school.stand:
            return self.service.stand
        return None

    @property
    def differs(self) -> bool:
        """Both sides said something, and chose not the same."""
        return bool(self.service and self.school and not self.shared)


@dataclass(frozen=True)
class ThemeRows:
    id: str
    label: str
    rows: list[CriterionRow]


def themes(
    case: Allocation, seen: Sheets, suggestions: Mapping[str, Suggestion]
) -> list[ThemeRows]:
    """The criteria by theme, in the policy's order; a theme without any falls away."""
    policy = case.policy
    found = [
        CriterionRow(
            id=row.criterion.id,
            label=row.criterion.label,
            decisive=row.criterion.decisive,
            suggested=suggested(policy, row.criterion, suggestions.get(row.criterion.id)),
            service=_said(policy, row.service),
            school=_said(policy, row.school),
        )
        for row in queries.rows(case, seen)
    ]
    grouped = [
        ThemeRows(
            theme.id,
            theme.label,
            [row for row in found if policy.criterion(row.id).theme == theme.id],
        )
        for theme in policy.themes
    ]
    return [group for group in grouped if group.rows]


def suggested(policy: Edition, criterion: Criterion, suggestion: Suggestion | None) -> Suggested:
    if suggestion is None:
        return Suggested([], "Published data says nothing on this.")
    stands = [_stand(policy, each) for each in suggestion.descriptors]
    return Suggested(stands, suggestion.because, suggestion.assumed)


def _stand(policy: Edition, choice: str) -> Stand:
    if choice == CriterionView.NOT_APPLICABLE:
        return Stand("Not applicable")
    if choice == CriterionView.NOT_ENOUGH:
        return Stand("Not enough evidence")
    descriptor = policy.descriptor(choice)
    return Stand(descriptor.text, ", ".join(policy.band(key).label for key in descriptor.bands))


def _said(policy: Edition, view: CriterionView | None) -> Said | None:
    if view is None or not (view.choice or view.text):
        return None
    stand = _stand(policy, view.choice) if view.choice else Stand("No choice yet")
    return Said(stand, view.text)


@dataclass(frozen=True)
class SheetLine:
    """Where one side's views stand: shown, or why not."""

    who: str
    text: str
    shown: bool


def sheet_lines(case: Allocation, who: Reader, sheets: Sheets, seen: Sheets) -> list[SheetLine]:
    labels = {Side.SERVICE: "The service", Side.SCHOOL: "The school"}
    return [
        SheetLine(labels[side], _sheet_text(case, who, side, sheets, seen), side in seen)
        for side in (Side.SERVICE, Side.SCHOOL)
    ]


def _sheet_text(case: Allocation, who: Reader, side: Side, sheets: Sheets, seen: Sheets) -> str:
    if side in seen:
        sheet = seen[side]
        if sheet.submitted_at is None:
            return "Saved, not submitted yet"
        return f"Submitted by {sheet.saved_by}"
    if side == who.side:
        return "No views yet"
    if who.side == Side.SCHOOL and case.heard_at is None:
        return "Shown with the proposal, once it is made"
    own = sheets.get(who.side)
    if case.policy.allocation.blind_views and not (own and own.submitted_at):
        return "Shown once you have submitted your own: each side judges first by itself"
    return "Not submitted yet"


# --- the spread ---------------------------------------------------------------


@dataclass(frozen=True)
class SpreadRow:
    band: str
    cells: list[tuple[str, int, str]]


@dataclass(frozen=True)
class SpreadTable:
    """How each side's chosen statements fall over the bands, side by side (S8)."""

    sides: list[str]
    rows: list[SpreadRow]
    without: list[tuple[str, str]]
    decisive: list[tuple[str, list[tuple[str, str]]]]


def spread_table(case: Allocation, seen: Sheets) -> SpreadTable | None:
    policy = case.policy
    spreads = [queries.spread(policy, seen[side]) for side in Side if side in seen]
    if not spreads:
        return None
    labels = [Side(each.side).label for each in spreads]
    rows = [
        SpreadRow(
            policy.band(key).label,
            [
                (label, len(dict(each.bands)[key]), ", ".join(dict(each.bands)[key]))
                for label, each in zip(labels, spreads, strict=True)
            ],
        )
        for key in (band.key for band in policy.bands)
    ]
    without = [
        (f"{label}: {words}", ", ".join(found))
        for label, each in zip(labels, spreads, strict=True)
        for words, found in (
            ("not applicable", each.not_applicable),
            ("not enough evidence", each.not_enough),
        )
        if found
    ]
    decisive: dict[str, list[tuple[str, str]]] = {}
    for label, each in zip(labels, spreads, strict=True):
        for criterion, said in each.decisive:
            decisive.setdefault(criterion, []).append((label, said))
    return SpreadTable(labels, rows, without, list(decisive.items()))


# --- proposal, offers, disagreement --------------------------------------------


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
    key = case.band if case.concluded_at else (decided or last) and (decided or last).band  # type: ignore[union-attr]
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


@dataclass(frozen=True)
class MarkCard:
    """A high-risk mark, with what this reader can do about it."""

    mark: HighRisk
    label: str
    state: str
    steps: list[Action]


def mark_card(case: Allocation, mark: HighRisk, who: Reader) -> MarkCard:
    key = case.band or case.proposed_band
    rule = case.policy.band(key).high_risk if key else None
    steps = [
        Action(
            offer.step.label,
            reverse("allocations:high-risk-step", args=[case.pk, mark.pk, offer.step.name]),
            offer.blocked,
        )
        for offer in HIGH_RISK.offers(mark, by=who.user, at=who.at)
    ]
    return MarkCard(mark, rule.label if rule else "high-risk", HIGH_RISK.state(mark).label, steps)


# --- papers and history ---------------------------------------------------------


@dataclass(frozen=True)
class Paper:
    """One issued letter in its forms."""

    title: str
    at: datetime
    by: str
    files: list[tuple[str, str]]


FORMS: Final = {PDF: "PDF", WORD: "Word"}


def form_of(media_type: str) -> str:
    """What a file is, in a word."""
    return FORMS.get(media_type, "file")


def papers(case: Allocation) -> list[Paper]:
    issues: dict[object, list[Document]] = {}
    for each in Document.objects.about(case).filter(permission="allocation.see"):
        if each.kind != EVIDENCE:
            issues.setdefault(each.issue, []).append(each)
    return [
        Paper(
            forms[0].title,
            forms[0].issued_at,
            forms[0].issued_by_name,
            [
                (
                    f"{form_of(each.media_type)}, {max(1, each.size // 1000)} KB",
                    reverse("documents:download", args=[each.pk]),
                )
                for each in sorted(forms, key=lambda each: each.media_type)
            ],
        )
        for forms in issues.values()
    ]


@dataclass(frozen=True)
class PastEvent:
    at: datetime
    title: str
    by: str


EVENTS: Final = {
    "allocation.opened": "The year’s allocation was opened",
    "allocation.views-saved": "Views were saved",
    "allocation.views-submitted": "Views were submitted",
    "allocation.evidence-added": "Evidence was added",
    "allocation.evidence-withdrawn": "Evidence was withdrawn",
    "allocation.figure-challenged": "A figure was challenged",
    "allocation.challenge-answered": "A challenge was answered",
    "allocation.position-stated": "A position was stated",
    "allocation.high-risk-marked": "A high-risk mark was set",
    "allocation.review-asked": "A review was asked for",
    "allocation.review-refused": "A review was refused",
    "allocation.reminded": "The school was reminded",
    "allocation.read": "Read",
}
LATEST: Final = 30


def title_of(verb: str) -> str:
    """An event in words: a step's own label, or what else happened."""
    steps = {f"allocation.{step.name}": step.label for step in ALLOCATION.steps}
    return steps.get(verb) or EVENTS.get(verb) or verb.partition(".")[2].replace("-", " ")


def happened(case: Allocation, user: User) -> list[PastEvent]:
    """What happened, newest first, of what this person may know; readings stand elsewhere."""
    found = (
        audit.readable(user)
        .filter(subject=case._meta.label_lower, subject_id=case.pk)
        .exclude(verb="allocation.read")[:LATEST]
    )
    return [PastEvent(each.at, title_of(each.verb), each.actor_name) for each in found]


@dataclass(frozen=True)
class OtherYear:
    title: str
    href: str
    band: str
    state: str


def other_years(case: Allocation, side: Side) -> list[OtherYear]:
    """Earlier years and other rounds; from before Plimsoll, what was brought in."""
    own = [
        OtherYear(
            title=each.cycle.year if each.round == 1 else f"{each.cycle.year}, round {each.round}",
            href=reverse("allocations:case", args=[each.pk]),
            band=each.policy.band(each.band).label if each.band else "",
            state=queries.state_label(each, side),
        )
        for each in queries.history(case)
    ]
    held = {each.title for each in own}
    before = PastBand.objects.filter(school=case.school).order_by("-year")
    return own + [
        OtherYear(each.year, "", each.band, each.source) for each in before if each.year not in held
    ]


# --- the whole ------------------------------------------------------------------


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
        themes=themes(case, seen, evidence_page.suggestions(case.policy, found)),
        spread=spread_table(case, seen),
        proposal=proposal(case, who, offers, referrals),
        offers=[offer_line(case, each) for each in reversed(offers)],
        referrals=[referral_card(case, each) for each in referrals],
        signatures=list(case.signatures.order_by("signed_at", "pk")),
        marks=[mark_card(case, each, who) for each in marks],
        reviews=reviews,
        papers=papers(case),
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
