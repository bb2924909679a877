"""What RISE does with a school, from which day on, and what it did before (U1)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from plimsoll.core import audit
from plimsoll.core.access import may, visible
from plimsoll.core.workflow import Refused
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.contacts import liaison
from plimsoll.visits.models import Rise


@dataclass(frozen=True, kw_only=True)
class Status:
    """One answer of policy’s `rise`, since when, and who works with the school for it."""

    status: str
    since: date
    adviser: str = ""
    supporting: str = ""
    note: str = ""


@transaction.atomic
def record(*, school: School, status: Status, by: User, at: datetime) -> Rise:
    """The newest entry holds. The same as it holds already is a second click."""
    School.objects.select_for_update().get(pk=school.pk)
    if not may(by, liaison.LOG, school):
        raise Refused("Your role at this school does not allow you to record this.")
    newest = Rise.objects.filter(school=school).order_by("-pk").first()
    if newest and all(getattr(newest, name) == value for name, value in asdict(status).items()):
        return newest
    row = Rise.objects.create(
        school=school, logged_at=at, logged_by=by.pk, logged_by_name=by.name, **asdict(status)
    )
    facts = {"since": status.since.isoformat()}
    audit.record(
        verb="rise.changed", subject=row, by=by, at=at, permission=liaison.SEE, after=facts
    )
    return row


def history(school: School, user: Any) -> QuerySet[Rise]:
    """The newest first: that one holds."""
    rows = Rise.objects.filter(school=school)
    return visible(rows, user, liaison.SEE).order_by("-pk")


def label(policy: Edition, key: str) -> str:
    return next((choice.label for choice in policy.contacts.rise if choice.id == key), key)
