"""Decisions put on record, corrected by another, and told to the school (I9)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.intervention.cases.records import locked, not_ahead, note
from plimsoll.intervention.models import Case, Decision, DecisionTold
from plimsoll.intervention.permissions import DECIDE
from plimsoll.people.models import User


@dataclass(frozen=True, kw_only=True)
class NewDecision:
    """What was decided, by whom and on what authority; it may take effect later than made."""

    what: str
    made_on: date
    effective_on: date
    decided_by: str
    authority: str
    reasons: str
    consulted: str = ""
    conditions: str = ""


@transaction.atomic
def record_decision(
    *, case: Case, wanted: NewDecision, by: User, at: datetime, supersedes: Decision | None = None
) -> Decision:
    """Put a decision on record, in the place of a mistaken one where it supersedes it.

    A second click records nothing twice. Raises Refused with a sentence.
    """
    case = locked(case, by, DECIDE)
    values = vars(wanted) | {"recorded_by": str(by), "supersedes": supersedes}
    twin = case.decisions.filter(**values).first()
    return twin or write_decision(case, wanted, by=by, at=at, supersedes=supersedes)


def write_decision(
    case: Case, wanted: NewDecision, *, by: User, at: datetime, supersedes: Decision | None = None
) -> Decision:
    """Put it on record beside any that says the same: within a step that is taken once."""
    _in_order(wanted, at)
    if supersedes and Decision.objects.filter(supersedes=supersedes).exists():
        raise Refused("Another decision supersedes it already: correct that one.")
    said = vars(wanted) | {"recorded_by": str(by), "recorded_at": at}
    decision = Decision.objects.create(case=case, supersedes=supersedes, **said)
    verb = "decision.superseded" if supersedes else "decision.recorded"
    note(verb, case, by=by, at=at, what=decision.what, made_on=wanted.made_on.isoformat())
    return decision


@transaction.atomic
def tell_decision(
    *, decision: Decision, on: date, how: str, by: User, at: datetime
) -> DecisionTold:
    """Say that the school was told of it: from then on the school reads it. Raises Refused."""
    case = locked(decision.case, by, DECIDE)
    not_ahead(on, at)
    if on < decision.made_on:
        raise Refused(f"It was made on {long_date(decision.made_on)} only.")
    if not how.strip():
        raise Refused("Say how the school was told.")
    told = DecisionTold.objects.filter(decision=decision).first()
    if told and told.on != on:
        raise Refused(f"The school was told on {long_date(told.on)}.")
    if told:
        return told
    told = DecisionTold.objects.create(
        decision=decision, on=on, how=how.strip(), recorded_at=at, recorded_by=str(by)
    )
    note("decision.told", case, by=by, at=at, what=decision.what, on=on.isoformat())
    return told


def _in_order(wanted: NewDecision, at: datetime) -> None:
    said = (wanted.what, wanted.decided_by, wanted.authority, wanted.reasons)
    if not all(text.strip() for text in said):
        raise Refused("Say what was decided, by whom, on what authority, and why.")
    if wanted.made_on > timezone.localdate(at):
        raise Refused("A decision is put on record when it has been made.")
    if wanted.effective_on < wanted.made_on:
        raise Refused("It cannot take effect before it is made.")
