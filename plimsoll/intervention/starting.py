"""The obligations that begin with a step: each due by policy's days, over the school's calendar."""

from datetime import date, datetime

from plimsoll.core.deadlines import NotKnown, due
from plimsoll.core.workflow import Refused, begin
from plimsoll.framework.casework import Rung
from plimsoll.framework.procedure import DeadlineRule
from plimsoll.intervention.clocks.days import calendar_for
from plimsoll.intervention.clocks.workflow import OPEN
from plimsoll.intervention.models import Case, Notice, Obligation


def start(
    case: Case, keys: tuple[str, ...], *, notice: Notice | None, on: date, at: datetime
) -> list[Obligation]:
    """Begin each of the deadlines on the day. Raises Refused while its days cannot be counted."""
    return [_start(case, case.policy.deadlines[key], notice, on, at) for key in keys]


def other_event(case: Case, rung: Rung) -> str:
    """What the clocks of a step count from, where it is no letter that is given with it.

    An inspection report may have been received before anybody takes the step.
    """
    if rung.notice or not rung.starts:
        return ""
    return case.policy.deadlines[rung.starts[0]].start_event


def _start(
    case: Case, rule: DeadlineRule, notice: Notice | None, on: date, at: datetime
) -> Obligation:
    last = last_day(case, rule, on)
    obligation = Obligation(
        case=case,
        notice=notice,
        kind=rule.key,
        label=rule.label,
        owner=rule.owed_by,
        starts=on,
        due=last,
        first_due=last,
        basis=rule.basis,
        source=rule.source,
    )
    begin(obligation, state=OPEN, at=at).save()
    return obligation


def last_day(case: Case, rule: DeadlineRule, on: date) -> date:
    try:
        return due(
            on,
            rule.days,
            rule.basis,
            calendar_for(case, on),
            inclusive=rule.counting == "inclusive",
        )
    except NotKnown as unknown:
        raise Refused(str(unknown))
