"""What is owed in a case, the governing body's plans, decisions and powers: entries of its file."""

from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.documents.content import Block, Table
from plimsoll.intervention.bundle.entries import Entry, facts
from plimsoll.intervention.models import Case, Consultation, Obligation, PlanVersion, PowerInUse

DUTIES: Final = "What was owed, and plans"
DECISIONS: Final = "Decisions and powers"


def entries(case: Case) -> Iterator[Entry]:
    """Six queries."""
    yield from _obligations(case)
    yield from _plans(case)
    yield from _decisions(case)
    yield from _powers(case)


def _obligations(case: Case) -> Iterator[Entry]:
    rows = case.obligations.prefetch_related("extensions").order_by("starts", "pk")
    for row in rows:
        title = f"{row.label}: begins to run"
        yield Entry(f"obligation-{row.pk}", DUTIES, row.starts, title, tuple(_obligation(row)))


def _obligation(row: Obligation) -> Iterator[Block]:
    yield from facts(
        ("Owed by", row.get_owner_display()),
        ("Due", row.due),
        ("First due", row.first_due if row.first_due != row.due else None),
        ("Where it comes from", row.source),
        ("Met on", row.met_on),
        ("Note", row.note),
    )
    longer = tuple(
        (long_date(timezone.localdate(each.made_at)), long_date(each.due), each.why, each.made_by)
        for each in sorted(row.extensions.all(), key=lambda each: each.pk)
    )
    if longer:
        yield Table("More time given", ("On", "Until", "Why", "By"), longer)


def _plans(case: Case) -> Iterator[Entry]:
    """Each as it was sent, with what was said to it; what is being written is the school's own."""
    rows = PlanVersion.objects.filter(plan__obligation__case=case).select_related("document")
    for row in rows.select_related("judgement").order_by("received_on", "pk"):
        said = getattr(row, "judgement", None)
        verdict = "Accepted" if said and said.accepted else "Returned with points"
        blocks = facts(
            ("How", row.get_how_display()),
            ("Owed by", row.due),
            ("Document", row.document.title),
            *(((verdict, long_date(said.on)), ("What was said", said.text)) if said else ()),
            ("New day", said.due if said else None),
        )
        title = f"The governing body’s plan received, version {row.number}"
        yield Entry(f"plan-{row.pk}", DUTIES, row.received_on, title, blocks)


def _decisions(case: Case) -> Iterator[Entry]:
    """One that another superseded stays: it was made."""
    for row in case.decisions.select_related("told", "superseded_by").order_by("made_on", "pk"):
        told, later = getattr(row, "told", None), getattr(row, "superseded_by", None)
        blocks = facts(
            ("Decided", row.what),
            ("By", row.decided_by),
            ("On what authority", row.authority),
            ("Whom they had consulted", row.consulted),
            ("From", row.effective_on),
            ("Conditions", row.conditions),
            ("Reasons", row.reasons),
            ("The school was told", f"{long_date(told.on)}: {told.how}" if told else ""),
            ("Superseded by a decision of", later.made_on if later else None),
        )
        yield Entry(f"decision-{row.pk}", DECISIONS, row.made_on, "A decision", blocks)


def _powers(case: Case) -> Iterator[Entry]:
    for row in case.powers.prefetch_related("consultations").order_by("proposed_on", "pk"):
        row.case = case
        title = f"Power proposed: {row.rule.label}"
        yield Entry(f"power-{row.pk}", DECISIONS, row.proposed_on, title, tuple(_power(row)))


def _power(row: PowerInUse) -> Iterator[Block]:
    yield from facts(
        ("Proposed by", row.proposed_by),
        ("Why", row.why),
        ("Last day on which it can be used", row.last_day),
        ("The Secretary of State was told on", row.told_secretary_on),
        ("The Secretary of State consented on", row.consent_on),
        ("How", row.secretary_how),
        ("Notice to the governing body", row.notice_on),
        ("How it was given", row.notice_how),
        ("Copies to", "; ".join(row.copied)),
        ("In force from", row.in_force_on),
        ("Ended on", row.ended_on),
        ("Why it ended", row.ended_why),
    )
    asked = tuple(
        (each.label, long_date(each.asked_on), _answer(each))
        for each in sorted(row.consultations.all(), key=lambda each: each.pk)
    )
    if asked:
        yield Table("Who was consulted", ("Who", "Asked", "Answer"), asked)


def _answer(row: Consultation) -> str:
    if row.answered_on:
        return f"{long_date(row.answered_on)}: {row.answer}"
    return row.not_awaited or "No answer is on record"
