"""The schools of the demonstration, what was published about them, and their calendar."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from plimsoll.allocations.models import PastBand
from plimsoll.desk.demo.days import ago
from plimsoll.desk.demo.origin import run_of
from plimsoll.evidence import eras
from plimsoll.evidence.eras import Era, Kind, Status
from plimsoll.evidence.models import ImportRun, Inspection, InspectionGrade
from plimsoll.framework.editions import current
from plimsoll.people.models import User
from plimsoll.schools import closures, contacts
from plimsoll.schools.models import Group, Membership, School, SchoolLink
from plimsoll.schools.types import TYPES

SINCE: Final = 300
SPREADSHEET: Final = "the service’s spreadsheet"
TYPE_NAMES: Final = {code: name for name, code in TYPES.items()}
# Which of Ofsted's files tells of inspections of which era.
INSPECTIONS: Final = {
    Era.OVERALL: "ofsted",
    Era.KEY_JUDGEMENTS: "ofsted",
    Era.REPORT_CARD: "ofsted-report-cards",
}
WITH_EARLY_YEARS: Final = ("nursery", "primary", "all-through")


def make(data: Mapping[str, Any], *, file: Path, at: datetime) -> None:
    """The register and the inspections, each as if a file of its source had been read."""
    rows = {
        "gias": data["schools"],
        "gias-groups": data["groups"],
        "gias-links": data["links"],
        **dict.fromkeys(INSPECTIONS.values(), data["inspections"]),
    }
    origins = {
        source: _origin(run_of(file, source, as_at=data["as_at"], rows=len(found), at=at))
        for source, found in rows.items()
    }
    _schools(data["schools"], origins["gias"], at)
    _groups(data["groups"], origins["gias-groups"])
    links = (SchoolLink(**link, **origins["gias-links"]) for link in data["links"])
    SchoolLink.objects.bulk_create(links)
    for found in data["inspections"]:
        era = eras.era_of(found["starts"])
        _inspection(found, era, origins[INSPECTIONS[era]])


def _origin(run: ImportRun) -> dict[str, int]:
    return {"first_run": run.pk, "source_run": run.pk}


def _schools(rows: Iterable[Mapping[str, Any]], origin: Mapping[str, int], at: datetime) -> None:
    authority = current().authority
    for row in rows:
        facts = {key: value for key, value in row.items() if key != "bands"}
        school = School.objects.create(
            **{"status": "1", "town": "Harbourside"} | facts,
            la=authority.la_codes[0],
            la_name=authority.name,
            number=row["urn"] - 900000 + 2000,
            type_name=TYPE_NAMES[row["type"]],
            **origin,
        )
        PastBand.objects.bulk_create(
            PastBand(
                school=school, year=year, band=band, source=SPREADSHEET, entered_at=ago(at, SINCE)
            )
            for year, band in row.get("bands", {}).items()
        )


def _groups(rows: Iterable[Mapping[str, Any]], origin: Mapping[str, int]) -> None:
    for row in rows:
        group = Group.objects.create(uid=row["uid"], name=row["name"], kind=row["kind"], **origin)
        Membership.objects.bulk_create(
            Membership(urn=int(urn), uid=group.uid, kind=group.kind, joined=joined, **origin)
            for urn, joined in row["members"].items()
        )


def _inspection(found: Mapping[str, Any], era: Era, origin: Mapping[str, int]) -> None:
    """One inspection in the terms of its era; without a grade, an ungraded one."""
    school = School.objects.get(pk=found["urn"])
    graded = "grade" in found
    said = Status.GRADED if graded else Status.NOT_JUDGED
    safe = "met" if era == Era.REPORT_CARD else "effective"
    inspection = Inspection.objects.create(
        urn=school.urn,
        school_name=school.name,
        era=era,
        kind=Kind.GRADED if graded else Kind.UNGRADED,
        starts=found["starts"],
        ends=found["starts"],
        overall=int(found["grade"]) if graded and era == Era.OVERALL else None,
        overall_status=said if era == Era.OVERALL else Status.NOT_JUDGED,
        category=found.get("category", eras.NO_CATEGORY) if graded else "",
        category_status=said,
        safeguarding=found.get("safeguarding", safe) if graded else "",
        safeguarding_status=said,
        outcome=found.get("outcome", ""),
        **origin,
    )
    if graded:
        InspectionGrade.objects.bulk_create(
            InspectionGrade(
                inspection=inspection,
                area=area,
                grade=found.get("but", {}).get(area, found["grade"]),
                status=Status.GRADED,
                graded_on=inspection.starts,
            )
            for area in _areas(era, school.phase)
        )


def _areas(era: str, phase: str) -> Iterator[str]:
    """The areas that an inspection of this era grades at a school of this phase."""
    for area in eras.TERMS[era].areas:
        if area not in eras.WHERE_APPLICABLE or (
            area == "early-years" and phase in WITH_EARLY_YEARS
        ):
            yield area


def enter(
    data: Mapping[str, Any], reached: Iterable[Mapping[str, Any]], *, by: User, at: datetime
) -> None:
    """What no register gives and the authority enters: terms, closures, contacts."""
    began = ago(at, SINCE)
    for term in data["terms"]:
        closures.add_term(school=None, **term, by=by, at=began)
    for closure in data["closures"]:
        facts = {key: value for key, value in closure.items() if key != "school"}
        urn = closure.get("school")
        school = School.objects.get(pk=urn) if urn else None
        closures.add_closure(school=school, **facts, by=by, at=began)
    for contact in reached:
        facts = dict(contact) | {"school": School.objects.get(pk=contact["school"])}
        contacts.add(**facts, starts=began.date(), by=by, at=began)
