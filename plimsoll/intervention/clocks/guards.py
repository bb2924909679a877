"""When a step of an obligation is closed, and why."""

from datetime import datetime

from plimsoll.core.forms import long_date
from plimsoll.intervention.models import Obligation
from plimsoll.people.models import User


def is_the_schools(case: Obligation) -> bool:
    return case.owner == Obligation.Owner.SCHOOL


def in_an_open_case(case: Obligation, *, by: User, at: datetime) -> str:
    closed = case.case.closed_on
    return f"The case was closed on {long_date(closed)}." if closed else ""


def not_set_by_law(case: Obligation, *, by: User, at: datetime) -> str:
    """Nobody gives more time where the law sets the day (EA 2005 s.15; EIA 2006 ss.63 to 66)."""
    if law := law_of(case):
        return f"The law sets this day, and nobody can give more time: {law}."
    return in_an_open_case(case, by=by, at=at)


def law_of(obligation: Obligation) -> str:
    """The law that sets its day: of a deadline, or of the window of a power; or nothing."""
    policy, kind = obligation.case.policy, obligation.kind
    rule = policy.deadlines.get(kind)
    if rule:
        return rule.source if rule.statutory else ""
    return next((power.law for power in policy.powers if power.id == kind and power.months), "")
