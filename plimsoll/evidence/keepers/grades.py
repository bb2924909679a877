"""Cells with a grade, or with the code that stands where there is none."""

from collections.abc import Mapping
from typing import Final

from plimsoll.evidence.eras import CATEGORIES, NO_CATEGORY, TERMS, Era, Status

Grade = tuple[str, str]  # grade, status

# What Ofsted's codes mean where a grade could stand.
_WITHOUT_GRADE: Final = {
    "": Status.NOT_PUBLISHED,
    "0": Status.INSUFFICIENT,
    "8": Status.NOT_APPLICABLE,
    "9": Status.NOT_JUDGED,
    "not judged": Status.NOT_JUDGED,
}


def grade_1_to_4(value: str) -> Grade:
    """A grade of the first two eras, or why there is none."""
    if value in TERMS[Era.OVERALL].grades:
        return value, Status.GRADED
    if (status := _WITHOUT_GRADE.get(value.casefold())) is None:
        raise ValueError("It is no grade that Ofsted uses: 1 to 4, 8, 9 or “Not judged”.")
    return "", status


def card_grade(value: str) -> Grade:
    """A grade of a report card, or why there is none: 9 stands for a monitoring visit."""
    key = value.casefold().replace(" ", "-")
    if key in TERMS[Era.REPORT_CARD].grades:
        return key, Status.GRADED
    if value == "9":
        return "", Status.MONITORING
    if value:
        raise ValueError("It is no grade of a report card.")
    return "", Status.NOT_PUBLISHED


def card_grade_where_applicable(value: str) -> Grade:
    return card_grade(value) if value else ("", Status.NOT_APPLICABLE)


def overall(value: str) -> tuple[int | None, str]:
    grade, status = grade_1_to_4(value)
    return int(grade) if grade else None, status


def category(value: str) -> Grade:
    """A category of concern; an empty cell says that there is none."""
    key = value.casefold()
    if key and key not in CATEGORIES:
        raise ValueError("It is no category of concern that this knows: SM, SWK or RSI.")
    return key or NO_CATEGORY, Status.GRADED


_SAFEGUARDING: Final[Mapping[str, Grade]] = {
    "yes": ("effective", Status.GRADED),
    "no": ("not-effective", Status.GRADED),
    "met": ("met", Status.GRADED),
    "not met": ("not-met", Status.GRADED),
    "8": ("", Status.NOT_APPLICABLE),
    "9": ("", Status.NOT_JUDGED),
    "": ("", Status.NOT_PUBLISHED),
}


def safeguarding(value: str) -> Grade:
    if (known := _SAFEGUARDING.get(value.casefold())) is None:
        raise ValueError("It is neither yes nor no, neither met nor not met.")
    return known
