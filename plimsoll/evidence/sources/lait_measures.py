"""What the figures of authorities are: the dictionary of the Local Authority Interactive Tool."""

from functools import partial
from typing import Final

from plimsoll.evidence.keepers.tables import Mapped, Rows
from plimsoll.evidence.layouts import Layout, Source
from plimsoll.evidence.models import AreaMeasure
from plimsoll.evidence.values import required, text


def polarity(value: str) -> str:
    """Which way is good, where either is."""
    return value.casefold() if value in ("High", "Low") else ""


def decimals(value: str) -> int | None:
    """How many the publisher shows; None where it does not say."""
    return int(value) if value.isdecimal() and len(value) == 1 else None


def in_order(value: str) -> bool:
    """Whether the publisher puts authorities in order by it: “N” says no."""
    return value != "N"


MEASURES: Final = Mapped(
    model=AreaMeasure,
    key={
        "code": (required(text(60)), ("Measure_short",)),
        "topic": (required(text(60)), ("Topic",)),
    },
    fields={
        "label": (required(text(200)), ("Measure",)),
        "good": (polarity, ("Polarity",)),
        "unit": (text(60), ("y_axis_name",)),
        "decimals": (decimals, ("dps",)),
        "period": (text(30), ("Year_Type",)),
        "quartile": (in_order, ("No_Quartile",)),
        "description": (text(10_000), ("Description",)),
        "supplier": (text(300), ("Data Owner (DO) /Supplier and Contact Details",)),
    },
)

SOURCE = Source(
    name="lait-measures",
    title="the dictionary of the figures of authorities (LAIT)",
    publisher="Department for Education",
    address="https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
    usual_month="several times a year",
    layouts=(
        Layout(
            needs=("Measure_short", "Topic", "Measure", "Polarity", "Year_Type"),
            keeper=partial(Rows, mapped=MEASURES),
        ),
    ),
)
