"""The actions that a report agrees, and those that stand for a school."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from plimsoll.core.access import visible
from plimsoll.core.workflow import Refused, begin
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.models import Action, Report
from plimsoll.visits.reports.actions_workflow import ACTION, OPEN
from plimsoll.visits.reports.queries import SEE
from plimsoll.visits.reports.typed import Wanted

FIELDS: Final = ("what", "side", "who", "by_when", "measure")


def standing() -> QuerySet[Action]:
    """The actions that the school knows of: their report has reached it."""
    return Action.objects.exclude(report__issued_at=None)


def known(user: User) -> QuerySet[Action]:
    """The standing actions that this person may know of."""
    actions = standing().select_related("school", "report__visit")
    return visible(actions, user, SEE)


@dataclass(frozen=True)
class Standing:
    """One action of a school as its list shows it."""

    action: Action
    state: str
    tone: str
    when: str


@dataclass(frozen=True)
class OfSchool:
    """The actions of a school: those that wait, those said to be done, those closed."""

    open: list[Standing]
    done: list[Standing]
    closed: list[Standing]


def of_school(user: User, school: School, today: date) -> OfSchool:
    """Every action of the school that this person may know of, the most urgent first."""
    rows = [shown(each, today) for each in known(user).filter(school=school).order_by("by_when")]
    closed = [each for each in rows if ACTION.state(each.action).closed]
    left = [each for each in rows if each not in closed]
    return OfSchool(
        open=[each for each in left if each.action.done_on is None],
        done=[each for each in left if each.action.done_on],
        closed=closed[::-1],
    )


def shown(action: Action, today: date) -> Standing:
    state = ACTION.state(action)
    late = is_overdue(action, today)
    return Standing(
        action, "Overdue" if late else state.label, "stopped" if late else state.tone,
        when(action, today),
    )  # fmt: skip


def is_overdue(action: Action, today: date) -> bool:
    """Nobody has said that it is done, and its day is over."""
    return action.state == OPEN[0] and action.by_when is not None and action.by_when < today


def when(action: Action, today: date) -> str:
    """How its day stands to today, in words."""
    if action.by_when is None:
        return "No day was set"
    if not is_overdue(action, today):
        return ""
    days = (today - action.by_when).days
    return "1 day overdue" if days == 1 else f"{days} days overdue"


# --- while the report is written ------------------------------------------------------


def save(
    report: Report,
    changed: Mapping[int, Wanted],
    new: Iterable[Wanted],
    *,
    by: User,
    at: datetime,
) -> Iterator[Action]:
    """Save the report's own actions, and yield those that somebody else changed meanwhile."""
    saved = {each.pk: each for each in report.actions.select_for_update()}
    for pk, wanted in changed.items():
        action = saved.get(pk)
        if action is None:
            raise Refused("Somebody else has taken this action out of the report meanwhile.")
        if action.version != wanted.version and _values(action) != _values(wanted):
            yield action
        elif wanted.what:
            _write(action, wanted)
        else:
            _take_out(action)
    twins = {(each.what, each.by_when) for each in saved.values()}
    for wanted in new:
        # A second click adds nothing.
        if (wanted.what, wanted.by_when) not in twins:
            action = Action(report=report, school=report.visit.school, version=0)
            _write(begin(action, state=OPEN[0], at=at), wanted)


def _write(action: Action, wanted: Wanted) -> None:
    for name, value in _values(wanted).items():
        setattr(action, name, value)
    action.version += 1
    action.save()


def _take_out(action: Action) -> None:
    """An action whose words were removed goes, unless the school knows of it already."""
    if action.report.issued_at:
        raise Refused("The school knows of this action: drop it on its own page, with the reason.")
    action.delete()


def _values(of: Action | Wanted) -> dict[str, object]:
    return {name: getattr(of, name) for name in FIELDS}
