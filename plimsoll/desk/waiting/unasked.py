"""What waits though no state says so: a day that has passed, questions before a visit, a file
that has brought what somebody was waiting for."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import visible
from plimsoll.core.forms import long_date
from plimsoll.desk.waiting.allocated import MOST
from plimsoll.desk.waiting.item import Item, morning
from plimsoll.desk.waiting.processes import report_of, visit_of
from plimsoll.desk.waiting.whose import own_partner, own_schools, waits
from plimsoll.framework import editions
from plimsoll.visits.contacts import inspections
from plimsoll.visits.diary import preparing
from plimsoll.visits.diary.workflow import COMING
from plimsoll.visits.models import InspectionCall, Report, Visit
from plimsoll.visits.reports.workflow import REPORT

PLAN: Final = "visit.plan"
CHECKER: Final = "po"


def waiting(user: Any, at: datetime, *, urn: int | None = None) -> list[Item]:
    today = timezone.localdate(at)
    there = {} if urn is None else {"school": urn}
    read = {} if urn is None else {"visit__school": urn}
    return [
        *(_passed(visit) for visit in passed(user, today).filter(**there)[:MOST]),
        *(_to_prepare(visit) for visit in to_prepare(user, today).filter(**there)
          if preparing.is_asked(visit) and _near(visit, today)),
        *(_to_read(report) for report in to_read(user).filter(**read)[:MOST]),
        *(_published(call) for call in published(user).filter(**there)[:MOST]),
    ]  # fmt: skip


def passed(user: Any, today: date) -> QuerySet[Visit]:
    """Visits of this person, or of a school they are the partner of, that nobody has closed."""
    mine = Q(partner=user) | Q(school__in=own_partner(user))
    rows = visible(Visit.objects.filter(mine, state__in=COMING, on__lt=today), user, PLAN)
    return rows.select_related("school").order_by("on", "pk")


def to_prepare(user: Any, today: date) -> QuerySet[Visit]:
    """Visits that come near, before which the school has not sent its short part."""
    longest = max(policy.diary.ask_before for policy in editions.editions())
    near = Visit.objects.filter(
        state__in=COMING,
        on__gte=today,
        on__lte=today + timedelta(days=longest),
        preparation=None,
        private=False,
        school__in=own_schools(user),
    )
    return visible(near, user, preparing.WRITE).select_related("school").order_by("on", "pk")


def to_read(user: Any) -> QuerySet[Report]:
    """Reports that this very person was asked to check, besides those who check any (Q1)."""
    named = Report.objects.filter(reader=user, state__in=waits(REPORT, CHECKER))
    rows = visible(named, user, "report.check").exclude(visit__partner=user)
    return rows.select_related("visit__school").order_by("state_since", "pk")


def published(user: Any) -> QuerySet[InspectionCall]:
    """Inspections of the person’s own schools that a file has brought as published (U1)."""
    mine = inspections.published_unsaid().filter(school__in=own_partner(user))
    rows = visible(mine, user, inspections.LOG)
    return rows.select_related("school").order_by("starts_on", "pk")


def _near(visit: Visit, today: date) -> bool:
    return visit.on <= today + timedelta(days=visit.policy.diary.ask_before)


def _passed(visit: Visit) -> Item:
    return Item(
        visit.school.name,
        f"{visit_of(visit)}: say how it went",
        morning(visit.on),
        reverse("desk:visit", args=[visit.pk]),
    )


def _to_prepare(visit: Visit) -> Item:
    asked_on = visit.on - timedelta(days=visit.policy.diary.ask_before)
    return Item(
        visit.school.name,
        f"{visit_of(visit)}: answer a few questions before it",
        morning(asked_on),
        reverse("visits:prepare", args=[visit.pk]),
        due=visit.on,
    )


def _to_read(report: Report) -> Item:
    return Item(
        report.visit.school.name,
        f"{report_of(report)}: you are asked to check it",
        report.state_since,
        reverse("visits:report-read", args=[report.pk]),
        due=report.due,
    )


def _published(call: InspectionCall) -> Item:
    return Item(
        call.school.name,
        f"Inspection from {long_date(call.starts_on)}: it is published, so record that it is",
        call.state_since,
        reverse("visits:inspection", args=[call.pk]),
    )
