"""Keeps the figures of areas: authorities, regions, England, neighbourhoods.

Such files are read whole, whichever authorities are asked for: an authority's rank needs
the others, and its neighbours may be anywhere.
"""

from collections.abc import Iterable
from typing import Final

from django.utils.text import slugify

from plimsoll.evidence.keepers import bulk
from plimsoll.evidence.keepers.figures import Figures
from plimsoll.evidence.layouts import Job
from plimsoll.evidence.markers import Cell
from plimsoll.evidence.models import ENGLAND, Area, AreaFact, Release
from plimsoll.evidence.values import BadCell, required, whole

# What one publication calls a region and another otherwise.
REGIONS: Final = {"london-inner": "inner-london", "london-outer": "outer-london"}
CODE: Final = required(whole(1, 999))


def authority(code: int, name: str, region: str = "") -> Area:
    return Area(code=str(code), name=name, kind=Area.Kind.AUTHORITY, region=region_code(region))


def region(name: str) -> Area:
    return Area(code=region_code(name), name=name, kind=Area.Kind.REGION)


def england() -> Area:
    return Area(code=ENGLAND, name="England", kind=Area.Kind.COUNTRY)


def region_code(name: str) -> str:
    """A region's code, whoever writes its name.

    >>> region_code("North West"), region_code("London (Outer)")
    ('north-west', 'outer-london')
    """
    code = slugify(name)[:30]
    return REGIONS.get(code, code)


def know(areas: Iterable[Area]) -> None:
    """Add the areas that are new; of one that is known only a missing region is filled in."""
    given = {area.code: area for area in areas}
    Area.objects.bulk_create(given.values(), ignore_conflicts=True)
    for known in Area.objects.filter(code__in=given, kind=Area.Kind.AUTHORITY, region=""):
        known.region = given[known.code].region
        known.save(update_fields=["region"])


class AreaFigures:
    """The figures of areas that one file holds, each as final as it says."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._kept: dict[Release, Figures] = {}
        self._areas: dict[str, Area] = {}
        self._seen: dict[tuple[str, str], set[str]] = {}
        self._waiting = 0

    def take(
        self,
        area: Area | str,
        period: str,
        cells: dict[str, Cell],
        release: Release = Release.FINAL,
    ) -> None:
        code = area if isinstance(area, str) else area.code
        for measure in cells:
            seen = self._seen.setdefault((measure, period), set())
            if code in seen:
                raise BadCell("", code, f"The file has {measure} of {period} twice for it.")
            seen.add(code)
        if isinstance(area, Area):
            self._areas.setdefault(code, area)
        kept = self._kept.setdefault(release, Figures(self.job, AreaFact, "area", release))
        kept.take(code, period, cells)
        self._waiting += len(cells)
        if self._waiting >= bulk.BATCH:
            self._flush()

    def finish(self) -> None:
        self._flush()
        know(self._areas.values())
        if self.job.counts.created:
            bulk.count_again(AreaFact)

    def _flush(self) -> None:
        changes = [change for kept in self._kept.values() for change in kept.keep().values()]
        updated = sum(len(change.before) for change in changes)
        created = sum(len(change.after) for change in changes) - updated
        counts = self.job.counts
        counts.created += created
        counts.updated += updated
        counts.unchanged += self._waiting - created - updated
        self._waiting = 0
