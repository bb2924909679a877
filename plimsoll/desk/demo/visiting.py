"""What the people of the demonstration do about visits: the acts of `visits.toml`."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from plimsoll.allocations.models import Allocation
from plimsoll.desk.demo.acts import Act
from plimsoll.visits.agreed.agreeing import Wanted
from plimsoll.visits.agreed.workflow import ACTION
from plimsoll.visits.contacts import calls
from plimsoll.visits.diary import preparing
from plimsoll.visits.diary.actions import NewVisit, plan_visit
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Action, Report, Visit
from plimsoll.visits.reports.workflow import REPORT
from plimsoll.visits.reports.writing.passages import save
from plimsoll.visits.reports.writing.typed import Said, Typed


def _plan(case: Allocation, act: Act) -> None:
    facts = {"funding": "core"} | act.data
    wanted = NewVisit(
        on=facts.pop("visit_on"), partner=act.by, days=Decimal(facts.pop("days")), **facts
    )
    plan_visit(cycle=case.cycle, school=case.school, wanted=wanted, by=act.by, at=act.at)


def _visit(case: Allocation, act: Act) -> None:
    """A step of the visit that is planned for `visit_on`."""
    visit, data = _found(case, act)
    if "days" in data:
        data |= {"days": Decimal(data["days"]), "held_on": act.at.date()}
    VISIT.take(visit, data.pop("step"), by=act.by, at=act.at, version=visit.version, **data)


def _prepare(case: Allocation, act: Act) -> None:
    visit, data = _found(case, act)
    preparing.send(visit=visit, answers=data["answers"], version=0, by=act.by, at=act.at)


def _write(case: Allocation, act: Act) -> None:
    """Sections by id, and the actions that were agreed."""
    visit, data = _found(case, act)
    said = {
        section: Said(text=text, priorities=tuple(data.get("priorities", {}).get(section, ())))
        for section, text in data.get("sections", {}).items()
    }
    wanted = tuple(Wanted(**dated(each, act)) for each in data.get("actions", ()))
    typed = Typed(sections=said, new=wanted)
    save(report=Report.objects.get(visit=visit), typed=typed, by=act.by, at=act.at)


def dated(agreed: Mapping[str, Any], act: Act) -> dict[str, Any]:
    facts = dict(agreed)
    return facts | {"by_when": act.at.date() + timedelta(weeks=facts.pop("weeks"))}


def _report(case: Allocation, act: Act) -> None:
    """A step of that visit's report; `answers` are given to the comments in their order."""
    visit, data = _found(case, act)
    report = Report.objects.get(visit=visit)
    if "answers" in data:
        comments = report.comments.order_by("pk")
        data["answers"] = [
            answer | {"comment": comment.pk}
            for comment, answer in zip(comments, data["answers"], strict=True)
        ]
    REPORT.take(report, data.pop("step"), by=act.by, at=act.at, version=report.version, **data)


def _action(case: Allocation, act: Act) -> None:
    """A step of an action, which is known by how it begins."""
    data = dict(act.data)
    action = Action.objects.get(school=case.school, what__startswith=data.pop("begins"))
    ACTION.take(action, data.pop("step"), by=act.by, at=act.at, version=action.version, **data)


def _call(case: Allocation, act: Act) -> None:
    said = calls.Said(on=act.at.date(), **act.data)
    calls.log(school=case.school, said=said, by=act.by, at=act.at)


def _found(case: Allocation, act: Act) -> tuple[Visit, dict[str, Any]]:
    data = dict(act.data)
    on: date = data.pop("visit_on")
    return Visit.objects.get(school=case.school, on=on), data


DO: Final[Mapping[str, Callable[[Allocation, Act], None]]] = {
    "plan": _plan,
    "visit": _visit,
    "prepare": _prepare,
    "write": _write,
    "report": _report,
    "action": _action,
    "call": _call,
}
