"""Three eras of inspection: what each speaks of, and what its codes mean.

The national table of names, as published. What follows from a grade is policy, and is in
the authority's own files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import models


class Era(models.TextChoices):
    OVERALL = "overall", "Overall grade"
    KEY_JUDGEMENTS = "key-judgements", "Key judgements, no overall grade"
    REPORT_CARD = "report-card", "Report card"


class Kind(models.TextChoices):
    GRADED = "graded", "Graded inspection"
    UNGRADED = "ungraded", "Ungraded inspection"
    # The short layout of 2018 has the grade then in force, and the last day of whichever
    # inspection was the latest.
    UNSTATED = "unstated", "Graded or short inspection"


class Status(models.TextChoices):
    """Why a place has a grade, or has none: never a blank, never a nought."""

    GRADED = "graded", "Graded"
    PUBLISHED = "published", "Published"
    NOT_JUDGED = "not-judged", "Not judged"
    NOT_APPLICABLE = "not-applicable", "Does not apply"
    NOT_PUBLISHED = "not-published", "Not published"
    INSUFFICIENT = "insufficient", "Not enough evidence to judge"
    MONITORING = "monitoring", "Not graded at this monitoring visit"
    NOT_INSPECTED = "not-inspected", "Not inspected"


@dataclass(frozen=True)
class Terms:
    """How the inspections of one era speak."""

    starts: date
    grades: Mapping[str, str]
    areas: Mapping[str, str]


_FOUR_GRADES: Final = {
    "1": "Outstanding",
    "2": "Good",
    "3": "Requires improvement",
    "4": "Inadequate",
}
_SINCE_2019: Final = {
    "quality-of-education": "Quality of education",
    "behaviour-and-attitudes": "Behaviour and attitudes",
    "personal-development": "Personal development",
    "leadership-and-management": "Effectiveness of leadership and management",
    "early-years": "Early years provision",
    "sixth-form": "Sixth form provision",
}

TERMS: Final[Mapping[str, Terms]] = {
    Era.OVERALL: Terms(date.min, _FOUR_GRADES, _SINCE_2019),
    Era.KEY_JUDGEMENTS: Terms(date(2024, 9, 2), _FOUR_GRADES, _SINCE_2019),
    Era.REPORT_CARD: Terms(
        date(2025, 11, 10),
        {
            "exceptional": "Exceptional",
            "strong-standard": "Strong standard",
            "expected-standard": "Expected standard",
            "needs-attention": "Needs attention",
            "urgent-improvement": "Urgent improvement",
        },
        {
            "inclusion": "Inclusion",
            "curriculum-and-teaching": "Curriculum and teaching",
            "achievement": "Achievement",
            "attendance-and-behaviour": "Attendance and behaviour",
            "personal-development-and-wellbeing": "Personal development and wellbeing",
            "early-years": "Early years",
            "post-16": "Post-16 provision",
            "leadership-and-governance": "Leadership and governance",
        },
    ),
}

# Areas that a school without such pupils does not have.
WHERE_APPLICABLE: Final = frozenset({"early-years", "sixth-form", "post-16"})

CATEGORIES: Final = {
    "sm": "Special measures",
    "swk": "Serious weaknesses",
    "rsi": "Requires significant improvement",
}
NO_CATEGORY: Final = "none"

SAFEGUARDING: Final = {
    "effective": "Effective",
    "not-effective": "Not effective",
    "met": "Standards met",
    "not-met": "Standards not met",
}


def era_of(day: date) -> Era:
    """The era of an inspection that began on this day.

    >>> era_of(date(2024, 9, 2)).value
    'key-judgements'
    """
    return Era(max((terms.starts, era) for era, terms in TERMS.items() if terms.starts <= day)[1])


def grade_label(era: str, grade: Any, status: str) -> str:
    """The grade's name, or in words why there is none."""
    if status == Status.GRADED:
        return TERMS[era].grades[str(grade)]
    return str(Status(status).label)


def area_label(era: str, area: str) -> str:
    return TERMS[era].areas[area]


def category_label(category: str, status: str) -> str:
    if status != Status.GRADED:
        return str(Status(status).label)
    return CATEGORIES.get(category, "No category of concern")


def safeguarding_label(value: str, status: str) -> str:
    return SAFEGUARDING[value] if status == Status.GRADED else str(Status(status).label)


def category_hint(grades: Mapping[str, str], safeguarding: str) -> str:
    """The category of concern that a report card's grades usually go with.

    Only a hint: the category is what the Chief Inspector gave notice of, and the recorded
    one stands.
    """
    urgent = {area for area, grade in grades.items() if grade == "urgent-improvement"}
    leadership = "leadership-and-governance" in urgent
    unsafe = safeguarding == "not-met"
    if leadership and (len(urgent) > 1 or unsafe):
        return "sm"
    return "rsi" if urgent or unsafe else ""
