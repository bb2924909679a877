"""Attendance in the year so far, by authority and region (Explore Education Statistics)."""

from typing import Final

from plimsoll.evidence.keepers.areas import CODE, AreaFigures, authority, england, region
from plimsoll.evidence.layouts import Job, Layout, Reading, Source
from plimsoll.evidence.markers import figure
from plimsoll.evidence.models import Area, AreaMeasure, Release
from plimsoll.evidence.values import BadCell, required, text
from plimsoll.evidence.years import school_year

SO_FAR: Final = "Attendance in the year so far"
KINDS_OF_SCHOOL: Final = {
    "Primary": "primary schools",
    "Secondary": "secondary schools",
    "Special": "special schools",
    "Total": "all schools",
}
# Column, label, and which way is good.
IN_THE_YEAR: Final = {
    "absence": ("overall_absence_perc", "Overall absence", "low"),
    "persistent": ("pa_perc", "Persistent absence", "low"),
    "authorised": ("authorised_absence_perc", "Authorised absence", ""),
    "unauthorised": ("unauthorised_absence_perc", "Unauthorised absence", "low"),
}


class Attendance:
    """The keeper of attendance in the year so far, by authority and kind of school."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._figures = AreaFigures(job)

    def wants(self, row: list[str]) -> bool:
        """Rows of a week or a term stand beside those of the year."""
        reading = Reading(self.job.columns, row)
        kind = reading.get(text(200), ("time_identifier",))
        known = reading.get(text(200), ("education_phase",)) in KINDS_OF_SCHOOL
        return kind == "Academic year" and known

    def take(self, line: int, row: list[str]) -> None:
        reading = Reading(self.job.columns, row)
        year = reading.get(required(school_year), ("time_period",))
        schools = reading.get(text(20), ("education_phase",)).casefold()
        cells = {
            f"so-far.{schools}.{key}": reading.get(figure(0, 100), (column,))
            for key, (column, _, _) in IN_THE_YEAR.items()
        }
        self._figures.take(_of_level(reading), year, cells, Release.PROVISIONAL)

    def finish(self) -> None:
        self._figures.finish()
        AreaMeasure.objects.bulk_create(
            [
                AreaMeasure(
                    code=f"so-far.{schools.casefold()}.{key}",
                    topic=SO_FAR,
                    label=f"{label} so far, {words}",
                    good=good,
                    unit="%",
                    decimals=1,
                    period="Academic Year",
                    supplier="Department for Education",
                    first_run=self.job.run.pk,
                    source_run=self.job.run.pk,
                )
                for schools, words in KINDS_OF_SCHOOL.items()
                for key, (_, label, good) in IN_THE_YEAR.items()
            ],
            ignore_conflicts=True,
        )


def _of_level(reading: Reading) -> Area:
    """Whom a row of Explore Education Statistics is about."""
    level = reading.get(text(60), ("geographic_level",))
    if level == "National":
        return england()
    name = reading.get(required(text(80)), ("region_name",))
    if level == "Regional":
        return region(name)
    if level == "Local authority":
        code = reading.get(CODE, ("old_la_code",))
        return authority(code, reading.get(required(text(80)), ("la_name",)), name)
    raise BadCell("geographic_level", level, "It is no level that this knows.")


SOURCE = Source(
    name="attendance",
    title="attendance in the year so far (Explore Education Statistics)",
    publisher="Department for Education",
    address=(
        "https://explore-education-statistics.service.gov.uk/find-statistics/"
        "pupil-attendance-in-schools"
    ),
    usual_month="every two weeks",
    layouts=(
        Layout(
            needs=(
                "time_period",
                "time_identifier",
                "geographic_level",
                "old_la_code",
                "education_phase",
                "overall_absence_perc",
                "pa_perc",
            ),
            keeper=Attendance,
        ),
    ),
)
