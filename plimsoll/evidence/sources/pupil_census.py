"""The pupils of each school in January, as the performance tables publish them."""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, ALTERNATIVE, PRIMARY, SECONDARY, SPECIAL
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import EVERY_EMPTY, Covers, Layout, Source

# Until 2013-14 there was no SEN support and no plan, and the roll was counted otherwise.
# From 2018-19 eligibility for free school meals is published as a number only.
CENSUS: Final = FactTable(
    measures={
        "pupils.roll": ("NOR",),
        "pupils.fsm": ("PNUMFSM",),
        "pupils.fsm-ever6": ("PNUMFSMEVER",),
        "pupils.eal": ("PNUMEAL",),
        "pupils.ehc": ("PSENELSE",),
        "pupils.sen-support": ("PSENELK",),
    },
    la=("LA",),
    national=("URN", "LA", "ESTAB"),
)

SOURCE = Source(
    name="pupil-census",
    title="pupils of schools (performance tables)",
    publisher="Department for Education",
    address="https://www.compare-school-performance.service.gov.uk/download-data",
    usual_month="July",
    yearly=True,
    covers=Covers((PRIMARY, SECONDARY, ALL_THROUGH, SPECIAL, ALTERNATIVE)),
    layouts=(
        Layout(
            needs=("URN", "LA", "PNUMEAL", "PNUMFSMEVER"),
            keeper=partial(Facts, table=CENSUS),
            short_by=EVERY_EMPTY,
        ),
    ),
)
