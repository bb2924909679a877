"""Absence of each school in a school year, as the performance tables publish it."""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, PRIMARY, SECONDARY, SPECIAL
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import Covers, Layout, Source

ABSENCE: Final = FactTable(
    measures={"absence.overall": ("PERCTOT",), "absence.persistent": ("PPERSABS10",)},
    la=("LA", "LEA"),
    national=("LA", "ESTAB"),
)

SOURCE = Source(
    name="absence",
    title="absence in schools (performance tables)",
    publisher="Department for Education",
    address="https://www.compare-school-performance.service.gov.uk/download-data",
    usual_month="March",
    yearly=True,
    lag=1,
    covers=Covers((PRIMARY, SECONDARY, ALL_THROUGH, SPECIAL)),
    layouts=(
        Layout(needs=("URN", "PERCTOT", "PPERSABS10"), keeper=partial(Facts, table=ABSENCE)),
        # Until 2014-15 a pupil was persistently absent from 15 % on: another figure.
        Layout(needs=("URN", "PERCTOT", "PPERSABS15"), keeper=partial(Facts, table=ABSENCE)),
    ),
)
