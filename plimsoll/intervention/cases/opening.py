"""Opening a case: local grounds, concerns, intentions, and the day of the first review (I1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.deadlines import NotKnown, due
from plimsoll.core.workflow import Refused, begin
from plimsoll.framework.editions import current
from plimsoll.framework.model import Edition
from plimsoll.intervention.cases.notify import tell_opened
from plimsoll.intervention.cases.rungs import OPENED
from plimsoll.intervention.models import Case
from plimsoll.intervention.permissions import OPEN, SEE
from plimsoll.people.models import User
from plimsoll.schools.calendar import calendar_of
from plimsoll.schools.models import School


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """What is said when a case is opened; without a review date policy sets one."""

    trigger: str
    grounds: tuple[str, ...]
    concerns: str
    intentions: str
    review_on: date | None = None


@transaction.atomic
def open_case(*, school: School, wanted: NewCase, by: User, at: datetime) -> Case:
    """Open a case on the ladder of the school's legal route.

    Raises Refused with what to do. A second click finds the case open and is refused.
    """
    School.objects.select_for_update().get(pk=school.pk)
    today, policy = timezone.localdate(at), current()
    _check(school, wanted, policy, by, today)
    ladder = policy.ladder_for(school.type)
    if ladder is None:
        raise Refused(f"The framework has no steps for a school of this type: {school.type_name}.")
    if Case.objects.filter(school=school, closed_on=None).exists():
        raise Refused("A case of this school is open already: add to it.")
    before = Case.objects.filter(school=school).order_by("-number").first()
    case = Case(
        school=school,
        number=before.number + 1 if before else 1,
        edition=policy.key,
        ladder=ladder.key,
        opened_on=today,
        opened_by=str(by),
        stands_since=today,
        trigger=wanted.trigger,
        grounds=list(wanted.grounds),
        concerns=wanted.concerns,
        intentions=wanted.intentions,
        review_on=wanted.review_on or next_review(school, policy, today),
        # A bar of the Secretary of State is of the school, and outlives the case (ss.60(4A), 70B).
        blocked_since=before.blocked_since if before and before.is_blocked else None,
        powers_barred_since=_barred(before),
    )
    begin(case, state=OPENED, at=at).save()
    audit.record(
        verb="case.opened",
        subject=case,
        by=by,
        at=at,
        permission=SEE,
        after={"grounds": case.grounds, "review_on": case.review_on.isoformat()},
    )
    tell_opened(case, by=by, at=at)
    return case


def _barred(before: Case | None) -> date | None:
    return before.powers_barred_since if before and before.powers_are_barred else None


def next_review(school: School, policy: Edition, today: date) -> date:
    """The day on which policy wants a case reviewed next, on this school's calendar."""
    rules = policy.concern
    calendar = calendar_of(school, years=(today.year, today.year + 1))
    try:
        return due(today, rules.review_days, rules.review_basis, calendar)
    except NotKnown as unknown:
        raise Refused(str(unknown))


def proposed_review(school: School, policy: Edition, today: date) -> date | None:
    """The same, or nothing where its days cannot be counted: then it must be said."""
    try:
        return next_review(school, policy, today)
    except Refused:
        return None


def _check(school: School, wanted: NewCase, policy: Edition, by: User, today: date) -> None:
    if not may(by, OPEN, school):
        raise Refused("Your role at this school does not allow you to open a case.")
    if not school.is_open:
        raise Refused("The register says that this school is not open.")
    local = {ground.id for ground in policy.grounds if ground.scope == "local"}
    if not wanted.grounds:
        raise Refused("Choose at least one ground.")
    if not set(wanted.grounds) <= local:
        raise Refused(
            "A case opens on local grounds: the statutory ones belong to a formal notice only."
        )
    if not all(text.strip() for text in (wanted.trigger, wanted.concerns, wanted.intentions)):
        raise Refused("Say what gave rise to the case, the concerns, and what is intended.")
    if wanted.review_on and wanted.review_on <= today:
        raise Refused("The first review must lie ahead.")
