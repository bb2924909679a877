"""What is known of a school from published sources: a fixed number of queries, each time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from plimsoll.evidence.aside import cells_of_many
from plimsoll.evidence.eras import Status
from plimsoll.evidence.figures import Figure, Origin, origins
from plimsoll.evidence.models import Inspection, PublishedRow
from plimsoll.evidence.school.facts import series_of
from plimsoll.evidence.school.history import (
    Told,
    as_suggestion_input,
    last_grades,
    latest_with_grades,
)
from plimsoll.evidence.school.neighbourhood import deprivation_of
from plimsoll.evidence.school.series import Series
from plimsoll.framework import editions
from plimsoll.schools.models import Membership, School
from plimsoll.schools.queries import lineages

# The columns kept aside that the profile shows: source, column, key, label, unit.
CONTEXT: Final = (
    ("gias", "SchoolCapacity", "capacity", "Places", ""),
    ("gias", "PercentageFSM", "fsm", "Pupils eligible for free school meals", "%"),
    (
        "ofsted",
        "The income deprivation affecting children index (IDACI) quintile",
        "idaci",
        "Deprivation of its pupils' homes (IDACI), 5 the most deprived fifth",
        "of 5",
    ),
)


@dataclass(frozen=True)
class Evidence:
    """The published part of a school's evidence pack: what both sides see."""

    school: School
    inspections: tuple[Told, ...]  # newest first, predecessors' among them
    context: tuple[Figure, ...]
    series: Mapping[str, Series]  # by measure, in the order of the measures
    sources: tuple[Origin, ...]

    @cached_property
    def latest(self) -> Told | None:
        """The last inspection that has grades."""
        return latest_with_grades(self.inspections)

    @property
    def standing(self) -> str:
        """The last inspection in a word, or that there was none."""
        return self.latest.headline if self.latest else str(Status.NOT_INSPECTED.label)

    @property
    def figures(self) -> list[Figure]:
        """Every figure of the pack: what somebody may challenge."""
        inspected = [figure for told in self.inspections for figure in told.figures]
        return [*self.context, *self._measured, *inspected]

    @property
    def _measured(self) -> list[Figure]:
        return [
            point.figure
            for series in self.series.values()
            if series.measure.shown
            for point in series.points
        ]

    @property
    def suggestion_input(self) -> tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]:
        return as_suggestion_input(self.inspections)

    def as_plain(self) -> dict[str, Any]:
        """The same in plain values, to be frozen."""
        return {
            "urn": self.school.urn,
            "school": self.school.name,
            "standing": self.standing,
            "inspections": [told.as_plain() for told in self.inspections],
            "context": [figure.as_plain() for figure in self.context],
            "measures": [series.as_plain() for series in self.series.values()],
            "sources": [
                {
                    "source": origin.cited,
                    "publisher": origin.publisher,
                    "file": origin.file,
                    "as_at": origin.as_at.isoformat() if origin.as_at else None,
                    "sha256": origin.sha256,
                }
                for origin in self.sources
            ],
        }


def profile(school: School, today: date) -> Evidence:
    """All that published sources say of one school, as known today."""
    told = inspections_of(school, until=today)
    rows = {row.source: row for row in PublishedRow.objects.filter(urn=school.urn, source="ofsted")}
    read = (school.source_run, *(row.source_run for row in rows.values()))
    runs = origins(run for run in read if run)
    cells = cells_of_many([school, *rows.values()])
    context = [
        Figure.published(
            runs.get(school.source_run, Origin.of(None)),
            key="pupils",
            label="Pupils",
            cell="" if school.pupils is None else str(school.pupils),
        )
    ]
    for source, column, key, label, unit in CONTEXT:
        record = school if source == "gias" else rows.get(source)
        if record is not None:
            origin = runs.get(record.source_run, Origin.of(None))
            cell = cells[record].get(column, "")
            context.append(Figure.published(origin, key=key, label=label, cell=cell, unit=unit))
    context += deprivation_of(cells[school].get("LSOA (code)", ""))
    at_least = editions.current().profile.neighbours_at_least
    series = series_of([school], neighbours_at_least=at_least)[school.urn]
    measured = (point.origin for each in series.values() for point in each.points)
    cited = {one.origin.run_id: one.origin for one in told}
    cited |= {origin.run_id: origin for origin in (*runs.values(), *measured)}
    return Evidence(school, tuple(told), tuple(context), series, tuple(cited.values()))


def inspections_of(school: School, *, until: date | None = None) -> list[Told]:
    """The school's inspections and its predecessors', newest first."""
    return _told([school], until=until)[school.urn]


def inspections_of_many(
    schools: Iterable[School], *, until: date | None = None
) -> dict[int, list[Told]]:
    """The same for many, by URN, in as many queries."""
    return _told(list(schools), until=until)


def _told(schools: list[School], *, until: date | None = None) -> dict[int, list[Told]]:
    chains = lineages([school.urn for school in schools])
    inspected = _by_urn(chains, until)
    names = dict(
        School.objects.filter(
            urn__in={urn for chain in chains.values() for urn in chain[1:]}
        ).values_list("urn", "name")
    )
    joined = dict(
        Membership.objects.filter(urn__in=chains, kind__icontains="trust")
        .order_by("joined")
        .values_list("urn", "joined")
    )
    files = origins(one.source_run for found in inspected.values() for one in found)
    told: dict[int, list[Told]] = {}
    for school in schools:
        since = joined.get(school.urn) or (school.opened if school.trust_uid else None)
        found = [one for urn in chains[school.urn] for one in inspected.get(urn, ())]
        told[school.urn] = [
            Told(
                inspection=one,
                grades=last_grades(one),
                origin=files.get(one.source_run, Origin.of(None)),
                of_predecessor=one.urn != school.urn,
                school_name=one.school_name or names.get(one.urn) or school.name,
                before_joining=one.starts < since if since else None,
            )
            for one in sorted(found, key=lambda one: (one.starts, one.pk), reverse=True)
        ]
    return told


def _by_urn(chains: Mapping[int, list[int]], until: date | None) -> dict[int, list[Inspection]]:
    urns = {urn for chain in chains.values() for urn in chain}
    wanted = Inspection.objects.filter(urn__in=urns)
    if until is not None:
        wanted = wanted.filter(starts__lte=until)
    found: dict[int, list[Inspection]] = {}
    for one in wanted.prefetch_related("grades"):
        found.setdefault(one.urn, []).append(one)
    return found
