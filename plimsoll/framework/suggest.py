"""What the last inspection suggests for each criterion, by the edition's rules.

An inspection is a plain mapping, so that evidence of any source can be judged:

    {"era": "overall", "overall": 2, "category": "", "safeguarding": "Yes",
     "judgements": {"quality_of_education": 2}, "date": "3 May 2022"}

Grades, areas and categories may be written as key or as label, in any case, with spaces,
hyphens or underscores: "Needs attention" and "needs_attention" are the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plimsoll.framework.judging import Condition, Criterion, EraRule, SuggestionRule
from plimsoll.framework.model import Edition
from plimsoll.framework.suggestions import Suggestion
from plimsoll.framework.texts import fill

Inspection = Mapping[str, Any]


def suggest(
    edition: Edition, inspection: Inspection | None, earlier: Sequence[Inspection] = ()
) -> tuple[Suggestion, ...]:
    """One suggestion for each criterion that inspections inform; `earlier` newest first."""
    informed = [c for c in edition.criteria if "inspections" in c.published]
    if inspection is None:
        silence = edition.no_suggestion.not_inspected
        return tuple(Suggestion(criterion.id, (), silence) for criterion in informed)
    findings = [Findings.of(edition, each) for each in (inspection, *earlier)]
    return tuple(_suggestion(edition, criterion, findings) for criterion in informed)


def _suggestion(
    edition: Edition, criterion: Criterion, findings: Sequence["Findings"]
) -> Suggestion:
    latest = findings[0]
    for rule in edition.suggestions:
        if rule.criterion == criterion.id and _fits(rule, findings):
            because = fill(rule.because, latest.in_words())
            return Suggestion(criterion.id, rule.descriptors, because, rule.assumed)
    return Suggestion(criterion.id, (), edition.no_suggestion.no_rule)


def _fits(rule: SuggestionRule, findings: Sequence["Findings"]) -> bool:
    latest, before = findings[0], findings[1:2]
    if latest.era.key != rule.era or not latest.meet(rule.when):
        return False
    return not rule.before or any(
        previous.era.key == wanted.era and previous.meet(wanted.when)
        for previous in before
        for wanted in rule.before
    )


@dataclass(frozen=True)
class Findings:
    """One inspection in the edition's own keys; what they do not know is left out."""

    era: EraRule
    overall: str
    category: str
    safeguarding: str
    areas: Mapping[str, str]
    category_label: str
    date: str

    @classmethod
    def of(cls, edition: Edition, inspection: Inspection) -> "Findings":
        era = edition.eras[inspection["era"]]
        graded = {
            _key_in(era.areas, area): _key_in(era.grades, grade)
            for area, grade in (inspection.get("judgements") or {}).items()
        }
        return cls(
            era=era,
            overall=_key_in(era.grades, inspection.get("overall")),
            category=_normal(inspection.get("category")),
            safeguarding=_normal(inspection.get("safeguarding")),
            areas={area: grade for area, grade in graded.items() if area and grade},
            category_label=str(inspection.get("category") or ""),
            date=str(inspection.get("date") or "unknown date"),
        )

    def meet(self, condition: Condition) -> bool:
        """Whether every part that the condition gives holds."""
        grades = set(self.areas.values())
        parts = (
            (condition.overall, self.overall in condition.overall),
            (condition.category, self.category in condition.category),
            (condition.safeguarding, self.safeguarding in condition.safeguarding),
            (condition.any_area, bool(grades & set(condition.any_area))),
            (condition.every_area, bool(grades) and grades <= set(condition.every_area)),
            *((True, self.areas.get(area) in wanted) for area, wanted in condition.areas.items()),
        )
        return all(holds for given, holds in parts if given)

    def in_words(self) -> dict[str, str]:
        labels = self.era.grades
        return {
            "overall": labels.get(self.overall, "nothing").lower(),
            "category": self.category_label,
            "safeguarding": self.safeguarding,
            "areas": ", ".join(
                f"{self.era.areas[area]}: {labels[grade].lower()}"
                for area, grade in self.areas.items()
            ),
            "date": self.date,
        }


def _normal(value: Any) -> str:
    """A grade, area or category as policy writes it: "Needs attention", needs-attention."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")


def _key_in(labels: Mapping[str, str], value: Any) -> str:
    """The key whose name or label this is, or nothing."""
    normal = _normal(value)
    if normal in labels:
        return normal
    return next((key for key, label in labels.items() if _normal(label) == normal), "")
