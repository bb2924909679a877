"""By what a school is eligible for intervention, as a step of its ladder recorded it (s.59; I9).

The route and the end of the compliance period are kept on the case on that day, for the windows
of the powers run from them whatever becomes of the notice later.
"""

from datetime import date

from plimsoll.framework.casework import Route
from plimsoll.intervention.cases.held import records
from plimsoll.intervention.models import Case


def gained(case: Case, how: str, on: date) -> None:
    """The school is eligible from this day; set on the case, which the caller saves.

    An Ofsted category sets no time limit, so a notice adds nothing while one stands. In a
    notice of the Secretary of State the period is not ours, and must be put on record.
    """
    if how == "category":
        _set(case, "category", on, None)
    elif case.eligible_by == "category":
        return
    elif how == "secretary-of-state":
        _set(case, "s60", on, None)
    elif notice := records(case).warning:
        assert notice.type.route is not None
        _set(case, notice.type.route, on, notice.period_ends)


def lost(case: Case, route: Route) -> None:
    """What made the school eligible has ceased to have effect; set on the case."""
    if case.eligible_by == route:
        case.eligible_by, case.eligible_since, case.period_ended_on = "", None, None


def _set(case: Case, route: Route, on: date, period_ended: date | None) -> None:
    case.eligible_by, case.eligible_since, case.period_ended_on = route, on, period_ended
