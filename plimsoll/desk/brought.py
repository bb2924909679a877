"""What one import brought: for which schools something changed, and which it covers anew.

Read from the audit trail and from the rows themselves, so it is what happened and not what
the import said of itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from plimsoll.core import audit
from plimsoll.core.models import Event
from plimsoll.evidence.markers import Marker
from plimsoll.evidence.models import ImportRun, PublishedRow
from plimsoll.framework.measures import MEASURES, shown
from plimsoll.schools.models import School

FIGURES, RECORDED = "figures.changed", "inspection.recorded"
CHANGED: Final = (FIGURES, RECORDED, "inspection.changed", "school.changed")
REGISTER: Final = "gias"
ABOUT: Final = {
    RECORDED: "A new inspection",
    "inspection.changed": "An inspection",
    "school.changed": "The register",
}


@dataclass(frozen=True)
class Named:
    """A school as a file names it: one that the register does not have stays a number."""

    urn: int
    name: str

    @property
    def is_known(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True)
class Changed:
    """What an import changed at one school, in words."""

    school: Named
    about: str
    changes: tuple[str, ...]


def changes(user: Any, run: ImportRun) -> QuerySet[Event]:
    """An event for each record that the import changed, by school."""
    events = audit.readable(user).filter(verb__in=CHANGED, at=run.at, after__run=run.pk)
    return events.order_by("urn", "pk")


def told(events: Iterable[Event]) -> list[Changed]:
    """The events of one page, in two queries whatever their number."""
    events = list(events)
    schools = {school.urn: school for school in named(event.urn or 0 for event in events)}
    rows = [event.subject_id for event in events if event.verb == FIGURES]
    years = dict(PublishedRow.objects.filter(pk__in=rows).values_list("pk", "year"))
    return [
        Changed(schools[event.urn or 0], _about(event, years), _in_words(event)) for event in events
    ]


def new(run: ImportRun) -> QuerySet[Any]:
    """The URNs of which this import was the first to bring a row of this source and year."""
    if run.source == REGISTER:
        rows: QuerySet[Any] = School.objects.filter(first_run=run.pk)
    else:
        rows = PublishedRow.objects.filter(source=run.source, first_run=run.pk)
    return rows.order_by("urn").values_list("urn", flat=True).distinct()


def named(urns: Iterable[int]) -> list[Named]:
    urns = list(urns)
    names = dict(School.objects.filter(pk__in=urns).values_list("urn", "name"))
    return [Named(urn, names.get(urn, "")) for urn in urns]


def _about(event: Event, years: Mapping[int, str]) -> str:
    return ABOUT.get(event.verb) or years.get(event.subject_id, "")


def _in_words(event: Event) -> tuple[str, ...]:
    before, after = event.before or {}, event.after or {}
    names = [name for name in (*after, *(set(before) - set(after))) if name != "run"]
    return tuple(
        f"{_label(name)}: {_value(name, before, new=True)} → {_value(name, after)}"
        for name in names
    )


def _label(name: str) -> str:
    measure = MEASURES.get(name)
    return measure.label if measure else name.replace("_", " ").capitalize()


def _value(name: str, values: Mapping[str, Any], *, new: bool = False) -> str:
    """A figure as a reader sees it, a marker in its words, nothing as nothing."""
    if name not in values:
        return "not held" if new else "no longer said"
    value = values[name]
    if (measure := MEASURES.get(name)) and isinstance(value, int | float):
        return shown(measure, value)
    if measure and value in Marker.values:
        label = str(Marker(value).label)
        return f"{label[:1].lower()}{label[1:]}"
    return "nothing" if value in (None, "") else str(value)
