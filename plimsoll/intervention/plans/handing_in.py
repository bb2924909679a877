"""A plan that comes as a file: sent by the school, or put on record by who keeps the case."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from plimsoll.documents.actions import keep_upload
from plimsoll.documents.models import Document
from plimsoll.intervention.cases.records import (
    locked,
)
from plimsoll.intervention.models import GoverningBodyPlan, Obligation
from plimsoll.intervention.permissions import RECORD, TOLD, WRITE_PLAN
from plimsoll.intervention.plans import letters, versions
from plimsoll.intervention.plans.beginning import opened
from plimsoll.intervention.plans.workflow import PLAN
from plimsoll.people.models import User


@transaction.atomic
def send_file(
    *, obligation: Obligation, file: UploadedFile, by: User, at: datetime
) -> GoverningBodyPlan:
    """The school sends a file as its plan. Raises Refused, or what is wrong with the file."""
    locked(obligation.case, by, WRITE_PLAN)
    plan = opened(obligation, by=by, at=at)
    kept = _kept(plan, file, by=by, at=at)
    return PLAN.take(plan, "send_file", by=by, at=at, document=kept)


@transaction.atomic
def receive(
    *, obligation: Obligation, file: UploadedFile, on: date, how: str, by: User, at: datetime
) -> GoverningBodyPlan:
    """It came on a day by another way. Raises Refused, or what is wrong with the file."""
    locked(obligation.case, by, RECORD)
    plan = opened(obligation, by=by, at=at)
    kept = _kept(plan, file, by=by, at=at)
    return PLAN.take(plan, "receive", by=by, at=at, document=kept, on=on, how=how)


def _kept(plan: GoverningBodyPlan, file: UploadedFile, *, by: User, at: datetime) -> Document:
    return keep_upload(
        school=plan.obligation.case.school,
        file=file,
        title=letters.title(plan.obligation, versions.next_number(plan)),
        permission=TOLD,
        subject=plan,
        by=by,
        at=at,
    )
