"""Inspections of three eras, as a file would have brought them."""

from datetime import date

from plimsoll.evidence.eras import Era, Kind, Status
from plimsoll.evidence.models import Inspection, InspectionGrade
from plimsoll.schools.models import School


def inspected(school: School) -> None:
    """Good in 2019, key judgements in 2024, a report card in 2026."""
    silent = {
        "overall_status": Status.NOT_JUDGED,
        "category_status": Status.NOT_PUBLISHED,
        "safeguarding_status": Status.NOT_PUBLISHED,
    }
    Inspection.objects.create(
        urn=school.urn, era=Era.OVERALL, kind=Kind.GRADED, starts=date(2019, 3, 5),
        overall=2, **(silent | {"overall_status": Status.GRADED}),
    )  # fmt: skip
    judged = Inspection.objects.create(
        urn=school.urn, era=Era.KEY_JUDGEMENTS, kind=Kind.GRADED, starts=date(2024, 10, 1), **silent
    )
    card = Inspection.objects.create(
        urn=school.urn, era=Era.REPORT_CARD, kind=Kind.GRADED, starts=date(2026, 2, 3), **silent
    )
    for inspection, area, grade in (
        (judged, "quality-of-education", "2"),
        (judged, "behaviour-and-attitudes", "3"),
        (card, "inclusion", "expected-standard"),
        (card, "achievement", "expected-standard"),
        (card, "attendance-and-behaviour", "needs-attention"),
    ):
        InspectionGrade.objects.create(
            inspection=inspection, area=area, grade=grade, status=Status.GRADED,
            graded_on=inspection.starts,
        )  # fmt: skip
