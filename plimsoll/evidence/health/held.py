"""What is held of each source: how old it is, of which years, of how many schools and areas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Max, Model

from plimsoll.evidence import sources
from plimsoll.evidence.layouts import Source
from plimsoll.evidence.models import AreaFact, ImportRun, Neighbour, PublishedRow
from plimsoll.evidence.years import is_school_year
from plimsoll.schools.models import Membership, School, SchoolLink

# Sources whose rows are records of their own: the model, and the field that is the subject.
SCHOOLS: Final[Mapping[str, tuple[type[Model], str]]] = {
    "gias": (School, "urn"),
    "gias-links": (SchoolLink, "urn"),
    "gias-groups": (Membership, "urn"),
}
AREAS: Final[Mapping[str, tuple[type[Model], str]]] = {"neighbours": (Neighbour, "area")}


@dataclass(frozen=True)
class Held:
    """One source, the last file of it, and what it covers."""

    source: Source
    last: ImportRun | None
    years: tuple[str, ...]  # school years, the oldest first
    schools: int
    areas: int
    today: date

    @property
    def age(self) -> int | None:
        """Days since the day its figures are as at; None where no file told a day."""
        return (self.today - self.last.as_at).days if self.last and self.last.as_at else None

    def as_plain(self) -> dict[str, Any]:
        last = self.last
        return {
            "source": self.source.name,
            "title": self.source.title,
            "publisher": self.source.publisher,
            "address": self.source.address,
            "usual_month": self.source.usual_month,
            "as_at": last.as_at.isoformat() if last and last.as_at else None,
            "years": list(self.years),
            "age_days": self.age,
            "read_in": last.at.isoformat() if last else None,
            "file": last.file if last else None,
            "schools": self.schools,
            "areas": self.areas,
        }


def held(today: date) -> list[Held]:
    """Every source, in the order of their names: a fixed number of queries."""
    newest = ImportRun.objects.order_by().values("source").annotate(newest=Max("pk"))
    last = {run.source: run for run in ImportRun.objects.filter(pk__in=newest.values("newest"))}
    schools = _counts(PublishedRow, "urn") | _of_records(SCHOOLS)
    areas = _counts(AreaFact, "area") | _of_records(AREAS)
    years = _years()
    return [
        Held(
            source,
            last.get(name),
            tuple(sorted(years.get(name, ()))),
            schools.get(name, 0),
            areas.get(name, 0),
            today,
        )
        for name, source in sorted(sources.known().items())
    ]


def _counts(model: type[Model], subject: str) -> dict[str, int]:
    rows = model._default_manager.order_by().values("source")
    counted = rows.annotate(subjects=Count(subject, distinct=True))
    return dict(counted.values_list("source", "subjects"))


def _of_records(records: Mapping[str, tuple[type[Model], str]]) -> dict[str, int]:
    return {
        name: model._default_manager.values(subject).distinct().count()
        for name, (model, subject) in records.items()
    }


def _years() -> dict[str, set[str]]:
    years: dict[str, set[str]] = {}
    for model in (PublishedRow, AreaFact):
        rows = model._default_manager.order_by().values_list("source", "year").distinct()
        for source, year in rows:
            if is_school_year(year):
                years.setdefault(source, set()).add(year)
    return years
