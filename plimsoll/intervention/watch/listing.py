"""The watch list of one person, in the same number of queries for one school and for hundreds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from plimsoll.core import audit
from plimsoll.core.access import may, visible
from plimsoll.framework.editions import current
from plimsoll.framework.model import Edition
from plimsoll.intervention.models import Case
from plimsoll.intervention.permissions import WATCH
from plimsoll.intervention.watch.reasons import (
    Reason,
    of_bands,
    of_case,
    of_categories,
)
from plimsoll.intervention.watch.rows import Contact, Days, Row, Standing
from plimsoll.intervention.watch.standing import open_cases, standing_of
from plimsoll.schools.models import School
from plimsoll.schools.queries import open_schools
from plimsoll.visits.contacts import calls
from plimsoll.visits.contacts.heard import days_before, partners_of, with_contacts
from plimsoll.visits.reports.oversight.watching import friday

# That something happened is told by what these leave in the trail, but for readings and for
# drafts that are saved.
HAPPENS: Final = Q(subject__startswith="intervention.") | Q(
    subject__in=(
        "visits.visit", "visits.report", "visits.action",
        "visits.call", "visits.liaison", "visits.inspectioncall",
    )
)  # fmt: skip
NOTHING: Final = Q(verb__endswith=".read") | Q(
    verb__in=("visit.listed", "report.written", "notice.saved")
)


@dataclass(frozen=True)
class Summary:
    """How many schools are watched, and how many of them need attention."""

    schools: int
    attention: int


def summary(user: Any, today: date) -> Summary | None:
    """For whoever has a watch list at all."""
    return summed_up(watched(user, today)) if may(user, WATCH) else None


def summed_up(rows: Collection[Row]) -> Summary:
    return Summary(len(rows), sum(bool(row.flags) for row in rows))


def watched(user: Any, today: date) -> list[Row]:
    """Every school that this person watches, what needs attention first."""
    policy = current()
    register = open_schools(policy.authority.la_codes, policy.scope.school_types)
    cases = {case.school_id: case for case in open_cases(user)}
    reasons = _reasons(user, register, cases.values(), today)
    # A school that has closed stays for as long as its case is open.
    there = Q(pk__in=list(cases)) | Q(pk__in=register.order_by().values("pk"))
    listed = visible(School.objects.filter(there, pk__in=list(reasons)), user, WATCH)
    schools = list(with_contacts(listed, user, today))
    partners = partners_of(schools, today)
    happened = _happened(user, [school.urn for school in schools])
    standing, days = standing_of(cases.values(), today), _days(policy, today)
    rows = (
        _row(
            school,
            standing.get(school.urn),
            happened.get(school.urn),
            reasons=tuple(reasons[school.urn]),
            partners=partners.get(school.urn, {}),
            may_log=may(user, calls.LOG, school),
            days=days,
        )
        for school in schools
    )
    return sorted(rows, key=lambda row: row.order)


def _days(policy: Edition, today: date) -> Days:
    return Days(today, days_before(policy.concern.quiet_after, today), friday(today))


def _reasons(
    user: Any, register: QuerySet[School], cases: Iterable[Case], today: date
) -> Mapping[int, list[Reason]]:
    """By school, in the order in which the service speaks of them."""
    found: dict[int, list[Reason]] = defaultdict(list)
    for case in cases:
        found[case.school_id].append(of_case(case))
    for urn, reason in (*of_categories(visible(register, user, WATCH), today), *of_bands(user)):
        found[urn].append(reason)
    return found


def _happened(user: Any, urns: Collection[int]) -> dict[int, date]:
    """When anything last happened at each school that this person may know of."""
    events = audit.readable(user).filter(HAPPENS, urn__in=urns).exclude(NOTHING)
    rows = events.order_by().values_list("urn").annotate(Max("at"))
    return {urn: timezone.localdate(at) for urn, at in rows}


def _row(school: Any, standing: Standing | None, happened: date | None, **known: Any) -> Row:
    last = _last(school, standing)
    days = [day for day in (happened, last.on if last else None) if day]
    return Row(
        school=school,
        standing=standing,
        last=last,
        next=school.next_visit,
        happened=max(days, default=None),
        **known,
    )


def _last(school: Any, standing: Standing | None) -> Contact | None:
    """The last contact with the school: a visit, a call, or the discussion of its case."""
    talked = standing.talked_on if standing else None
    each = (("Visit", school.last_visit), ("Call", school.last_call), ("Discussion", talked))
    contacts = (Contact(what, on) for what, on in each if on)
    return max(contacts, key=lambda contact: contact.on, default=None)
