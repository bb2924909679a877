"""What a step brings besides the next state of the case, in sentences."""

from collections.abc import Iterator

from plimsoll.core.forms import long_date
from plimsoll.framework.casework import Rung
from plimsoll.intervention.cases.rungs import is_end, named
from plimsoll.intervention.clocks.workflow import OPEN
from plimsoll.intervention.models import Case
from plimsoll.visits.reports.clock import in_days


def follows(case: Case, name: str) -> list[str]:
    return list(_follows(case, named(case, name)))


def _follows(case: Case, rung: Rung) -> Iterator[str]:
    policy = case.policy
    if rung.notice:
        label = policy.notice(rung.notice).label
        yield f"The “{label}” counts as given on the day that you say, and cannot be changed."
    for key in rung.starts:
        rule = policy.deadlines[key]
        yield f"A clock starts: {rule.label}, {in_days(rule.days, rule.basis)}."
    if rung.urgent:
        yield "The discussion with head and chair stays owed until it is on record."
    if rung.means == "secretary-of-state":
        yield "The authority’s own formal notice ceases to have effect, and it may give no other."
    if is_end(rung):
        for owed in case.obligations.filter(state=OPEN).order_by("due", "pk"):
            yield f"What is still owed ends with it: {owed.label}, due {long_date(owed.due)}."
        yield "The case is closed. All of it stays to be read."
