"""The page of a case's powers: both countdowns, and which power is open until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.urls import reverse

from plimsoll.core.access import may
from plimsoll.core.workflow import State
from plimsoll.framework.casework import Power
from plimsoll.framework.intervening import Doubt
from plimsoll.intervention import windows
from plimsoll.intervention.cases.held import records
from plimsoll.intervention.clocks.countdown import Countdown, over
from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.intervention.permissions import TAKE
from plimsoll.intervention.powers import bar, standing
from plimsoll.intervention.powers.queries import of_case
from plimsoll.intervention.powers.workflow import POWER
from plimsoll.people.models import User

BY: Final = {
    "s60": "after a warning notice (section 60)",
    "s60a": "after a warning notice on pay and conditions (section 60A)",
    "category": "by an Ofsted category (sections 61 and 62)",
}


@dataclass(frozen=True)
class Row:
    """One power: open, in use, or closed and why."""

    power: Power
    closed: str
    last_day: Countdown | None
    use: PowerInUse | None
    state: State | None
    propose: str


@dataclass
class PowersPage:
    """Each part is fetched when it is shown."""

    case: Case
    user: User
    today: date

    @property
    def eligible(self) -> str:
        return BY.get(self.case.eligible_by, "")

    @property
    def out_of_reach(self) -> str:
        """Why no power is there at all; without it the school is eligible."""
        return standing.unreached(self.case)

    @cached_property
    def used(self) -> list[PowerInUse]:
        return of_case(self.case)

    @property
    def past(self) -> list[tuple[PowerInUse, State]]:
        return [(each, POWER.state(each)) for each in self.used if each.ended_on]

    @cached_property
    def acts(self) -> bool:
        return self.case.is_open and may(self.user, TAKE, self.case)

    @property
    def may_bar(self) -> bool:
        return self.acts and bar.has_powers(self.case)

    @property
    def asks_for_period(self) -> bool:
        return self.acts and bar.asks_for_period(self.case)

    @cached_property
    def period_ends(self) -> date | None:
        """Of the notice that made the school eligible, or of the one that runs."""
        return self.case.period_ended_on or records(self.case).period_ends

    @cached_property
    def countdowns(self) -> list[tuple[str, Countdown]]:
        """The end of the compliance period and of the windows after it, in words."""
        return list(self._countdowns())

    def _countdowns(self) -> Iterator[tuple[str, Countdown]]:
        if self.case.eligible_by == "category" or self.period_ends is None:
            return
        yield "The compliance period", self._until(self.period_ends)
        limited = (each.months for each in self.case.policy.powers if each.months)
        for months in sorted(set(limited)):
            names = [_short(each) for each in self.case.policy.powers if each.months == months]
            ends = windows.window_end(self.period_ends, months)
            yield f"The window of {_listed(names)}", self._until(ends)

    def _until(self, on: date) -> Countdown:
        return over(on, self.today, soon=self.case.policy.concern.window_warning)

    @property
    def lapsed(self) -> bool:
        """The window is over, and a power without one is still there."""
        return bool(self.case.eligible_by) and any(
            row.last_day and row.last_day.day < self.today for row in self.rows
        )

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(power) for power in self.case.policy.powers]

    def _row(self, power: Power) -> Row:
        open_ones = (each for each in self.used if each.power == power.id and not each.ended_on)
        use = next(open_ones, None)
        closed = standing.closed(self.case, power, self.used, self.today)
        last = None if self.out_of_reach else standing.last_day(self.case, power)
        return Row(
            power=power,
            closed=closed,
            last_day=self._until(last) if last else None,
            use=use,
            state=POWER.state(use) if use else None,
            propose=self._propose(power) if self.acts and not (use or closed) else "",
        )

    def _propose(self, power: Power) -> str:
        return reverse("intervention:power-propose", args=[self.case.pk, power.id])

    @property
    def doubts(self) -> list[Doubt]:
        named = {doubt for power in self.case.policy.powers for doubt in power.doubts}
        return self.case.policy.concern.doubts_named(named)


def notes(case: Case, power: Power) -> list[str]:
    """What policy says beside the power, of a school of this type and route."""
    return [
        note.text
        for note in power.notes
        if (not note.types or case.school.type in note.types)
        and (not note.routes or case.eligible_by in note.routes)
    ]


def _short(power: Power) -> str:
    return standing.short_law(power).removeprefix("section ")


def _listed(names: list[str]) -> str:
    """“sections 63, 64 and 66”."""
    if len(names) == 1:
        return f"section {names[0]}"
    return f"sections {', '.join(names[:-1])} and {names[-1]}"
