"""Income and spending of maintained schools (consistent financial reporting).

A financial year ends in March; its figures stand at the school year that ends after it.
"""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, PRIMARY, SECONDARY, SPECIAL
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import Covers, Layout, Source
from plimsoll.evidence.models import Release

MAINTAINED: Final = FactTable(
    measures={
        "money.income": ("Income",),
        "money.spending": ("Expenditure",),
        "money.balance": ("Balance",),
    },
    year=("Academic Year",),
    release=Release.EXTRACT,
)

SOURCE = Source(
    name="finance",
    title="income and spending of maintained schools (CFR)",
    publisher="Department for Education",
    address="https://financial-benchmarking-and-insights-tool.education.gov.uk/data-sources",
    usual_month="January",
    yearly=True,
    lag=1,
    covers=Covers((PRIMARY, SECONDARY, ALL_THROUGH, SPECIAL), academies=False),
    layouts=(
        Layout(
            needs=("URN", "Income", "Expenditure", "Balance"),
            keeper=partial(Facts, table=MAINTAINED),
        ),
    ),
)
