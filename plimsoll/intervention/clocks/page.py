"""The clocks of a case as its page shows them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from plimsoll.core.access import may
from plimsoll.core.workflow import Step
from plimsoll.framework.intervening import Doubt
from plimsoll.intervention.clocks import owed, period
from plimsoll.intervention.clocks.owed import Owed
from plimsoll.intervention.clocks.period import Period
from plimsoll.intervention.clocks.workflow import OBLIGATION, offered
from plimsoll.intervention.models import Case, Notice, Obligation
from plimsoll.people.models import User


@dataclass(frozen=True)
class Shown:
    """Something owed, and what this reader may do with it: a label and an address each."""

    owed: Owed
    actions: list[tuple[str, str]]


@dataclass
class Clocks:
    """What is owed, and the periods and windows that run. `notices` are the case's."""

    case: Case
    user: User
    today: date
    notices: list[Notice]

    @cached_property
    def owed(self) -> list[Shown]:
        return [Shown(each, self._actions(each)) for each in owed.of_case(self.case, self.today)]

    @cached_property
    def periods(self) -> list[Period]:
        return period.periods(self.case, self.notices, self.today)

    @property
    def doubts(self) -> list[Doubt]:
        """What to check about the clocks that run, in policy's order."""
        deadlines = self.case.policy.deadlines
        named = {doubt.id for each in self.periods for doubt in each.doubts}
        for each in self.owed:
            rule = deadlines.get(each.owed.obligation.kind)
            named |= set(rule.doubts) if rule and each.owed.countdown else set()
        return self.case.policy.concern.doubts_named(named)

    def _actions(self, each: Owed) -> list[tuple[str, str]]:
        """The steps open to this reader; of what the law sets, no other day."""
        if not self.case.is_open:
            return []
        obligation = each.obligation
        return [
            (owed.called(step, obligation), _address(obligation, step))
            for step in (OBLIGATION.step(name) for name in offered(obligation))
            if obligation.state in step.source
            and not (step.name == "extend" and each.law)
            and may(self.user, step.permission, obligation)
        ]


def _address(obligation: Obligation, step: Step) -> str:
    return reverse("intervention:owed", args=[obligation.pk, step.name])
