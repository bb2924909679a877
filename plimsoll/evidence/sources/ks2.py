"""Results at the end of key stage 2: the performance tables, and extracts of them."""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, PRIMARY, SPECIAL
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import EVERY_EMPTY, Covers, Layout, Source
from plimsoll.evidence.models import Release

TABLES: Final = FactTable(
    measures={
        "ks2.pupils": ("TELIG",),
        "ks2.disadvantaged": ("TFSM6CLA1A",),
        "ks2.rwm-expected": ("PTRWM_EXP",),
        "ks2.rwm-higher": ("PTRWM_HIGH",),
        "ks2.reading-expected": ("PTREAD_EXP",),
        "ks2.writing-expected": ("PTWRITTA_EXP",),
        "ks2.maths-expected": ("PTMAT_EXP",),
        "ks2.gps-expected": ("PTGPS_EXP",),
        "ks2.reading-progress": ("READPROG",),
        "ks2.reading-progress-low": ("READPROG_LOWER",),
        "ks2.reading-progress-high": ("READPROG_UPPER",),
        "ks2.writing-progress": ("WRITPROG",),
        "ks2.writing-progress-low": ("WRITPROG_LOWER",),
        "ks2.writing-progress-high": ("WRITPROG_UPPER",),
        "ks2.maths-progress": ("MATPROG",),
        "ks2.maths-progress-low": ("MATPROG_LOWER",),
        "ks2.maths-progress-high": ("MATPROG_UPPER",),
        "ks2.reading-score": ("READ_AVERAGE",),
        "ks2.maths-score": ("MAT_AVERAGE",),
        "ks2.gps-score": ("GPS_AVERAGE",),
        "ks2.rwm-disadvantaged": ("PTRWM_EXP_FSM6CLA1A",),
        "ks2.rwm-others": ("PTRWM_EXP_NotFSM6CLA1A",),
    },
    la=("LEA",),
    # 4 is every school of England, 5 those that the state pays for.
    records={"1": "school", "2": "school", "3": "authority", "4": None, "5": "england"},
)
BY_YEAR: Final = FactTable(
    measures={
        "ks2.pupils": ("KS2 Pupils",),
        "ks2.rwm-expected": ("Overall Meet Std",),
        "ks2.rwm-higher": ("Overall Exceed Std",),
        "ks2.reading-expected": ("Reading Meet Std",),
        "ks2.writing-expected": ("Writing Meet Std",),
        "ks2.maths-expected": ("Maths Meet Std",),
        "ks2.reading-progress": ("Reading Progress",),
        "ks2.writing-progress": ("Writing Progress",),
        "ks2.maths-progress": ("Maths Progress",),
        "ks2.reading-score": ("Reading Score",),
        "ks2.maths-score": ("Maths Score",),
    },
    year=("Academic Year",),
    release=Release.EXTRACT,
)
BY_NAME: Final = FactTable(
    measures={
        "ks2.rwm-expected": ("rwm",),
        "ks2.rwm-higher": ("hs",),
        "ks2.reading-score": ("read",),
        "ks2.maths-score": ("maths",),
        "ks2.gps-score": ("gps",),
    },
    la=("lea",),
    # It has one school with nobody at the expected standard whose average scores in reading
    # and maths are about that standard: what it lacks of that school is the writing.
    nought_is_none=frozenset({"ks2.rwm-expected"}),
    release=Release.EXTRACT,
)

SOURCE = Source(
    name="ks2",
    title="key stage 2 results (performance tables)",
    publisher="Department for Education",
    address="https://www.compare-school-performance.service.gov.uk/download-data",
    usual_month="December",
    yearly=True,
    covers=Covers((PRIMARY, ALL_THROUGH, SPECIAL), age_from=10, age_to=11),
    layouts=(
        Layout(
            needs=("URN", "RECTYPE", "READPROG"),
            keeper=partial(Facts, table=TABLES),
            short_by=EVERY_EMPTY,
        ),
        Layout(needs=("URN", "KS2 Pupils"), keeper=partial(Facts, table=BY_YEAR)),
        Layout(needs=("URN", "rwm", "hs"), keeper=partial(Facts, table=BY_NAME)),
    ),
)
