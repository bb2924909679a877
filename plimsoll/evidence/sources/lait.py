"""Figures of authorities, regions and England: the Local Authority Interactive Tool (LAIT)."""

import re
from typing import Final

from plimsoll.core.streams import Unreadable
from plimsoll.evidence.keepers.areas import CODE, AreaFigures, authority, england, region
from plimsoll.evidence.layouts import Job, Layout, Reading, Source
from plimsoll.evidence.markers import figure
from plimsoll.evidence.models import Area, AreaMeasure, Release
from plimsoll.evidence.values import required, text
from plimsoll.evidence.years import school_year

# The dictionary's kinds of period that are school years, named for the year in which they
# end: a count in January belongs to the school year around it.
SCHOOL_YEARS: Final = frozenset({"Academic Year", "Annual - January"})
_ANY_FIGURE: Final = figure(-1e15, 1e15)
_NATION: Final = 970  # its number in LAIT; authorities come before it, regions after
_RELEASES: Final = {
    "prov": Release.PROVISIONAL,
    "rev": Release.REVISED,
    "final": Release.FINAL,
}
_LABEL: Final = re.compile(r"(?P<years>.*?)\s*\((?P<word>prov|rev|final)\)", re.IGNORECASE)


def period(label: str, kind: str) -> tuple[str, Release]:
    """A year as LAIT labels it: which it is, and how final its figures are.

    >>> period("2023 (Rev)", "Academic Year")
    ('2022-23', <Release.REVISED: 2>)
    >>> period("2016-17 (OT)", "Financial Year")
    ('2016-17 (OT)', <Release.FINAL: 3>)
    """
    found = _LABEL.fullmatch(label)
    years = found["years"] if found else label
    release = _RELEASES[found["word"].casefold()] if found else Release.FINAL
    if kind in SCHOOL_YEARS:
        return school_year(years), release
    if not re.match(r"20\d\d", years) or len(years) > 20:
        raise ValueError("It is no year.")
    return years, release


class Lait:
    """The keeper of the Local Authority Interactive Tool's long file: a line a figure."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._figures = AreaFigures(job)
        self._kinds = dict(AreaMeasure.objects.values_list("code", "period"))
        if not self._kinds:
            raise Unreadable(
                f"{job.run.file} does not say which of its years are school years. Its "
                "dictionary does: read that in first, as lait-measures."
            )

    def wants(self, row: list[str]) -> bool:
        return True

    def take(self, line: int, row: list[str]) -> None:
        reading = Reading(self.job.columns, row)
        measure = reading.get(required(text(60)), ("Short Desc",))
        kind = self._kinds.get(measure, "")
        years, release = reading.get(lambda label: period(label, kind), ("Years",))
        cell = reading.get(_ANY_FIGURE, ("Values",))
        self._figures.take(self._area(reading), years, {measure: cell}, release)

    def finish(self) -> None:
        self._figures.finish()

    def _area(self, reading: Reading) -> Area:
        name = reading.get(required(text(80)), ("LA and Regions",))
        number = reading.get(CODE, ("LA Number",))
        if number == _NATION:
            return england()
        if number > _NATION:
            return region(name)
        return authority(number, name, reading.get(text(80), ("Region",)))


SOURCE = Source(
    name="lait",
    title="figures of authorities (Local Authority Interactive Tool)",
    publisher="Department for Education",
    address="https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
    usual_month="several times a year",
    layouts=(
        Layout(needs=("Short Desc", "Years", "LA and Regions", "Values", "LA Number"), keeper=Lait),
    ),
)
