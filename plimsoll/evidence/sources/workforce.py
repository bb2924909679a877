"""The staff of each school in November, as the performance tables publish them."""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, PRIMARY, SECONDARY, SPECIAL
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import Covers, Layout, Source

# Until 2014-15 the columns had codes for names.
WORKFORCE: Final = FactTable(
    measures={
        "staff.ratio": ("Pupil: Teacher Ratio", "RATPUPTEA"),
        "staff.teachers": ("Total Number of Teachers (Full-Time Equivalent)", "NFTETEA"),
        "staff.assistants": (
            "Total Number of Teaching Assistants (Full-time Equivalent)",
            "NFTETEAAS",
        ),
        "staff.pay": (
            "Mean Gross FTE Salary of All Teachers (£s)",
            "Mean Gross FTE Salary of All Teachers",
            "SALARY",
        ),
    },
    la=("LA Number", "LA"),
    national=("LA Number", "LA", "Establishment Number", "URN"),
    # A school of 17.8 teachers stands there with no pupils for each.
    nought_is_none=frozenset({"staff.ratio"}),
)

SOURCE = Source(
    name="workforce",
    title="staff of schools (performance tables)",
    publisher="Department for Education",
    address="https://www.compare-school-performance.service.gov.uk/download-data",
    usual_month="July",
    yearly=True,
    covers=Covers((PRIMARY, SECONDARY, ALL_THROUGH, SPECIAL)),
    layouts=(
        Layout(
            needs=("URN", *(WORKFORCE.measures[key] for key in ("staff.ratio", "staff.teachers"))),
            keeper=partial(Facts, table=WORKFORCE),
        ),
    ),
)
