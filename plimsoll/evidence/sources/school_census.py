"""The school census: “Schools, pupils and their characteristics”, school by school."""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, ALTERNATIVE, NURSERY, PRIMARY, SECONDARY, SPECIAL
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import Covers, Layout, Source
from plimsoll.evidence.models import Release

UNDERLYING: Final = FactTable(
    measures={
        "pupils.roll": ("headcount of pupils",),
        "pupils.fsm": ("% of pupils known to be eligible for free school meals",),
        "pupils.eal": (
            "% of pupils whose first language is known or believed to be other than English",
        ),
    },
    la=("old_la_code",),
    year=("time_period",),
)
# A list that others have made of it.
CHARACTERISTICS: Final = FactTable(
    measures={
        "pupils.roll": ("pupils_on_roll",),
        "pupils.fsm": ("fsm_pct",),
        "pupils.eal": ("eal_pct",),
        "pupils.class-size": ("class_size_avg",),
    },
    year=("year",),
    # A school of 196 pupils stands there with classes of none.
    nought_is_none=frozenset({"pupils.class-size"}),
    release=Release.EXTRACT,
)

SOURCE = Source(
    name="school-census",
    title="the school census (Schools, pupils and their characteristics)",
    publisher="Department for Education",
    address=(
        "https://explore-education-statistics.service.gov.uk/"
        "find-statistics/school-pupils-and-their-characteristics"
    ),
    usual_month="June",
    yearly=True,
    covers=Covers((NURSERY, PRIMARY, SECONDARY, ALL_THROUGH, SPECIAL, ALTERNATIVE)),
    layouts=(
        Layout(
            needs=("urn", "time_period", "headcount of pupils"),
            keeper=partial(Facts, table=UNDERLYING),
        ),
        Layout(
            needs=("urn", "year", "pupils_on_roll", "fsm_pct"),
            keeper=partial(Facts, table=CHARACTERISTICS),
        ),
    ),
)
