"""What a step brings besides the next state of the case, in sentences."""

from collections.abc import Iterator

from plimsoll.framework.casework import Rung
from plimsoll.intervention.cases.rungs import every, is_end
from plimsoll.intervention.models import Case


def follows(case: Case, name: str) -> list[str]:
    rung = next(each for each in every(case.steps) if each.id == name)
    return list(_follows(case, rung))


def _follows(case: Case, rung: Rung) -> Iterator[str]:
    policy = case.policy
    if rung.notice:
        label = policy.notice(rung.notice).label
        yield f"The “{label}” counts as given on the day that you say, and cannot be changed."
    for key in rung.starts:
        rule = policy.deadlines[key]
        yield f"A clock starts: {rule.label}, {rule.days} days ({rule.basis})."
    if rung.urgent:
        yield "The discussion with head and chair stays owed until it is on record."
    if rung.means == "secretary-of-state":
        yield "The authority’s own formal notice ceases to have effect, and it may give no other."
    if is_end(rung):
        yield "The case is closed. All of it stays to be read."
