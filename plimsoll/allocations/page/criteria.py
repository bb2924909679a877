"""What each side said of every criterion, beside what published data suggests."""

from collections.abc import Iterable
from dataclasses import dataclass

from plimsoll.allocations import queries
from plimsoll.allocations.models import (
    Allocation,
    CriterionView,
)
from plimsoll.allocations.page.sheets import Sheets
from plimsoll.framework.model import Edition
from plimsoll.framework.suggestions import Suggestion, by_criterion


@dataclass(frozen=True)
class Stand:
    """A descriptor as it is read: its text, and the bands in which it stands."""

    text: str
    bands: str = ""


@dataclass(frozen=True)
class Said:
    """What one side said of a criterion."""

    stand: Stand
    text: str


@dataclass(frozen=True)
class Suggested:
    """What published data suggests, and why; or why it suggests nothing."""

    stands: list[Stand]
    because: str
    assumed: bool = False


@dataclass(frozen=True)
class CriterionRow:
    id: str
    label: str
    decisive: bool
    suggested: list[Suggested]
    service: Said | None
    school: Said | None

    @property
    def shared(self) -> Stand | None:
        """What both sides chose alike."""
        if self.service and self.school and self.service.stand == self.school.stand:
            return self.service.stand
        return None

    @property
    def differs(self) -> bool:
        """Both sides said something, and chose not the same."""
        return bool(self.service and self.school and not self.shared)


@dataclass(frozen=True)
class ThemeRows:
    id: str
    label: str
    rows: list[CriterionRow]


def themes(case: Allocation, seen: Sheets, suggestions: Iterable[Suggestion]) -> list[ThemeRows]:
    """The criteria by theme, in the policy's order; a theme without any falls away."""
    policy, suggested = case.policy, by_criterion(suggestions)
    found = [
        CriterionRow(
            id=row.criterion.id,
            label=row.criterion.label,
            decisive=row.criterion.decisive,
            suggested=_suggested(policy, suggested.get(row.criterion.id, [])),
            service=_said(policy, row.service),
            school=_said(policy, row.school),
        )
        for row in queries.rows(case, seen)
    ]
    grouped = [
        ThemeRows(
            theme.id,
            theme.label,
            [row for row in found if policy.criterion(row.id).theme == theme.id],
        )
        for theme in policy.themes
    ]
    return [group for group in grouped if group.rows]


def _suggested(policy: Edition, suggestions: list[Suggestion]) -> list[Suggested]:
    """One for the inspections and one a measure, each with its own reason."""
    if not suggestions:
        return [Suggested([], "Published data says nothing on this.")]
    return [
        Suggested([_stand(policy, key) for key in each.descriptors], each.because, each.assumed)
        for each in suggestions
    ]


def _stand(policy: Edition, choice: str) -> Stand:
    if choice == CriterionView.NOT_APPLICABLE:
        return Stand("Not applicable")
    if choice == CriterionView.NOT_ENOUGH:
        return Stand("Not enough evidence")
    descriptor = policy.descriptor(choice)
    return Stand(descriptor.text, ", ".join(policy.band(key).label for key in descriptor.bands))


def _said(policy: Edition, view: CriterionView | None) -> Said | None:
    if view is None or not (view.choice or view.text):
        return None
    stand = _stand(policy, view.choice) if view.choice else Stand("No choice yet")
    return Said(stand, view.text)
