"""What is on record in cases, as far as a fact of policy may rest on it: of any number at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from plimsoll.intervention.models import (
    Case,
    Delivery,
    Discussion,
    Finding,
    GoverningBodyPlan,
    Notice,
    PowerInUse,
)

Row = TypeVar("Row", Finding, Notice, Discussion, PowerInUse)


@dataclass(frozen=True)
class Records:
    """What is on record in a case, as far as a fact may rest on it."""

    case: Case
    findings: Mapping[str, list[Finding]]  # those that stand, the first one first
    given: Mapping[str, Notice]
    received: Mapping[int, date | None]  # by notice; nothing where somebody has it not
    talk: Discussion | None  # the first
    plan: GoverningBodyPlan | None
    power: PowerInUse | None

    @property
    def warning(self) -> Notice | None:
        """The warning notice that has effect; of two, the one that runs longer."""
        running = [each for each in self.given.values() if each.type.route and not each.ended_on]
        return max(running, key=lambda each: each.period_ends or date.min, default=None)

    @property
    def period_ends(self) -> date | None:
        """The last day of the compliance period of the warning notice that has effect."""
        return self.warning.period_ends if self.warning else None


def records(case: Case) -> Records:
    """Five queries, and one more once the school is eligible for intervention."""
    return records_of([case])[case.pk]


def records_of(cases: Sequence[Case]) -> dict[int, Records]:
    """By case, in as many queries for many as for one."""
    known = {case.pk: case for case in cases}
    standing = Finding.objects.filter(case__in=known, withdraws=None, withdrawn_by=None)
    findings = _by_case(standing.order_by("on", "pk"))
    given = _by_case(
        Notice.objects.filter(case__in=known, given_on__isnull=False).order_by("given_on", "pk")
    )
    received = _received(known)
    talks = _by_case(Discussion.objects.filter(case__in=known).order_by("on", "pk"))
    plans = {plan.obligation.case_id: plan for plan in _plans(known)}
    eligible = [case.pk for case in cases if case.eligible_since]
    powers = _by_case(_powers(eligible)) if eligible else {}
    return {
        case.pk: Records(
            case=case,
            findings=_by_fact(findings.get(case.pk, ())),
            given={each.kind: _of_case(each, case) for each in given.get(case.pk, ())},
            received=received,
            talk=next(iter(talks.get(case.pk, ())), None),
            plan=plans.get(case.pk),
            power=next((_of_case(each, case) for each in powers.get(case.pk, ())), None),
        )
        for case in cases
    }


def _plans(cases: Iterable[int]) -> QuerySet[GoverningBodyPlan]:
    """The last one first, so that the first that was received stands."""
    rows = GoverningBodyPlan.objects.filter(obligation__case__in=cases, received_on__isnull=False)
    return rows.select_related("obligation").order_by("-received_on", "-pk")


def _powers(cases: Iterable[int]) -> QuerySet[PowerInUse]:
    """The powers of intervention that came into force, the first one first."""
    used = PowerInUse.objects.filter(case__in=cases, in_force_on__isnull=False)
    return used.order_by("in_force_on", "pk")


def _by_case(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _by_fact(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.fact, []).append(finding)
    return found


def _received(cases: Iterable[int]) -> dict[int, date | None]:
    """On which day the last of those to whom the law has each notice given received it."""
    given: dict[int, list[date | None]] = {}
    rows = Delivery.objects.filter(notice__case__in=cases, how="given", statutory=True)
    for notice, day in rows.values_list("notice_id", "given_on"):
        given.setdefault(notice, []).append(day)
    return {
        notice: max(day for day in days if day) if all(days) else None
        for notice, days in given.items()
    }


def _of_case(row: Row, case: Case) -> Row:
    row.case = case
    return row
