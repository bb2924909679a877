"""One row of each layout of each source of figures, of a school that does not exist."""

from collections.abc import Mapping
from typing import Final

Row = Mapping[str, str]

# What one row says of school 900001, by source, file name and row.
LAYOUTS: Final[list[tuple[str, str, Row, dict[tuple[str, str], float | str]]]] = [
    (
        "absence",
        "2023-2024_england_abs.csv",
        {"LA": "990", "ESTAB": "2001", "URN": "900001", "PERCTOT": "5.2", "PPERSABS10": "16"},
        {("absence.overall", "2023-24"): 5.2, ("absence.persistent", "2023-24"): 16.0},
    ),
    (
        "absence",
        "2013-2014_england_abs.csv",
        {"LA": "990", "URN": "900001", "PERCTOT": "3.5", "PPERSABS15": "1.7"},
        {("absence.overall", "2013-14"): 3.5},
    ),
    (
        "pupil-census",
        "2023-2024_england_census.csv",
        {
            "URN": "900001", "LA": "990", "Estab": "2001", "NOR": "393", "PSENELSE": "2.5%",
            "PSENELK": "11.7%", "PNUMEAL": "2.8%", "PNUMUNCLF": "0.8%", "NUMFSM": "61",
            "PNUMFSMEVER": "NA",
        },
        {
            ("pupils.roll", "2023-24"): 393.0,
            ("pupils.ehc", "2023-24"): 2.5,
            ("pupils.sen-support", "2023-24"): 11.7,
            ("pupils.eal", "2023-24"): 2.8,
            ("pupils.fsm-ever6", "2023-24"): "not-applicable",
        },
    ),
    (
        "pupil-census",
        "2016-2017_england_census.csv",
        {
            "URN": "900001", "LA": "990", "ESTAB": "2001", "NOR": "276", "PNUMEAL": "59.3",
            "PNUMUNCFL": "0", "PNUMFSM": "12", "PNUMFSMEVER": "21.1",
        },
        {
            ("pupils.roll", "2016-17"): 276.0,
            ("pupils.eal", "2016-17"): 59.3,
            ("pupils.fsm", "2016-17"): 12.0,
            ("pupils.fsm-ever6", "2016-17"): 21.1,
        },
    ),
    (
        "pupil-census",
        "2013-2014_england_census.csv",
        {
            "URN": "900001", "LA": "990", "TOTPUPSENDN": "233", "PNUMEAL": "71.0",
            "PNUMFSM": "18.1", "PNUMFSMEVER": "33.2",
        },
        {
            ("pupils.eal", "2013-14"): 71.0,
            ("pupils.fsm", "2013-14"): 18.1,
            ("pupils.fsm-ever6", "2013-14"): 33.2,
        },
    ),
    (
        "ks2",
        "2018-2019_england_ks2final.csv",
        {
            "RECTYPE": "1", "LEA": "990", "URN": "900001", "TELIG": "30", "TFSM6CLA1A": "5",
            "PTRWM_EXP": "67%", "PTRWM_HIGH": "0%", "PTREAD_EXP": "73%", "READPROG": "-1.3",
            "READPROG_LOWER": "-3.5", "READPROG_UPPER": "0.9", "READ_AVERAGE": "104",
            "PTRWM_EXP_FSM6CLA1A": "SUPP", "PTRWM_EXP_NotFSM6CLA1A": "68%",
        },
        {
            ("ks2.pupils", "2018-19"): 30.0,
            ("ks2.disadvantaged", "2018-19"): 5.0,
            ("ks2.rwm-expected", "2018-19"): 67.0,
            ("ks2.rwm-higher", "2018-19"): 0.0,
            ("ks2.reading-expected", "2018-19"): 73.0,
            ("ks2.reading-progress", "2018-19"): -1.3,
            ("ks2.reading-progress-low", "2018-19"): -3.5,
            ("ks2.reading-progress-high", "2018-19"): 0.9,
            ("ks2.reading-score", "2018-19"): 104.0,
            ("ks2.rwm-disadvantaged", "2018-19"): "suppressed",
            ("ks2.rwm-others", "2018-19"): 68.0,
        },
    ),
    (
        "ks2",
        "ks2_perf.csv",
        {
            "URN": "900001", "KS2 Pupils": "30", "Reading Progress": "LOWCOV",
            "Reading Score": "102", "Writing Score": "105", "Overall Meet Std": "67%",
            "Academic Year": "2016",
        },
        {
            ("ks2.pupils", "2015-16"): 30.0,
            ("ks2.reading-progress", "2015-16"): "low-coverage",
            ("ks2.reading-score", "2015-16"): 102.0,
            ("ks2.rwm-expected", "2015-16"): 67.0,
        },
    ),
    (
        "ks2",
        "ks2_2024-2025_by_name_with_URN.csv",
        {"name": "A", "lea": "990", "rwm": "0.0", "hs": "0.0", "read": "100.0", "URN": "900001"},
        {
            ("ks2.rwm-expected", "2024-25"): "not-available",
            ("ks2.rwm-higher", "2024-25"): 0.0,
            ("ks2.reading-score", "2024-25"): 100.0,
        },
    ),
    (
        "ks4",
        "2022-2023_england_ks4final.csv",
        {
            "RECTYPE": "2", "LEA": "990", "URN": "900001", "TPUP": "143", "ATT8SCR": "36.5",
            "P8MEA": "-0.55", "P8CILOW": "-0.76", "P8CIUPP": "-0.34", "PTL2BASICS_94": "43.4%",
            "PTL2BASICS_95": "NE", "EBACCAPS": "2.83", "PTEBACC_E_PTQ_EE": "NP",
            "P8MEA_FSM6CLA1A": "-0.9", "P8MEA_NFSM6CLA1A": "0.1",
        },
        {
            ("ks4.pupils", "2022-23"): 143.0,
            ("ks4.attainment8", "2022-23"): 36.5,
            ("ks4.progress8", "2022-23"): -0.55,
            ("ks4.progress8-low", "2022-23"): -0.76,
            ("ks4.progress8-high", "2022-23"): -0.34,
            ("ks4.english-maths-4", "2022-23"): 43.4,
            ("ks4.english-maths-5", "2022-23"): "not-entered",
            ("ks4.ebacc-points", "2022-23"): 2.83,
            ("ks4.ebacc-entry", "2022-23"): "not-published",
            ("ks4.progress8-disadvantaged", "2022-23"): -0.9,
            ("ks4.progress8-others", "2022-23"): 0.1,
        },
    ),
    (
        "ks4",
        "ks4_perf.csv",
        # The file of 2016 has grade C or above in the column of grade 5, and no points yet.
        {
            "URN": "900001", "KS4 Pupils": "181", "Progress 8": "-1.06", "Attainment 8": "36.2",
            "Eng Maths Grade 5": "29%", "Entering EBacc": "4%", "EBacc Avg Score": "",
            "Academic Year": "2016",
        },
        {
            ("ks4.pupils", "2015-16"): 181.0,
            ("ks4.progress8", "2015-16"): -1.06,
            ("ks4.attainment8", "2015-16"): 36.2,
            ("ks4.ebacc-entry", "2015-16"): 4.0,
        },
    ),
    (
        "ks4",
        "ks4_202223_schools.csv",
        {
            "urn": "900001", "attainment8": "45.5", "progress8": "", "ebacc_aps": "3.9",
            "eng_maths_5plus_pct": "0.0",
        },
        {
            ("ks4.attainment8", "2022-23"): 45.5,
            ("ks4.progress8", "2022-23"): "missing",
            ("ks4.ebacc-points", "2022-23"): 3.9,
            ("ks4.english-maths-5", "2022-23"): 0.0,
        },
    ),
    (
        "ks4",
        "ks4_2024-2025_by_name_with_URN.csv",
        {"lea": "990", "a8": "40.6", "em": "33.5", "aps": "3.23", "ent": "7.3", "URN": "900001"},
        {
            ("ks4.attainment8", "2024-25"): 40.6,
            ("ks4.english-maths-5", "2024-25"): 33.5,
            ("ks4.ebacc-points", "2024-25"): 3.23,
            ("ks4.ebacc-entry", "2024-25"): 7.3,
        },
    ),
    (
        "ks4",
        "ees_ks4_information_about_schools.csv",
        {
            "time_period": "202324", "school_urn": "900001", "old_la_code": "990",
            "t_pupils": "197", "t_disadvantaged": "c",
        },
        {("ks4.pupils", "2023-24"): 197.0, ("ks4.disadvantaged", "2023-24"): "suppressed"},
    ),
    (
        "ks5",
        "2023-2024_england_ks5final.csv",
        {
            "RECTYPE": "1", "LEA": "990", "URN": "900001", "TALLPUP_ALEV_1618": "118",
            "TALLPPE_ALEV_1618": "30.1", "TALLPPE_AGEN": "NE", "VA_INS_ALEV": "-0.01",
            "LCI_INS_ALEV": "-0.12", "UCI_INS_ALEV": "0.1", "TALLPPE_ALEV_1618_DIS": "SUPP",
        },
        {
            ("ks5.alevel-pupils", "2023-24"): 118.0,
            ("ks5.alevel-points", "2023-24"): 30.1,
            ("ks5.applied-points", "2023-24"): "not-entered",
            ("ks5.alevel-progress", "2023-24"): -0.01,
            ("ks5.alevel-progress-low", "2023-24"): -0.12,
            ("ks5.alevel-progress-high", "2023-24"): 0.1,
            ("ks5.alevel-points-disadvantaged", "2023-24"): "suppressed",
        },
    ),
    (
        "destinations",
        "2023-2024_england_ks4-pupdest.csv",
        {
            "RECTYPE": "1", "LEA": "990", "URN": "900001", "COHORT": "199",
            "OVERALL_DESTPER": "94%", "EDUCATIONPER": "87%", "NOT_SUSTAINEDPER": "SP",
            "OVERALL_DESTPER_DIS": "SUPP", "OVERALL_DESTPER_NONDIS": "96%",
        },
        # The tables of 2023-24 tell of those who left in 2022.
        {
            ("destinations.16-pupils", "2021-22"): 199.0,
            ("destinations.16", "2021-22"): 94.0,
            ("destinations.16-education", "2021-22"): 87.0,
            ("destinations.16-none", "2021-22"): "too-small",
            ("destinations.16-disadvantaged", "2021-22"): "suppressed",
            ("destinations.16-others", "2021-22"): 96.0,
        },
    ),
    (
        "destinations",
        "2023-2024_england_ks5-studest.csv",
        {
            "RECTYPE": "1", "LEA": "990", "URN": "900001", "TOT_COHORT": "26",
            "TOT_OVERALLPER": "88%", "TOT_HEPER": "19%", "TOT_NOT_SUSTAINEDPER": "8%",
        },
        {
            ("destinations.18-pupils", "2021-22"): 26.0,
            ("destinations.18", "2021-22"): 88.0,
            ("destinations.18-higher", "2021-22"): 19.0,
            ("destinations.18-none", "2021-22"): 8.0,
        },
    ),
    (
        "school-census",
        "spc_school_level_underlying_data_23112023.csv",
        {
            "time_period": "202223", "urn": "900001", "old_la_code": "990",
            "headcount of pupils": "394",
            "% of pupils known to be eligible for free school meals": "15.7",
            "% of pupils whose first language is known or believed to be other than English": "z",
        },
        {
            ("pupils.roll", "2022-23"): 394.0,
            ("pupils.fsm", "2022-23"): 15.7,
            ("pupils.eal", "2022-23"): "not-applicable",
        },
    ),
    (
        "school-census",
        "national_characteristics_202526.csv",
        {
            "urn": "900001", "fsm_pct": "3.6", "eal_pct": "0.0", "class_size_avg": "0.0",
            "pupils_on_roll": "196", "year": "2026",
        },
        {
            ("pupils.roll", "2025-26"): 196.0,
            ("pupils.fsm", "2025-26"): 3.6,
            ("pupils.eal", "2025-26"): 0.0,
            ("pupils.class-size", "2025-26"): "not-available",
        },
    ),
    (
        "workforce",
        "2020-2021_england_swf.csv",
        {
            "LA Number": "990", "URN": "900001",
            "Total Number of Teachers (Full-Time Equivalent)": "17.0",
            "Total Number of Teaching Assistants (Full-time Equivalent)": "6.9",
            "Pupil:     Teacher Ratio": "23.4",
            "Mean Gross FTE Salary of All Teachers (£s)": "£43,358",
        },
        {
            ("staff.teachers", "2020-21"): 17.0,
            ("staff.assistants", "2020-21"): 6.9,
            ("staff.ratio", "2020-21"): 23.4,
            ("staff.pay", "2020-21"): 43358.0,
        },
    ),
    (
        "workforce",
        "2014-2015_england_swf.csv",
        {
            "LA": "990", "URN": "900001", "NFTETEA": "17.0", "NFTETEAAS": "12.4",
            "RATPUPTEA": "13.9", "SALARY": "SUPP",
        },
        {
            ("staff.teachers", "2014-15"): 17.0,
            ("staff.assistants", "2014-15"): 12.4,
            ("staff.ratio", "2014-15"): 13.9,
            ("staff.pay", "2014-15"): "suppressed",
        },
    ),
    (
        "finance",
        "cfr_financials.csv",
        {
            "URN": "900001", "Income": "2096453.16", "Expenditure": "2144390.01",
            "Balance": "-47936.85", "Academic Year": "2017",
        },
        {
            ("money.income", "2016-17"): 2096453.16,
            ("money.spending", "2016-17"): 2144390.01,
            ("money.balance", "2016-17"): -47936.85,
        },
    ),
    (
        "suspensions",
        "exc_school.csv",
        {
            "time_period": "202324", "time_identifier": "Academic year",
            "geographic_level": "School", "old_la_code": "990", "school_urn": "900001",
            "headcount": "400", "suspension": "20", "susp_rate": "5.0", "one_plus_susp": "12",
            "one_plus_susp_rate": "3.0", "perm_excl": "c", "perm_excl_rate": "c",
        },
        {
            ("exclusions.suspensions", "2023-24"): 5.0,
            ("exclusions.suspended", "2023-24"): 3.0,
            ("exclusions.permanent", "2023-24"): "suppressed",
        },
    ),
]  # fmt: skip
