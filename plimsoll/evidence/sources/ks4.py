"""Results at the end of key stage 4: the performance tables, and extracts of them."""

from functools import partial
from typing import Final

from plimsoll.evidence.groups import ALL_THROUGH, SECONDARY, SPECIAL
from plimsoll.evidence.keepers.facts import Facts, FactTable
from plimsoll.evidence.layouts import EVERY_EMPTY, Covers, Layout, Source
from plimsoll.evidence.models import Release

TABLES: Final = FactTable(
    measures={
        "ks4.pupils": ("TPUP",),
        "ks4.disadvantaged": ("TFSM6CLA1A",),
        "ks4.attainment8": ("ATT8SCR",),
        "ks4.progress8": ("P8MEA",),
        "ks4.progress8-low": ("P8CILOW",),
        "ks4.progress8-high": ("P8CIUPP",),
        "ks4.english-maths-5": ("PTL2BASICS_95",),
        "ks4.english-maths-4": ("PTL2BASICS_94",),
        "ks4.ebacc-entry": ("PTEBACC_E_PTQ_EE",),
        "ks4.ebacc-points": ("EBACCAPS",),
        "ks4.attainment8-disadvantaged": ("ATT8SCR_FSM6CLA1A",),
        "ks4.attainment8-others": ("ATT8SCR_NFSM6CLA1A",),
        "ks4.progress8-disadvantaged": ("P8MEA_FSM6CLA1A",),
        "ks4.progress8-disadvantaged-low": ("P8CILOW_FSM6CLA1A",),
        "ks4.progress8-disadvantaged-high": ("P8CIUPP_FSM6CLA1A",),
        "ks4.progress8-others": ("P8MEA_NFSM6CLA1A",),
        "ks4.english-maths-5-disadvantaged": ("PTFSM6CLA1ABASICS_95",),
        "ks4.english-maths-5-others": ("PTNOTFSM6CLA1ABASICS_95",),
    },
    la=("LEA",),
    # 5 is every school of England, 7 those that the state pays for.
    records={"1": "school", "2": "school", "4": "authority", "5": None, "7": "england"},
)
BY_YEAR: Final = FactTable(
    measures={
        "ks4.pupils": ("KS4 Pupils",),
        "ks4.attainment8": ("Attainment 8",),
        "ks4.progress8": ("Progress 8",),
        # In the file of 2016 this is grade C or above, which `since` leaves out.
        "ks4.english-maths-5": ("Eng Maths Grade 5",),
        "ks4.ebacc-entry": ("Entering EBacc",),
        "ks4.ebacc-points": ("EBacc Avg Score",),
    },
    year=("Academic Year",),
    release=Release.EXTRACT,
)
SHORT: Final = FactTable(
    measures={
        "ks4.attainment8": ("attainment8",),
        "ks4.progress8": ("progress8",),
        "ks4.english-maths-5": ("eng_maths_5plus_pct",),
        "ks4.ebacc-points": ("ebacc_aps",),
    },
    release=Release.EXTRACT,
)
BY_NAME: Final = FactTable(
    measures={
        "ks4.attainment8": ("a8",),
        "ks4.english-maths-5": ("em",),
        "ks4.ebacc-points": ("aps",),
        "ks4.ebacc-entry": ("ent",),
    },
    la=("lea",),
    release=Release.EXTRACT,
)
# Who the pupils were; Explore Education Statistics has their results in a file apart.
ABOUT: Final = FactTable(
    measures={"ks4.pupils": ("t_pupils",), "ks4.disadvantaged": ("t_disadvantaged",)},
    urn=("school_urn",),
    la=("old_la_code",),
    year=("time_period",),
    part="about-schools",
)

SOURCE = Source(
    name="ks4",
    title="key stage 4 results (performance tables)",
    publisher="Department for Education",
    address="https://www.compare-school-performance.service.gov.uk/download-data",
    usual_month="February",
    yearly=True,
    lag=1,
    covers=Covers((SECONDARY, ALL_THROUGH, SPECIAL), age_from=15, age_to=16),
    layouts=(
        Layout(
            needs=("URN", "RECTYPE", "ATT8SCR", "P8MEA"),
            keeper=partial(Facts, table=TABLES),
            short_by=EVERY_EMPTY,
        ),
        Layout(needs=("URN", "KS4 Pupils"), keeper=partial(Facts, table=BY_YEAR)),
        Layout(needs=("URN", "attainment8", "ebacc_aps"), keeper=partial(Facts, table=SHORT)),
        Layout(needs=("URN", "a8", "em"), keeper=partial(Facts, table=BY_NAME)),
        Layout(
            needs=("school_urn", "time_period", "t_pupils", "t_disadvantaged"),
            keeper=partial(Facts, table=ABOUT),
        ),
    ),
)
