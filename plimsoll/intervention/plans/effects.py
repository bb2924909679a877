"""What a step of a plan writes besides its state: a version, a judgement, the obligation."""

from datetime import date, datetime

from django.utils import timezone

from plimsoll.documents.models import Document
from plimsoll.intervention.clocks import extending, meeting
from plimsoll.intervention.models import GoverningBodyPlan, PlanVersion
from plimsoll.intervention.plans import telling, versions
from plimsoll.people.models import User

How = PlanVersion.How


def send(plan: GoverningBodyPlan, *, by: User, at: datetime) -> None:
    """What was written is kept as it stands, and as a stored document."""
    _received(plan, versions.keep_written(plan, by=by, at=at), by=by, at=at)


def send_file(plan: GoverningBodyPlan, *, by: User, at: datetime, document: Document) -> None:
    on = timezone.localdate(at)
    version = versions.keep(plan, document, how=How.FILE, on=on, by=by, at=at)
    _received(plan, version, by=by, at=at)


def receive(
    plan: GoverningBodyPlan, *, by: User, at: datetime, document: Document, on: date, how: str
) -> None:
    """It came by post, by e-mail or by hand: the day it came counts, not the day of record."""
    version = versions.keep(plan, document, how=how, on=on, by=by, at=at)
    _received(plan, version, by=by, at=at)


def _received(plan: GoverningBodyPlan, version: PlanVersion, *, by: User, at: datetime) -> None:
    on = plan.received_on = version.received_on
    note = f"Version {version.number}: {version.get_how_display()}"
    meeting.meet(obligation=plan.obligation, on=on, note=note, by=by, at=at)
    telling.tell_keepers(plan, by=by, at=at)


def accept(plan: GoverningBodyPlan, *, by: User, at: datetime, words: str = "") -> None:
    plan.accepted_on = timezone.localdate(at)
    versions.judge(plan, accepted=True, text=words, by=by, at=at)
    telling.tell_school(plan, by=by, at=at)


def send_back(
    plan: GoverningBodyPlan,
    *,
    by: User,
    at: datetime,
    points: str,
    due: date | None = None,
    why: str = "",
) -> None:
    """The plan is owed again: by the day that stands, or by a later one with the reason."""
    plan.received_on = None
    versions.judge(plan, accepted=False, text=points, due=due, by=by, at=at)
    meeting.reopen(obligation=plan.obligation, why="The plan was returned", by=by, at=at)
    if due:
        extending.extend(obligation=plan.obligation, due=due, why=why, by=by, at=at)
    telling.tell_school(plan, by=by, at=at)
