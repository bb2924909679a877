"""An obligation is met, opened again, or ends with what it came from (I8)."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from plimsoll.core.access import may
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.documents.actions import keep_upload
from plimsoll.intervention.cases.records import (
    locked,
    not_ahead,
)
from plimsoll.intervention.clocks.workflow import (
    OBLIGATION,
    OPEN,
)
from plimsoll.intervention.models import Case, Notice, Obligation
from plimsoll.intervention.permissions import JUDGE, RECORD, SEE, WRITE_PLAN
from plimsoll.people.models import User


@transaction.atomic
def meet(
    *,
    obligation: Obligation,
    on: date,
    note: str,
    by: User,
    at: datetime,
    file: UploadedFile | None = None,
    version: int | None = None,
) -> Obligation:
    """It was met on the day: said by whoever keeps the case, or handed in by the school itself.

    Raises Refused with a sentence, or Stale where a version is given and another was saved.
    """
    step, permission = ("meet", RECORD) if may(by, RECORD, obligation) else ("hand_in", WRITE_PLAN)
    locked(obligation.case, by, permission)
    not_ahead(on, at)
    if on < obligation.starts:
        raise Refused(f"It began on {long_date(obligation.starts)} only.")
    met = OBLIGATION.take(obligation, step, by=by, at=at, version=version, on=on, note=note.strip())
    if file:
        keep_upload(
            school=met.case.school,
            file=file,
            title=met.label,
            permission=SEE,
            subject=met,
            by=by,
            at=at,
        )
    return met


@transaction.atomic
def reopen(
    *, obligation: Obligation, why: str, by: User, at: datetime, version: int | None = None
) -> Obligation:
    """It is open again, as when a plan is returned. Its day stays: more time is an extension."""
    locked(obligation.case, by, JUDGE)
    return OBLIGATION.take(obligation, "reopen", by=by, at=at, version=version, why=why.strip())


def end(
    *, case: Case, how: str, why: str, by: User, at: datetime, notice: Notice | None = None
) -> None:
    """What is open in a case, or began with one notice of it, ends: `how` is a state's key.

    Within the step of the case that brings it, which holds the case.
    """
    rows = Obligation.objects.filter(case=case, state=OPEN)
    if notice:
        rows = rows.filter(notice=notice)
    for each in rows.order_by("pk"):
        OBLIGATION.take(each, f"end_{how}", by=by, at=at, why=why)
