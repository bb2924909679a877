"""What is owed in cases of concern, and the periods that run in them (I8, I9).

The governing body sees what it owes itself, once a letter has told it. Whoever keeps the case
sees what the service owes, what is late, and the last days of the powers.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import NOWHERE, holdings, path_of, visible
from plimsoll.desk.waiting import governors
from plimsoll.desk.waiting.allocated import MOST
from plimsoll.desk.waiting.item import Item, morning
from plimsoll.framework.editions import current
from plimsoll.intervention.cases.queries import told_of
from plimsoll.intervention.clocks.period import periods
from plimsoll.intervention.clocks.workflow import (
    OPEN,
)
from plimsoll.intervention.models import Notice, Obligation
from plimsoll.intervention.permissions import SEE, WRITE_PLAN

SCHOOL: Final = Obligation.Owner.SCHOOL
PERIOD_ENDS: Final = "The compliance period ends"
LAST_DAY: Final = "The last day for powers after the compliance period"


def waiting(user: Any, at: datetime, *, urn: int | None = None) -> list[Item]:
    """What this person owes, or is to see to because it is late (at one school)."""
    late = _kept(user).filter(owner=SCHOOL, due__lt=timezone.localdate(at))
    service = _kept(user).exclude(owner=SCHOOL)
    # A plan that came back is shown with that, and not a second time.
    theirs = _handed_in_by(user).exclude(plan__in=governors.returned(user))
    return [
        *(_handed_in(each) for each in _few(theirs, urn)),
        *(_item(each, "intervention:case") for each in _few(service | late, urn)),
    ]


def due(user: Any, today: date, *, limit: int) -> list[Item]:
    """The days that come next: of what is owed, of compliance periods and of powers."""
    ahead = {"due__gte": today}
    found = [
        *(_handed_in(each) for each in _handed_in_by(user).filter(**ahead)[:limit]),
        *(_item(each, "intervention:case") for each in _kept(user).filter(**ahead)[:limit]),
    ]
    return [*found, *_running(user, today)]


def _open() -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(state=OPEN).select_related("case__school")
    return rows.order_by("due", "pk")


def _handed_in_by(user: Any) -> QuerySet[Obligation]:
    """What is owed by the schools for which this person answers, and which they were told of."""
    return visible(_open().filter(told_of("case"), owner=SCHOOL), user, WRITE_PLAN)


def _kept(user: Any) -> QuerySet[Obligation]:
    """What is owed in the cases that this person keeps."""
    return visible(_open().filter(path_of(Obligation).q(_keeps(user))), user, SEE)


def _keeps(user: Any) -> Any:
    return holdings(user).get(current().concern.keeper, NOWHERE)


def _few(rows: QuerySet[Obligation], urn: int | None) -> QuerySet[Obligation]:
    return (rows if urn is None else rows.filter(case__school=urn))[:MOST]


def _handed_in(owed: Obligation) -> Item:
    """For the school: a plan where it is written, anything else where it was told of it."""
    item = _item(owed, "intervention:told")
    if not owed.is_plan:
        return item
    return replace(item, href=reverse("intervention:plan", args=[owed.pk]))


def _item(owed: Obligation, page: str) -> Item:
    return Item(
        owed.case.school.name,
        owed.label,
        owed.state_since,
        reverse(page, args=[owed.case_id]),
        due=owed.due,
    )


def _running(user: Any, today: date) -> Iterator[Item]:
    """The ends of the compliance periods and windows that are still to come."""
    rows = Notice.objects.filter(
        path_of(Notice).q(_keeps(user)), given_on__isnull=False, ended_on=None, case__closed_on=None
    ).exclude(period_ends=None)
    for notice in visible(rows.select_related("case__school"), user, SEE)[:MOST]:
        for period in periods(notice.case, [notice], today):
            days = {each.closes.day: LAST_DAY for each in period.windows if each.closes}
            for day, what in (*((period.ends.day, PERIOD_ENDS),), *days.items()):
                if day >= today:
                    since = morning(notice.given_on or today)
                    href = reverse("intervention:case", args=[notice.case_id])
                    yield Item(notice.case.school.name, what, since, href, due=day)
