"""Suspensions and permanent exclusions of each school in a school year.

No file of it could be had. The columns are those of the data set “Suspensions and permanent
exclusions - school level” (`exc_school.csv`) in Explore Education Statistics, as it is
described there and read by others; its rates are for every hundred pupils.
"""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, ALTERNATIVE, PRIMARY, SECONDARY, SPECIAL
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import Covers, Layout, Source

# A release of one or two terms names them in place of the year: its rates are not a year's.
SUSPENSIONS: Final = FactTable(
    measures={
        "exclusions.suspensions": ("susp_rate",),
        "exclusions.suspended": ("one_plus_susp_rate",),
        "exclusions.permanent": ("perm_excl_rate",),
    },
    urn=("school_urn", "urn"),
    la=("old_la_code",),
    year=("time_period",),
    record=("time_identifier",),
    records={
        "Academic year": "school",
        "Autumn term": None,
        "Spring term": None,
        "Summer term": None,
        "Autumn and spring term": None,
    },
)

SOURCE = Source(
    name="suspensions",
    title="suspensions and permanent exclusions",
    publisher="Department for Education",
    address=(
        "https://explore-education-statistics.service.gov.uk/"
        "find-statistics/suspensions-and-permanent-exclusions-in-england"
    ),
    usual_month="July",
    yearly=True,
    lag=1,
    covers=Covers((PRIMARY, SECONDARY, ALL_THROUGH, SPECIAL, ALTERNATIVE)),
    layouts=(
        Layout(
            needs=(
                ("school_urn", "urn"),
                "time_period",
                "time_identifier",
                "susp_rate",
                "perm_excl_rate",
            ),
            keeper=partial(Facts, table=SUSPENSIONS),
        ),
    ),
)
