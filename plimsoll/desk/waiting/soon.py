"""What is due next, soonest first; and what runs late this week."""

from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from plimsoll.core.access import visible
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import State
from plimsoll.desk.waiting import allocated, concerns, owed
from plimsoll.desk.waiting.item import Item, by_day
from plimsoll.desk.waiting.processes import report_of, report_page
from plimsoll.desk.waiting.whose import own_partner, own_schools
from plimsoll.framework.editions import current
from plimsoll.schools.models import School
from plimsoll.visits.agreed import queries as agreed
from plimsoll.visits.contacts import calls, inspections, liaison
from plimsoll.visits.models import Action, InspectionCall, Liaison, Report
from plimsoll.visits.reports.oversight.watching import friday
from plimsoll.visits.reports.workflow import REPORT

LIMIT: Final = 12


def next_due(user: Any, today: date, *, limit: int = LIMIT) -> list[Item]:
    """The days that come next for this person."""
    found = [
        *allocated.due(user, limit=limit),
        *_reports(user, limit),
        *_actions(user, limit),
        *_calls(user, limit),
        *_liaison(user, limit),
        *_inspections(user, today, limit),
        *owed.due(user, today, limit=limit),
        *concerns.due(user, today, limit),
    ]
    return by_day(found, today)[:limit]


def late_by_friday(user: Any, today: date) -> list[Item]:
    """Reports and reviews of cases that are late, or will be on Friday, for whoever sees to
    them (Q1)."""
    rows = _unissued().filter(due__lte=friday(today)).exclude(visit__school__in=own_partner(user))
    found = visible(rows, user, "report.check").exclude(reader=user)
    reports = [_report(row) for row in found[: allocated.MOST]]
    return by_day([*reports, *concerns.late(user, friday(today))], today)


def _reports(user: Any, limit: int) -> list[Item]:
    """Those that have not reached the school yet, of this person’s visits and schools."""
    mine = Q(visit__partner=user) | Q(visit__school__in=own_partner(user))
    return [_report(row) for row in visible(_unissued().filter(mine), user, "report.write")[:limit]]


def _unissued() -> Any:
    rows = Report.objects.filter(issued_at=None).exclude(visit__held_on=None)
    return rows.select_related("visit__school").order_by("due", "pk")


def _report(report: Report) -> Item:
    state: State = REPORT.state(report)
    return Item(
        report.visit.school.name,
        f"{report_of(report)}: {state.label[:1].lower()}{state.label[1:]}",
        report.state_since,
        report_page(report),
        due=report.due,
    )


def _actions(user: Any, limit: int) -> list[Item]:
    """What was agreed: by each side what it is to do itself."""
    ours = Q(side=Action.Side.SERVICE, school__in=own_partner(user))
    theirs = Q(side=Action.Side.SCHOOL, school__in=_confirmed_by(user))
    rows = agreed.known(user).filter(ours | theirs, state="open", by_when__isnull=False)
    return [
        Item(
            row.school.name,
            str(row),
            row.state_since,
            reverse("visits:action", args=[row.pk]),
            due=row.by_when,
        )
        for row in rows.order_by("by_when", "pk")[:limit]
    ]


def _confirmed_by(user: Any) -> Any:
    """The schools for which this person answers: their head, or who stands in."""
    own = School.objects.filter(pk__in=own_schools(user))
    return visible(own, user, "visit.confirm").values("pk")


def _calls(user: Any, limit: int) -> list[Item]:
    """Calls that this person, or a school’s partner, meant to come back to (U3)."""
    mine = Q(logged_by=user.pk) | Q(school__in=own_partner(user))
    rows = visible(calls.to_follow_up().filter(mine), user, calls.SEE).select_related("school")
    return [
        Item(
            row.school.name,
            f"Come back to the contact of {long_date(row.on)}",
            row.logged_at,
            f"{reverse('visits:call-log', args=[row.school_id])}?follows={row.pk}&back=/",
            due=row.follow_up_on,
        )
        for row in rows.order_by("follow_up_on", "pk")[:limit]
    ]


def _liaison(user: Any, limit: int) -> list[Item]:
    """The next date with each body, as the newest word with it about a school or trust says."""
    newer = Liaison.objects.filter(
        Q(school=OuterRef("school")) | Q(trust_uid=OuterRef("trust_uid")),
        Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")),
        spoke_to=OuterRef("spoke_to"),
        corrected_by=None,
    )
    mine = Q(logged_by=user.pk) | Q(school__in=own_partner(user))
    rows = Liaison.objects.filter(mine, corrected_by=None, next_on__isnull=False)
    rows = visible(rows.filter(~Exists(newer)), user, liaison.SEE).select_related("school")
    trusts = School.objects.filter(trust_uid=OuterRef("trust_uid")).order_by("urn")
    rows = rows.annotate(trust_name=Subquery(trusts.values("trust_name")[:1]))
    policy = current()
    return [
        Item(
            row.school.name if row.school else row.trust_name or "A trust",
            f"{liaison.with_whom(policy, row.spoke_to)}, again",
            row.logged_at,
            _kept_at(row),
            due=row.next_on,
        )
        for row in rows.order_by("next_on", "pk")[:limit]
    ]


def _kept_at(row: Liaison) -> str:
    if row.school_id:
        return f"{reverse('desk:contact-log', args=[row.school_id])}#liaison"
    return reverse("visits:trust", args=[row.trust_uid])


def _inspections(user: Any, today: date, limit: int) -> list[Item]:
    """Inspectors who come to the person’s own schools (U1)."""
    coming = InspectionCall.objects.filter(
        state="called", starts_on__gt=today, school__in=own_schools(user)
    )
    rows = visible(coming, user, inspections.SEE).select_related("school")
    return [
        Item(
            row.school.name,
            "Inspectors come",
            row.logged_at,
            reverse("visits:inspection", args=[row.pk]),
            due=row.starts_on,
        )
        for row in rows.order_by("starts_on", "pk")[:limit]
    ]
