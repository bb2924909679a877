"""Results at the end of 16 to 18 study, as the performance tables publish them."""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, POST_16, SECONDARY
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import EVERY_EMPTY, Covers, Layout, Source

TABLES: Final = FactTable(
    measures={
        "ks5.alevel-pupils": ("TALLPUP_ALEV_1618",),
        "ks5.alevel-points": ("TALLPPE_ALEV_1618",),
        "ks5.alevel-progress": ("VA_INS_ALEV",),
        "ks5.alevel-progress-low": ("LCI_INS_ALEV",),
        "ks5.alevel-progress-high": ("UCI_INS_ALEV",),
        "ks5.applied-pupils": ("TALLPUP_AGEN",),
        "ks5.applied-points": ("TALLPPE_AGEN",),
        "ks5.applied-progress": ("VA_INS_AGEN",),
        "ks5.applied-progress-low": ("LCI_INS_AGEN",),
        "ks5.applied-progress-high": ("UCI_INS_AGEN",),
        "ks5.alevel-disadvantaged": ("TALLPUP_ALEV_1618_DIS",),
        "ks5.alevel-points-disadvantaged": ("TALLPPE_ALEV_1618_DIS",),
        "ks5.alevel-points-others": ("TALLPPE_ALEV_1618_NOTDIS",),
    },
    la=("LEA",),
    # 3 is a centre or consortium of several schools, 5 every school of England, 7 those that
    # the state pays for.
    records={"1": "school", "3": None, "4": "authority", "5": None, "7": "england"},
)

SOURCE = Source(
    name="ks5",
    title="results at 18 (performance tables)",
    publisher="Department for Education",
    address="https://www.compare-school-performance.service.gov.uk/download-data",
    usual_month="March",
    yearly=True,
    lag=1,
    covers=Covers((SECONDARY, ALL_THROUGH, POST_16), age_from=17, age_to=18),
    layouts=(
        Layout(
            needs=("URN", "RECTYPE", "TALLPPE_ALEV_1618"),
            keeper=partial(Facts, table=TABLES),
            short_by=EVERY_EMPTY,
        ),
    ),
)
