"""Real steps to a visit that is planned or held, and to its report at each of its stages."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from plimsoll.allocations.models import Allocation
from plimsoll.people.models import User
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.diary.actions import NewVisit, plan_visit
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Passage, Report, Visit, Worry
from plimsoll.visits.reports.workflow import REPORT
from plimsoll.visits.worries.actions import raise_worry
from tests.cast import NOW, TODAY, Cast

WEEK = timedelta(days=7)


def planned(
    case: Allocation,
    by: User,
    *,
    kind: str = "core",
    on: date = TODAY + WEEK,
    days: str = "1",
    at: datetime = NOW,
    **more: Any,
) -> Visit:
    """A visit in the diary of the school's partner."""
    bring_up_to_date(cycle=case.cycle, school=case.school, at=at)
    wanted = NewVisit(
        kind=kind, on=on, partner=by, days=Decimal(days), **({"funding": "core"} | more)
    )
    return plan_visit(cycle=case.cycle, school=case.school, wanted=wanted, by=by, at=at)


def held(case: Allocation, by: User, *, on: date = TODAY, days: str = "1", **more: Any) -> Visit:
    """A visit that took place on the day."""
    visit = planned(case, by, on=on, days=days, **more)
    at = NOW + (on - TODAY)
    facts: dict[str, Any] = {"held_on": on, "mode": "in-person", "days": Decimal(days)}
    if not visit.private:
        facts["met"] = ["head"]
    return VISIT.take(visit, "hold", by=by, at=at, **facts)


WORDS = "Leaders know the school well. They act on what they see in lessons."


def written(case: Allocation, by: User, *, on: date = TODAY, **more: Any) -> Report:
    """The report of a visit, with every section written."""
    report = held(case, by, on=on, **more).report
    for section in report.visit.type.sections:
        Passage.objects.update_or_create(
            report=report,
            section=section,
            defaults={"text": WORDS, "saved_at": NOW + (on - TODAY), "saved_by": by.name},
        )
    report.writers.add(by)
    return report


def take(report: Report, step: str, by: User | None, at: datetime = NOW, **data: Any) -> Report:
    """One step of a report, on the report as it is now."""
    return REPORT.take(report, step, by=by, at=at, **data)


def checking(cast: Cast, case: Allocation, at: datetime = NOW, **more: Any) -> Report:
    """Written by Harbour View's partner, and sent to be checked."""
    return take(written(case, cast.sadia, **more), "send", cast.sadia, at)


def issued(cast: Cast, case: Allocation, at: datetime = NOW, **more: Any) -> Report:
    """Checked by its Principal Officer, and with the school."""
    return take(checking(cast, case, at, **more), "release", cast.priya, at)


def worried(cast: Cast, **more: Any) -> Worry:
    """A safeguarding worry at Harbour View, raised to the Director of Children's Services."""
    facts: dict[str, Any] = {
        "school": cast.harbour_view,
        "visit": None,
        "about": "The gate to the road stood open at playtime, and nobody was there.",
        "to": cast.declan,
        "told_besides": "The head",
        "by": cast.sadia,
        "at": NOW,
    }
    return raise_worry(**facts | more)
