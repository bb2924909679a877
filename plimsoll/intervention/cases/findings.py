"""Findings: one of policy's facts with what shows it, and their withdrawal (I3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from plimsoll.core.access import may
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.documents.actions import keep_upload
from plimsoll.documents.models import Document
from plimsoll.framework.casework import Fact
from plimsoll.intervention.cases import rungs
from plimsoll.intervention.cases.held import records
from plimsoll.intervention.cases.records import (
    locked,
    not_ahead,
    note,
    the_role_of,
)
from plimsoll.intervention.models import Case, Finding
from plimsoll.intervention.permissions import PRIVILEGED, SEE
from plimsoll.people.models import User

# What shows a fact when a person finds it; everything else shows itself.
FOUND: Final = ("finding", "statutory-ground")


@dataclass(frozen=True, kw_only=True)
class NewFinding:
    """A fact, the day on which it was found, and what shows it."""

    fact: str
    on: date
    text: str
    ground: str = ""
    file: UploadedFile | None = None


@transaction.atomic
def record_finding(*, case: Case, wanted: NewFinding, by: User, at: datetime) -> Finding:
    """Put a fact on record. The same from the same person on the same day is a second click."""
    case = locked(case, by)
    fact = _fact(case, wanted)
    permission = PRIVILEGED if fact.privileged else SEE
    if not may(by, permission, case):
        raise Refused("Legal advice is put on record by those who may read it.")
    the_role_of(fact, case, by)
    not_ahead(wanted.on, at)
    _after_the_period(fact, case, wanted.on)
    values = {
        "fact": fact.id,
        "on": wanted.on,
        "text": wanted.text.strip(),
        "ground": wanted.ground,
        "privileged": fact.privileged,
        "recorded_by": str(by),
    }
    twin = case.findings.filter(withdrawn_by=None, **values).first()
    if twin:
        return twin
    document = _kept(case, wanted, fact.label, permission, by=by, at=at)
    finding = Finding.objects.create(case=case, document=document, recorded_at=at, **values)
    told = {"fact": fact.id, "on": wanted.on.isoformat()}
    note("case.found", case, by=by, at=at, permission=permission, **told)
    return finding


def _fact(case: Case, wanted: NewFinding) -> Fact:
    fact = next((each for each in rungs.facts_of(case) if each.id == wanted.fact), None)
    if fact is None or fact.shown_by not in FOUND:
        raise Refused("No step of this case asks for such a finding.")
    if not wanted.text.strip():
        raise Refused("Say what shows it.")
    statutory = {each.id for each in case.policy.grounds if each.scope == "statutory"}
    if (fact.shown_by == "statutory-ground") != (wanted.ground in statutory):
        raise Refused("A statutory ground is named exactly where the finding is of one.")
    return fact


def _kept(
    case: Case, wanted: NewFinding, title: str, permission: str, *, by: User, at: datetime
) -> Document | None:
    """The document that shows it, as confidential as the finding."""
    if wanted.file is None:
        return None
    about: dict[str, Any] = {"title": title, "permission": permission, "by": by, "at": at}
    return keep_upload(school=case.school, file=wanted.file, subject=case, **about)


def _after_the_period(fact: Fact, case: Case, on: date) -> None:
    """Whether the governing body complied is known when its period is over (s.60(1)(c))."""
    if not fact.after_period:
        return
    ends = records(case).period_ends
    if ends is None:
        raise Refused("No warning notice with a compliance period is in force.")
    if on <= ends:
        raise Refused(f"The compliance period runs until {long_date(ends)}.")


@transaction.atomic
def withdraw_finding(*, finding: Finding, on: date, why: str, by: User, at: datetime) -> Finding:
    """Say that a finding no longer holds: it stays to be read, and shows nothing more."""
    case = locked(finding.case, by)
    permission = PRIVILEGED if finding.privileged else SEE
    if not may(by, permission, case):
        raise Refused("Legal advice is withdrawn by those who may read it.")
    the_role_of(case.policy.fact(finding.fact), case, by)
    if finding.withdraws_id or Finding.objects.filter(withdraws=finding).exists():
        raise Refused("It is withdrawn already.")
    if not why.strip():
        raise Refused("Say why it no longer holds.")
    not_ahead(on, at)
    if on < finding.on:
        raise Refused(f"It was found on {long_date(finding.on)} only.")
    withdrawal = Finding.objects.create(
        case=case,
        fact=finding.fact,
        on=on,
        text=why.strip(),
        privileged=finding.privileged,
        recorded_at=at,
        recorded_by=str(by),
        withdraws=finding,
    )
    note("case.withdrawn", case, by=by, at=at, permission=permission, fact=finding.fact)
    return withdrawal
