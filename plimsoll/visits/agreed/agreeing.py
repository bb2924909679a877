"""The actions that a report agrees, while it is written (Q1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from plimsoll.core.workflow import Refused, begin
from plimsoll.people.models import User
from plimsoll.visits.agreed.workflow import OPEN
from plimsoll.visits.models import Action, Report

FIELDS: Final = ("what", "side", "who", "by_when", "measure")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One action that was agreed."""

    what: str
    side: str = Action.Side.SCHOOL
    who: str = ""
    by_when: date | None = None
    measure: str = ""
    version: int = 0


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
