"""The compliance period of a notice and the windows of the powers after it, next to each other.

The window of a power runs from the end of the period and not from the day on which the
school becomes eligible: whoever is late with the notice of proposed powers loses of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from plimsoll.framework.casework import Power, Route
from plimsoll.framework.intervening import Doubt
from plimsoll.framework.model import Edition
from plimsoll.intervention.clocks.countdown import Countdown, over
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.windows import is_open, last_day


@dataclass(frozen=True)
class Window:
    """The powers that close on one day; or that never do."""

    powers: list[Power]
    closes: Countdown | None


@dataclass(frozen=True)
class Period:
    """The clocks of one warning notice in force."""

    notice: Notice
    ends: Countdown
    windows: list[Window]
    doubts: list[Doubt]

    @property
    def is_limited(self) -> bool:
        return any(window.closes for window in self.windows)


def periods(case: Case, notices: Iterable[Notice], today: date) -> list[Period]:
    """Of each warning notice that was given and has not ended, as the notice states it."""
    return list(_periods(case, notices, today)) if case.is_open else []


def _periods(case: Case, notices: Iterable[Notice], today: date) -> Iterator[Period]:
    policy = case.policy
    soon = max(policy.concern.remind_before, default=0)
    for notice in notices:
        route = policy.notice(notice.kind).route
        if route and notice.given_on and notice.period_ends and notice.ended_on is None:
            # An Ofsted category makes eligible by itself, and sets no limit.
            by: Route = "category" if case.eligible_by == "category" else route
            yield Period(
                notice=notice,
                ends=over(notice.period_ends, today, soon=soon),
                windows=_windows(policy, by, notice.period_ends, today, soon),
                doubts=_doubts(policy, by),
            )


def _windows(
    policy: Edition, route: Route, period_ends: date, today: date, soon: int
) -> list[Window]:
    """Those with a last day first, then those without."""

    def closes(power: Power) -> date:
        return last_day(power, route, period_ends) or date.max

    opened = sorted((each for each in policy.powers if is_open(each, route)), key=closes)
    return [
        Window(list(powers), None if day == date.max else over(day, today, soon=soon))
        for day, powers in groupby(opened, key=closes)
    ]


def _doubts(policy: Edition, route: Route) -> list[Doubt]:
    named = {doubt for power in policy.powers if is_open(power, route) for doubt in power.doubts}
    return policy.concern.doubts_named(named)
