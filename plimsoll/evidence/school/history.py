"""The inspections of a school, its predecessors' among them, as people read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from plimsoll.evidence import eras
from plimsoll.evidence.eras import Era, Kind, Status
from plimsoll.evidence.figures import Figure, Origin
from plimsoll.evidence.models import Inspection, InspectionGrade

# Inspections that a grade stands in; an ungraded one only confirms or warns.
WITH_GRADES: Final = (Kind.GRADED, Kind.UNSTATED)


@dataclass(frozen=True)
class Told:
    """One inspection in the history of one school."""

    inspection: Inspection
    grades: tuple[InspectionGrade, ...]  # the last for each area, in the era's order
    origin: Origin
    of_predecessor: bool
    school_name: str
    before_joining: bool | None  # before the school joined its trust, if it has one

    @property
    def urn(self) -> int:
        return self.inspection.urn

    @property
    def starts(self) -> date:
        return self.inspection.starts

    @property
    def era(self) -> str:
        return self.inspection.era

    @property
    def era_label(self) -> str:
        return str(Era(self.era).label)

    @property
    def kind_label(self) -> str:
        return self.inspection.type or str(Kind(self.inspection.kind).label)

    @property
    def has_grades(self) -> bool:
        return self.inspection.kind in WITH_GRADES

    @property
    def headline(self) -> str:
        """What the inspection came to, in its era's own terms."""
        if not self.has_grades:
            return self.inspection.outcome or "Ungraded"
        if self.era == Era.OVERALL:
            return self.inspection.overall_label
        return self.era_label

    @property
    def category_hint(self) -> str:
        """The category that a report card's grades usually go with, where none is recorded.

        Only ever a hint: the recorded category is what counts.
        """
        if self.era != Era.REPORT_CARD or self.inspection.category_status == Status.GRADED:
            return ""
        hint = eras.category_hint(self.judgements, self.inspection.safeguarding)
        return eras.CATEGORIES.get(hint, "")

    @property
    def judgements(self) -> dict[str, str]:
        """Area by area, what was graded."""
        return {grade.area: grade.grade for grade in self.grades if grade.status == Status.GRADED}

    @property
    def figures(self) -> list[Figure]:
        """Everything that the inspection found, each with its source."""
        if not self.has_grades:
            return [self._figure("outcome", "Outcome", self.headline, Status.NOT_JUDGED)]
        one = self.inspection
        found = []
        if self.era == Era.OVERALL or one.overall_status == Status.GRADED:
            found.append(
                self._figure("overall", "Overall grade", one.overall_label, one.overall_status)
            )
        found += [
            self._figure(grade.area, grade.area_label, grade.label, grade.status)
            for grade in self.grades
        ]
        found += [
            self._figure(
                "safeguarding", "Safeguarding", one.safeguarding_label, one.safeguarding_status
            ),
            self._figure(
                "category", "Category of concern", one.category_label, one.category_status
            ),
        ]
        return found

    def _figure(self, part: str, label: str, value: str, status: str) -> Figure:
        key = f"inspection.{self.urn}.{self.starts}.{part}"
        return Figure.of(self.origin, key=key, label=label, value=value, status=status)

    def as_plain(self) -> dict[str, Any]:
        return {
            "urn": self.urn,
            "school": self.school_name,
            "of_predecessor": self.of_predecessor,
            "starts": self.starts.isoformat(),
            "published": self.inspection.published and self.inspection.published.isoformat(),
            "number": self.inspection.number,
            "era": self.era,
            "kind": self.inspection.kind,
            "type": self.kind_label,
            "headline": self.headline,
            "web_link": self.inspection.web_link,
            "figures": [figure.as_plain() for figure in self.figures],
        }


def latest_with_grades(told: Sequence[Told]) -> Told | None:
    return next((one for one in told if one.has_grades), None)


def as_suggestion_input(
    told: Sequence[Told],
) -> tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]:
    """The last inspection with grades and those before it, as `framework.suggest` reads them."""
    found = [_as_finding(one) for one in told if one.has_grades]
    return (found[0], found[1:]) if found else (None, [])


def _as_finding(one: Told) -> Mapping[str, Any]:
    inspection = one.inspection
    return {
        "era": one.era,
        "overall": inspection.overall,
        "category": eras.CATEGORIES.get(inspection.category, ""),
        "safeguarding": inspection.safeguarding,
        "judgements": one.judgements,
        "date": f"{one.starts.day} {one.starts:%B %Y}",
    }


def last_grades(inspection: Inspection) -> tuple[InspectionGrade, ...]:
    """The last grade of each area, in the order in which the era names its areas."""
    last: dict[str, InspectionGrade] = {}
    for grade in sorted(inspection.grades.all(), key=lambda grade: grade.graded_on):
        if grade.status != Status.MONITORING or grade.area not in last:
            last[grade.area] = grade
    return tuple(last[area] for area in eras.TERMS[inspection.era].areas if area in last)
