"""Whether each power is open in a case today, until when, and if not why (EIA 2006 ss.59 to 70B).

The powers of the Secretary of State (sections 66A to 69) are not among them: policy names those
of the authority only.
"""

from collections.abc import Iterable
from datetime import date

from plimsoll.core.forms import long_date
from plimsoll.framework.casework import Power, Route
from plimsoll.intervention import windows
from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.schools.types import Route as Law

NOT_ELIGIBLE = "By no step of this case is the school eligible for intervention."
OUT_OF_REACH = "Sections 63 to 66 reach maintained schools only, and not a school of this type."
PERIOD = "Say first when the compliance period of the Secretary of State’s notice ended."
BARRED = (
    "The Secretary of State intends to use powers. The authority may not use this one until it "
    "is told that it may (section 70B)."
)


def route(case: Case) -> Route:
    """By which the school is eligible; asked of a case that has one."""
    found: Route | None = next(
        (each for each in ("s60", "s60a", "category") if each == case.eligible_by), None
    )
    assert found is not None
    return found


def closed(case: Case, power: Power, used: Iterable[PowerInUse], today: date) -> str:
    """Why nobody can propose the power today, or an empty string."""
    return barred(case, power, used) or lapsed(case, power, today)


def barred(case: Case, power: Power, used: Iterable[PowerInUse]) -> str:
    """Why the law keeps the power from this case, its window apart, or an empty string."""
    if reason := unreached(case):
        return reason
    if not windows.is_open(power, route(case)):
        return "A warning notice on pay and conditions (section 60A) does not open this power."
    if case.powers_are_barred and power.secretary_of_state == "notify":
        return BARRED
    for other in used:
        if other.power in power.not_with and other.in_force_on and not other.ended_on:
            return f"Not while this is in force: {other.rule.label} ({short_law(other.rule)})."
    if window_unknown(case, power):
        return PERIOD
    return ""


def unreached(case: Case) -> str:
    """Why no power at all is there for the case, or an empty string."""
    if case.school.route != Law.MAINTAINED:
        return OUT_OF_REACH
    return "" if case.eligible_by else NOT_ELIGIBLE


def window_unknown(case: Case, power: Power) -> bool:
    """Has the power a window whose beginning is not on record?"""
    limited = power.months is not None and case.eligible_by != "category"
    return limited and case.period_ended_on is None


def last_day(case: Case, power: Power) -> date | None:
    """The last day of its window in an eligible case; nothing where there is no limit."""
    return windows.last_day(power, route(case), case.period_ended_on)


def lapsed(case: Case, power: Power, today: date) -> str:
    last = last_day(case, power)
    if last is None or today <= last:
        return ""
    return f"Its window closed on {long_date(last)}: {months(power)} after the compliance period."


def months(power: Power) -> str:
    return f"{power.months} months" if power.months != 1 else "1 month"


def short_law(power: Power) -> str:
    """“section 65” of the law's full name."""
    return f"section {power.law.rsplit(' ', 1)[-1]}"
