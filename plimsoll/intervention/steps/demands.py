"""What each next step demands: done, and what shows it; or missing, and where to add it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from plimsoll.core.access import may
from plimsoll.framework.casework import Fact, Rung
from plimsoll.intervention import giving
from plimsoll.intervention.cases.findings import FOUND
from plimsoll.intervention.cases.records import (
    may_record,
)
from plimsoll.intervention.cases.shown import Shown
from plimsoll.intervention.models import Case
from plimsoll.intervention.permissions import DRAFT, TAKE
from plimsoll.intervention.steps.guards import barred, closed, not_theirs
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.people.models import User


@dataclass(frozen=True)
class Demand:
    """One thing that a step needs. Without `on` it is missing."""

    label: str
    on: date | None
    done: bool
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Ahead:
    """A step that leads on from here; `href` where this person can take it now."""

    rung: Rung
    role: str
    demands: list[Demand]
    closed: str  # what bars it besides what is missing
    href: str


def ahead(
    case: Case, user: User, there: Mapping[str, Shown], today: date
) -> tuple[list[Ahead], list[Ahead]]:
    """The steps of the ladder from here, and what may happen at any time besides."""
    process = process_of(case)
    steps = {step.name: step for step in process.steps if case.state in step.source}
    always = {rung.id for rung in case.steps.always}
    found = [
        _ahead(case, rung, user, there, today)
        for rung in case.steps.rungs
        if rung.id in steps and steps[rung.id].when(case)
    ]
    on = [each for each in found if each.rung.id not in always]
    besides = [each for each in found if each.rung.id in always]
    return on, besides


def _ahead(case: Case, rung: Rung, user: User, there: Mapping[str, Shown], today: date) -> Ahead:
    theirs = may(user, TAKE, case) and not not_theirs(case, rung, user)
    takes = theirs and not closed(case, rung, there, today)
    return Ahead(
        rung=rung,
        role=case.policy.roles[rung.by].label,
        demands=list(_demands(case, rung, user, there, today)),
        closed=barred(case, rung),
        href=reverse("intervention:step", args=[case.pk, rung.id]) if takes else "",
    )


def _demands(
    case: Case, rung: Rung, user: User, there: Mapping[str, Shown], today: date
) -> Iterator[Demand]:
    for name in rung.requires:
        fact, proof = case.policy.fact(name), there.get(name)
        done = proof is not None and proof.on <= today
        href = "" if done else _where(case, fact, user)
        yield Demand(fact.label, proof.on if proof else None, done, href=href)
    if rung.notice:
        reason = giving.obstacle(case, rung, there)
        label = f"The “{case.policy.notice(rung.notice).label}”, approved"
        yield Demand(label, None, not reason, note=reason, href=_drafted(case, rung.notice, user))


def _drafted(case: Case, kind: str, user: User) -> str:
    """Where this person drafts it, or finds the draft that is open."""
    return (
        reverse("intervention:notice-add", args=[case.pk, kind]) if may(user, DRAFT, case) else ""
    )


def _where(case: Case, fact: Fact, user: User) -> str:
    """Where this person can put the fact on record, if anywhere."""
    if fact.shown_by == "service":
        return "#letters"
    if not may_record(user, fact, case):
        return ""
    if fact.shown_by in FOUND:
        return reverse("intervention:finding-add", args=[case.pk, fact.id])
    if fact.shown_by == "discussion":
        return reverse("intervention:discussion", args=[case.pk])
    if fact.shown_by == "power":
        return reverse("intervention:powers", args=[case.pk])
    return ""
