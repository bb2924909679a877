"""Why a school is watched: each reason is known to whoever may know that very thing (I10, S7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from plimsoll.allocations import in_force
from plimsoll.allocations.models import Allocation, HighRisk, PastBand
from plimsoll.core.access import may, visible
from plimsoll.core.forms import long_date
from plimsoll.evidence.school.categories import in_category
from plimsoll.framework import editions
from plimsoll.framework.judging import Band
from plimsoll.framework.model import Edition
from plimsoll.intervention.models import Case
from plimsoll.intervention.permissions import SEE, WATCH
from plimsoll.schools.models import School

BAND_SEE: Final = "allocation.see"

CASE, CATEGORY, BAND, MARK = "case", "category", "band", "high-risk"

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Reason:
    """One reason in words, and since when; of a band from before Plimsoll the year is known."""

    kind: str
    label: str
    since: date | None
    year: str = ""

    @property
    def when(self) -> str:
        return f"since {long_date(self.since)}" if self.since else f"in {self.year}"


def kinds(user: Any, policy: Edition) -> list[tuple[str, str]]:
    """The kinds of reason that this person may know at any school at all, in words."""
    found = [(CASE, "An open case")] if may(user, SEE) else []
    found.append((CATEGORY, "An Ofsted category"))
    if may(user, BAND_SEE):
        found.append((BAND, f"{capfirst(policy.words.band)} {_watched_bands(policy)}"))
        found += [(MARK, capfirst(mark)) for mark in _marks(policy)]
    return found


def of_case(case: Case) -> Reason:
    return Reason(CASE, "Open case", case.opened_on)


def of_categories(register: QuerySet[School], today: date) -> Iterator[tuple[int, Reason]]:
    """What Ofsted published is known to everybody."""
    urns = register.order_by().values("urn")
    for inspection in in_category(today).filter(urn__in=urns):
        yield inspection.urn, Reason(CATEGORY, inspection.category_label, inspection.starts)


def of_bands(user: Any) -> Iterator[tuple[int, Reason]]:
    """Bands and high-risk marks in force, of the allocation or from before Plimsoll."""
    marks = HighRisk.objects.filter(allocation=OuterRef("pk"), ended_at=None)
    standing = _known(in_force.standing(), user).filter(_watched() | Exists(marks))
    found = {row.pk: row for row in standing}
    open_marks = HighRisk.objects.filter(allocation__in=found, ended_at=None)
    marked = {mark.allocation_id: mark for mark in open_marks}
    for row in found.values():
        if reason := _of_allocation(row, marked.get(row.pk)):
            yield row.school_id, reason
    policy = editions.current()
    watched = in_force.brought_in().filter(band__in=policy.concern.watched_bands)
    for past in _known(watched, user):
        yield past.school_id, _of_past(past, policy)


def _known(rows: QuerySet[M], user: Any) -> QuerySet[M]:
    """Those of schools on this person's list whose band the person may know as well."""
    return visible(visible(rows, user, WATCH), user, BAND_SEE)


def _watched() -> Q:
    """Each allocation by the edition that it was opened under."""
    each = (Q(edition=one.key, band__in=one.concern.watched_bands) for one in editions.editions())
    return reduce(or_, each)


def _of_allocation(row: Allocation, mark: HighRisk | None) -> Reason | None:
    band, watched = row.policy.band(row.band), row.policy.concern.watched_bands
    assert row.concluded_at
    since = timezone.localdate(row.concluded_at)
    rule = band.high_risk if mark else None
    label = _label(row.policy, band)
    if rule and mark:
        label = f"{label}, {rule.label}"
    if band.key in watched:
        return Reason(BAND, label, since)
    if rule and mark and rule.treated_with in watched:
        return Reason(MARK, label, max(since, timezone.localdate(mark.marked_at)))
    return None


def _of_past(past: PastBand, policy: Edition) -> Reason:
    return Reason(BAND, _label(policy, policy.band(past.band)), None, past.year)


def _label(policy: Edition, band: Band) -> str:
    return f"{capfirst(policy.words.band)} {band.label}"


def _watched_bands(policy: Edition) -> str:
    return " or ".join(policy.band(key).label for key in policy.concern.watched_bands)


def _marks(policy: Edition) -> list[str]:
    """What the mark is called that has a school watched, where policy has one."""
    rules = (band.high_risk for band in policy.bands if band.high_risk)
    return sorted(
        {each.label for each in rules if each.treated_with in policy.concern.watched_bands}
    )
