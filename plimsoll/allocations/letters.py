"""The letter of an outcome: the policy's words, the case's facts, one tagged PDF and Word."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from plimsoll.allocations.brings import Brings, brings, plain_number
from plimsoll.allocations.models import Allocation, HighRisk
from plimsoll.documents.actions import Issued
from plimsoll.documents.actions import issue as issue_document
from plimsoll.documents.content import (
    Block,
    Heading,
    Letter,
    Paragraph,
    Sender,
    Signatory,
    Signatures,
    Table,
    in_words,
)
from plimsoll.documents.models import Document
from plimsoll.framework.entitlements import stated
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders

OUTCOME: Final = "allocation-letter"
HIGH_RISK: Final = "high-risk-letter"


def issue(case: Allocation, outcome: str, *, by: User | None, at: datetime) -> Issued:
    """Issue the letter of this outcome to the school; it is stored and never made again."""
    brought = _brought(case, timezone.localdate(at))
    words = _words(case, brought, by=by, at=at)
    return _issue(case, outcome, words, _what_it_brings(brought), by=by, at=at)


def issue_high_risk(mark: HighRisk, *, by: User | None, at: datetime) -> Issued:
    """Tell the school in writing of a high-risk mark, its reason and how to dispute it (S10)."""
    words = _words(mark.allocation, None, by=by, at=at) | {
        "reasons": mark.reason,
        "review_date": in_words(mark.review_on),
    }
    return _issue(mark.allocation, "high-risk", words, (), kind=HIGH_RISK, by=by, at=at)


def issue_pending_high_risk(case: Allocation, *, by: User | None, at: datetime) -> None:
    """The letter of a mark that was made before there was a band in force to speak of."""
    written = Document.objects.about(case).filter(kind=HIGH_RISK)
    mark = case.high_risk.filter(ended_at=None).first()
    if mark and not written.filter(issued_at__gte=mark.marked_at).exists():
        issue_high_risk(mark, by=by, at=at)


def _issue(
    case: Allocation,
    outcome: str,
    words: Mapping[str, str],
    more: tuple[Block, ...],
    *,
    kind: str = OUTCOME,
    by: User | None,
    at: datetime,
) -> Issued:
    policy, text = case.policy, case.policy.letters[outcome]
    paragraphs = (_filled(each, words) for each in text.paragraphs)
    title = text.title.format_map(words)
    content = Letter(
        title=title,
        reference=f"{policy.words.allocation_short} {case.cycle.year} {case.school_id}",
        date=timezone.localdate(at),
        sender=Sender(policy.authority.service_name, policy.authority.address),
        recipient=(words["head"], case.school.name),
        marking=policy.words.marking,
        blocks=(*(Paragraph(each) for each in paragraphs if each), *more, *_signed(case)),
    )
    return issue_document(
        kind=kind,
        school=case.school,
        title=title,
        content=content,
        permission="allocation.see",
        subject=case,
        by=by,
        at=at,
    )


def _filled(text: str, words: Mapping[str, str]) -> str:
    """The paragraph with its facts; one that only held an empty fact falls away."""
    return " ".join(text.format_map(words).split())


def _words(
    case: Allocation, brought: Brings | None, *, by: User | None, at: datetime
) -> dict[str, str]:
    """What the policy's letters may speak of."""
    policy = case.policy
    band = policy.band(case.band) if case.band else None
    today = timezone.localdate(at)
    return {
        "school": case.school.name,
        "head": _head(case, today),
        "year": case.cycle.year,
        "band": f"{policy.words.band} {band.label}" if band else "",
        "band_meaning": band.meaning if band else "",
        "partner": policy.words.partner,
        "days": plain_number(stated(policy.entitlements[band.key])) if band else "",
        "extra_days": " ".join(f"{line}." for line in brought.extra) if brought else "",
        "review_date": "",
        "reasons": _reasons(case),
        "decided_by": by.name if by else policy.authority.service_name,
        "decided_on": in_words(today),
        "agreed_on": in_words(today),
        "answer_by": in_words(case.answer_due) if case.answer_due else "",
        "next_step": _next_step(case),
        "service": policy.authority.service_name,
        "allocation": policy.words.allocation,
        "signatory": by.name if by else "",
    }


def _head(case: Allocation, today: date) -> str:
    """The head in post, by name; a vacancy is addressed by the post."""
    held = holders(case.school, ("head",), today)
    return held[0].person.name if held else case.policy.roles["head"].label


def _reasons(case: Allocation) -> str:
    """The decider's reasons, else those of the last offer of the band in force."""
    decided = case.referrals.filter(decided_at__isnull=False).order_by("-tier").first()
    if decided:
        return decided.reasons
    offer = case.offers.filter(band=case.band).order_by("-made_at", "-pk").first()
    return offer.reasons if offer else ""


def _next_step(case: Allocation) -> str:
    """Where the school may go from here, if it may go anywhere."""
    route = case.policy.disagreement
    if case.referrals.exists() and route[case.tier].final:
        return f"This is the final decision on the {case.policy.words.allocation} for the year."
    if not case.concluded_at or case.state == "declined" or not case.band:
        return ""
    by = f" by {in_words(case.answer_due)}" if case.answer_due else ""
    return f"If you disagree, you may say so and why{by}; it then goes to another person to decide."


def _what_it_brings(brought: Brings | None) -> tuple[Block, ...]:
    """The entitlement's lines, and the sums where they do not agree (E4)."""
    if brought is None:
        return ()
    besides = (*brought.extra, *brought.access)
    return (
        Heading("What this brings"),
        Table("Days of support", ("Support", "Days"), brought.lines),
        *((Paragraph(brought.difference),) if brought.difference else ()),
        Paragraph(f"Besides days it brings: {'; '.join(_inside(each) for each in besides)}."),
    )


def _inside(line: str) -> str:
    """A line as part of a sentence; an abbreviation keeps its capitals."""
    return line if line[1:2].isupper() else line[:1].lower() + line[1:]


def _brought(case: Allocation, today: date) -> Brings | None:
    """What the band in force brings to this school; nothing where it has none."""
    if not case.band:
        return None
    new_head = any(each.first_headship for each in holders(case.school, ("head",), today))
    return brings(case.policy, case.band, school_type=case.school.type, new_head=new_head)


def _signed(case: Allocation) -> tuple[Block, ...]:
    """Both signatures under an agreement; nothing under a decision."""
    people = tuple(
        Signatory(
            each.signed_by_name,
            f"{case.policy.roles[each.capacity].label}, "
            f"signed on {in_words(timezone.localdate(each.signed_at))}",
        )
        for each in case.signatures.order_by("signed_at", "pk")
    )
    return (Heading("Signed"), Signatures(people)) if people else ()
