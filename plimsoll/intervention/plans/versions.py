"""The versions of a plan: what was sent, which never changes, and what was said to each."""

from datetime import date, datetime
from typing import Final

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.documents.models import Document
from plimsoll.intervention.cases.records import not_ahead
from plimsoll.intervention.models import GoverningBodyPlan, PlanJudgement, PlanVersion
from plimsoll.intervention.plans import letters
from plimsoll.intervention.plans.content import gathered
from plimsoll.people.models import User

BY_OTHER_WAYS: Final = (PlanVersion.How.POST, PlanVersion.How.EMAIL, PlanVersion.How.HAND)


def keep_written(plan: GoverningBodyPlan, *, by: User, at: datetime) -> PlanVersion:
    """Freeze what was written, and keep it as a stored document."""
    content, number = gathered(plan), next_number(plan)
    issued = letters.issue(plan, content, number, by=by, at=at)
    return PlanVersion.objects.create(
        plan=plan,
        number=number,
        how=PlanVersion.How.WRITTEN,
        received_on=timezone.localdate(at),
        due=plan.obligation.due,
        content=content.as_json(),
        document=issued.pdf,
        recorded_at=at,
        recorded_by=str(by),
    )


def keep(
    plan: GoverningBodyPlan, document: Document, *, how: str, on: date, by: User, at: datetime
) -> PlanVersion:
    """Keep a plan that came as a file. Raises Refused where its day cannot be."""
    _in_order(plan, on, at)
    return PlanVersion.objects.create(
        plan=plan,
        number=next_number(plan),
        how=how,
        received_on=on,
        due=plan.obligation.due,
        document=document,
        recorded_at=at,
        recorded_by=str(by),
    )


def judge(
    plan: GoverningBodyPlan,
    *,
    accepted: bool,
    text: str,
    due: date | None = None,
    by: User,
    at: datetime,
) -> PlanJudgement:
    """Say to the newest version what was made of it."""
    return PlanJudgement.objects.create(
        version=plan.versions.latest("number"),
        accepted=accepted,
        on=timezone.localdate(at),
        text=text.strip(),
        due=due,
        recorded_at=at,
        recorded_by=str(by),
    )


def next_number(plan: GoverningBodyPlan) -> int:
    return plan.versions.count() + 1


def _in_order(plan: GoverningBodyPlan, on: date, at: datetime) -> None:
    """It came when it was owed: after the notice, and after the version before was returned."""
    not_ahead(on, at)
    starts = plan.obligation.starts
    if on < starts:
        raise Refused(f"The plan was asked for on {long_date(starts)} only.")
    last = PlanJudgement.objects.filter(version__plan=plan).order_by("-on").first()
    if last and on < last.on:
        raise Refused(f"The version before was returned on {long_date(last.on)} only.")
