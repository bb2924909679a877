"""The page of one side's views: each criterion's form beside what is known of it."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import BoundField

from plimsoll.allocations import evidence_page, next_steps, queries
from plimsoll.allocations.forms import ViewsForm
from plimsoll.allocations.models import Allocation, Side
from plimsoll.allocations.page.criteria import CriterionRow, themes
from plimsoll.allocations.page.reader import Reader
from plimsoll.allocations.page.sheets import SheetLine, sheet_lines


@dataclass(frozen=True)
class Question:
    """One criterion: what is known, and the two fields where there is a form."""

    row: CriterionRow
    choice: BoundField | None
    text: BoundField | None


@dataclass(frozen=True)
class Section:
    id: str
    label: str
    silences: list[str]
    questions: list[Question]


@dataclass(frozen=True)
class SheetPage:
    side: str
    sections: list[Section]
    sheets: list[SheetLine]
    submitted_at: datetime | None
    saved_at: datetime | None
    saved_by: str
    other_seen: bool
    blind: bool


def sheet_page(case: Allocation, who: Reader, form: ViewsForm | None) -> SheetPage:
    sheets = queries.sheets_of(case)
    seen = queries.sheets_seen(case, who.side, sheets)
    suggestions = evidence_page.suggestions(case, evidence_page.known(case, today=who.today))
    silences = case.policy.silences
    sections = [
        Section(
            theme.id,
            theme.label,
            [each.because for each in silences if each.theme == theme.id],
            [_question(row, form) for row in theme.rows],
        )
        for theme in themes(case, seen, suggestions)
    ]
    own = seen.get(who.writes_for or who.side)
    return SheetPage(
        side=Side(who.writes_for or who.side).label,
        sections=sections,
        sheets=sheet_lines(case, who, sheets, seen),
        submitted_at=own.submitted_at if own else None,
        saved_at=own.saved_at if own and own.version else None,
        saved_by=own.saved_by if own else "",
        other_seen=any(side != who.side for side in seen),
        blind=case.policy.allocation.blind_views and next_steps.is_open(case),
    )


def _question(row: CriterionRow, form: ViewsForm | None) -> Question:
    if form is None:
        return Question(row, None, None)
    return Question(row, form[f"choice-{row.id}"], form[f"text-{row.id}"])
