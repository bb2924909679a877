"""Which powers an eligible school's case opens, and until when (EIA 2006 ss.63 to 66; I9)."""

from datetime import date

from plimsoll.core.deadlines import months_after
from plimsoll.framework.casework import Power, Route


def is_open(power: Power, route: Route) -> bool:
    """Does this way of becoming eligible open the power at all?"""
    return route in power.routes


def last_day(power: Power, route: Route, period_ends: date | None) -> date | None:
    """The last day on which the power may be used; nothing where there is no limit.

    The window runs from the end of the compliance period, so a school that is eligible by a
    category has none.
    """
    if power.months is None or route == "category" or period_ends is None:
        return None
    return window_end(period_ends, power.months)


def window_end(period_ends: date, months: int) -> date:
    """The corresponding date so many months on: 30 April gives 30 June, 31 December 28 February."""
    return months_after(period_ends, months)
