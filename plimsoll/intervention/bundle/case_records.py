"""What is on record in the case itself, as entries of its file.

Not here, so that nothing has to be taken out again: findings that are legal advice, what a
reviewer said of a notice and what was to be changed in it, and drafts that were never given.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.models import Event
from plimsoll.documents.content import Block, Table
from plimsoll.intervention.bundle.entries import Entry, facts, paragraphs
from plimsoll.intervention.cases.words import title as title_of
from plimsoll.intervention.models import Case, Correction, Delivery, Discussion, Finding, Notice
from plimsoll.intervention.permissions import SEE

CASE: Final = "The case and its steps"
FINDINGS: Final = "Findings and discussions"
NOTICES: Final = "Notices and letters"
# Events of the case that no record tells of.
TOLD: Final = ("case.review-set", "case.risk-stated", "case.blocked", "case.unblocked")
HOW: Final = {"given": "Given", "copied": "Copied"}


def entries(case: Case) -> Iterator[Entry]:
    """Nine queries."""
    yield _opened(case)
    yield from _steps(case)
    yield from _findings(case)
    yield from _discussions(case)
    yield from _notices(case)
    yield from _corrections(case)


def _opened(case: Case) -> Entry:
    grounds = [each.label for each in case.policy.grounds if each.id in case.grounds]
    blocks = facts(
        ("What gave rise to it", case.trigger),
        ("Grounds", "; ".join(grounds)),
        ("Concerns", case.concerns),
        ("Intentions", case.intentions),
        ("Risk, as it is stated now", case.risk),
        ("What must be true for the case to go down a step or end", case.deescalation),
        ("Next review", case.review_on if case.is_open else None),
        ("Closed on", case.closed_on),
        ("Outcome", case.outcome),
        ("Opened by", case.opened_by),
    )
    return Entry(f"case-{case.pk}", CASE, case.opened_on, "The case was opened", blocks)


def _steps(case: Case) -> Iterator[Entry]:
    """Steps of the ladder, and what else happened to the case as a whole."""
    of_case = {"subject": case._meta.label_lower, "subject_id": case.pk}
    for event in Event.objects.filter(**of_case, permission=SEE).order_by("at", "pk"):
        if event.verb in TOLD or event.verb.startswith("concern."):
            after = event.after or {}
            said = after.get("reasons") or after.get("why") or after.get("how") or ""
            on = after.get("on")
            day = date.fromisoformat(on) if on else timezone.localdate(event.at)
            title = title_of(event.verb, [case.steps, *case.policy.ladders.values()])
            # A step that gives a letter and the letter read alike, and both are in the file.
            title = f"Step: {title}" if event.verb.startswith("concern.") else title
            blocks = facts(("Reasons", str(said)), ("By", event.actor_name))
            yield Entry(f"event-{event.pk}", CASE, day, title, blocks)


def _findings(case: Case) -> Iterator[Entry]:
    grounds = {each.id: each.label for each in case.policy.grounds}
    rows = Finding.objects.filter(case=case, withdraws=None, privileged=False)
    for row in rows.select_related("withdrawn_by", "document").order_by("on", "pk"):
        withdrawal = getattr(row, "withdrawn_by", None)
        blocks: tuple[Block, ...] = (
            *paragraphs(row.text),
            *facts(
                ("Ground", grounds.get(row.ground, "")),
                ("Document", row.document.title if row.document else ""),
                ("Recorded by", row.recorded_by),
                ("Withdrawn on", withdrawal.on if withdrawal else None),
                ("Why it was withdrawn", withdrawal.text if withdrawal else ""),
            ),
        )
        title = f"Finding: {case.policy.fact(row.fact).label}"
        yield Entry(f"finding-{row.pk}", FINDINGS, row.on, title, blocks)


def _discussions(case: Case) -> Iterator[Entry]:
    for row in case.discussions.order_by("on", "pk"):
        held = row.result == Discussion.Result.HELD
        blocks = (
            *facts(
                ("Invited on", row.invited_on),
                ("How", row.invited_how),
                ("Present", row.present),
            ),
            *paragraphs(row.points),
            *facts(("Head and chair said", row.school_said), ("Recorded by", row.recorded_by)),
        )
        title = "Discussion with head and chair"
        title += "" if held else ": declined or not answered"
        yield Entry(f"discussion-{row.pk}", FINDINGS, row.on, title, blocks)


def _notices(case: Case) -> Iterator[Entry]:
    rows = case.notices.filter(given_on__isnull=False).select_related("follows")
    for row in rows.prefetch_related("deliveries").order_by("given_on", "pk"):
        row.case = case
        assert row.given_on is not None
        title = f"{row.type.label} given"
        yield Entry(f"notice-{row.pk}", NOTICES, row.given_on, title, tuple(_notice(row)))


def _notice(row: Notice) -> Iterator[Block]:
    follows = row.case.policy.notice(row.follows.kind).label if row.follows else ""
    yield from facts(
        ("Under", row.type.law),
        ("It follows", follows),
        ("Compliance period ends", row.period_ends),
        ("To be addressed by", row.address_by),
        ("Guidance had regard to", row.guidance),
        ("Approved by", row.approved_by),
        ("Signed by", row.signed_by),
        ("Ended on", row.ended_on),
        ("How it ended", row.ended_why),
    )
    served = tuple(
        (each.label, f"{HOW[each.how]}. {each.reason}", _service(each))
        for each in sorted(row.deliveries.all(), key=lambda each: each.pk)
    )
    if served:
        yield Table("How it reached each", ("Who", "Why", "Service"), served)


def _service(row: Delivery) -> str:
    """What is on record of it: that something was sent is never taken for its receipt."""
    if row.sent_on is None:
        return "Nothing is on record"
    sent = f"Sent {long_date(row.sent_on)}, {row.get_method_display().lower()}."
    if row.bounced_on:
        return f"{sent} Came back {long_date(row.bounced_on)}: {row.bounced_why}"
    if row.given_on:
        return f"{sent} Received {long_date(row.given_on)}: {row.evidence}"
    return f"{sent} Receipt is not on record."


def _corrections(case: Case) -> Iterator[Entry]:
    facts_of = dict(Correction.Fact.choices)
    for row in case.corrections.order_by("made_at", "pk"):
        blocks = facts(
            (facts_of[row.fact], row.value or "None"), ("Why", row.why), ("By", row.made_by)
        )
        title = "A fact that makes somebody a recipient was put right"
        day = timezone.localdate(row.made_at)
        yield Entry(f"correction-{row.pk}", NOTICES, day, title, blocks)
