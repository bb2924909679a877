"""The actions that stand for a school, and all that is said of one (Q1)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from plimsoll.core.access import visible
from plimsoll.core.forms import long_date
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.agreed.workflow import ACTION, OPEN
from plimsoll.visits.models import Action, FollowUp, Report

# An action is known to whoever may read reports there.
SEE: Final = "report.see"


def known_to_school() -> QuerySet[Action]:
    """The actions that the school knows of: their report has reached it."""
    return Action.objects.exclude(report__issued_at=None)


def known(user: User) -> QuerySet[Action]:
    """The standing actions that this person may know of."""
    actions = known_to_school().select_related("school", "report__visit")
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


@dataclass(frozen=True)
class Told:
    """What a report said of an action."""

    visit: str
    text: str
    by: str


@dataclass(frozen=True)
class Page:
    """One action with all that was said of it."""

    standing: Standing
    facts: list[tuple[str, str]]
    told: list[Told]


def page(action: Action, user: User, *, today: date) -> Page:
    facts = [
        ("Whose it is", action.get_side_display()),
        ("Who", action.who),
        ("By when", long_date(action.by_when) if action.by_when else ""),
        ("How we will know", action.measure),
        ("Agreed", _visit(action.report)),
        ("Done on", long_date(action.done_on) if action.done_on else ""),
        ("How it was done", action.done_how),
        ("How it was closed", action.closed_why),
    ]
    arrived = visible(FollowUp.objects.exclude(report__issued_at=None), user, SEE)
    told = arrived.filter(action=action).select_related("report__visit").order_by("saved_at")
    return Page(
        shown(action, today),
        [fact for fact in facts if fact[1]],
        [Told(_visit(each.report), each.text, each.saved_by) for each in told],
    )


def _visit(report: Report) -> str:
    visit = report.visit
    return f"{visit.type.label}, {long_date(visit.held_on or visit.on)}"
