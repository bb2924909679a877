"""What the page of a case shows of its decisions and powers."""

from dataclasses import dataclass
from functools import cached_property

from plimsoll.core.access import may
from plimsoll.core.workflow import State
from plimsoll.intervention.models import Case, Decision, PowerInUse
from plimsoll.intervention.permissions import DECIDE
from plimsoll.intervention.powers import bar
from plimsoll.intervention.powers.queries import of_case
from plimsoll.intervention.powers.workflow import POWER
from plimsoll.people.models import User


@dataclass
class Decided:
    """Each part is fetched when it is shown."""

    case: Case
    user: User

    @cached_property
    def rows(self) -> list[Decision]:
        """Every decision, those superseded among them, newest first."""
        rows = self.case.decisions.select_related("told", "superseded_by")
        return list(rows.order_by("-made_on", "-pk"))

    @cached_property
    def uses(self) -> list[tuple[PowerInUse, State]]:
        """Each power that was proposed, and how it stands: the newest first."""
        return [(each, POWER.state(each)) for each in reversed(of_case(self.case))]

    @cached_property
    def decides(self) -> bool:
        return self.case.is_open and may(self.user, DECIDE, self.case)

    @property
    def has_powers(self) -> bool:
        """Does its ladder lead to powers of the authority at all?"""
        return bar.has_powers(self.case)
