"""Where pupils were for two terms after key stage 4, and after 16 to 18.

The tables of a year tell of who had left two years before: in those of 2018-19 each school's
cohort after key stage 4 is exactly its pupils at the end of it in 2016-17.
"""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, SECONDARY, SPECIAL
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import EVERY_EMPTY, Covers, Layout, Source

AT_16: Final = FactTable(
    measures={
        "destinations.16-pupils": ("COHORT",),
        "destinations.16": ("OVERALL_DESTPER",),
        "destinations.16-education": ("EDUCATIONPER",),
        "destinations.16-none": ("NOT_SUSTAINEDPER",),
        "destinations.16-pupils-disadvantaged": ("COHORT_DIS",),
        "destinations.16-disadvantaged": ("OVERALL_DESTPER_DIS",),
        "destinations.16-others": ("OVERALL_DESTPER_NONDIS",),
    },
    la=("LEA",),
    years_back=2,
    records={"1": "school", "2": "school", "LA": "authority"},
    part="16",
)
AT_18: Final = FactTable(
    measures={
        "destinations.18-pupils": ("TOT_COHORT",),
        "destinations.18": ("TOT_OVERALLPER",),
        "destinations.18-higher": ("TOT_HEPER",),
        "destinations.18-none": ("TOT_NOT_SUSTAINEDPER",),
        "destinations.18-pupils-disadvantaged": ("TOT_COHORT_DIS",),
        "destinations.18-disadvantaged": ("TOT_OVERALLPER_DIS",),
        "destinations.18-others": ("TOT_OVERALLPER_NONDIS",),
    },
    la=("LEA",),
    years_back=2,
    records={"1": "school", "2": "school", "LA": "authority"},
    part="18",
)

SOURCE = Source(
    name="destinations",
    title="destinations after 16 and 18 (performance tables)",
    publisher="Department for Education",
    address="https://www.compare-school-performance.service.gov.uk/download-data",
    usual_month="February",
    yearly=True,
    lag=3,
    covers=Covers((SECONDARY, ALL_THROUGH, SPECIAL), age_from=15, age_to=16),
    layouts=(
        Layout(
            needs=("URN", "RECTYPE", "COHORT", "OVERALL_DESTPER"),
            keeper=partial(Facts, table=AT_16),
            short_by=EVERY_EMPTY,
        ),
        Layout(
            needs=("URN", "RECTYPE", "TOT_COHORT", "TOT_OVERALLPER"),
            keeper=partial(Facts, table=AT_18),
            short_by=EVERY_EMPTY,
        ),
    ),
)
