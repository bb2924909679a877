"""Figures of schools in Liverpool, as they stand in the real published files.

What is expected was read in the files by hand, with nothing of Plimsoll's.
"""

from pathlib import Path

import pytest

from plimsoll.core.streams import table
from plimsoll.evidence.layouts import Columns
from plimsoll.evidence.models import Fact
from plimsoll.evidence.sources.ks4 import TABLES
from tests.evidence.conftest import Import
from tests.evidence.figures import of_area, of_school

# Every file of figures of schools, in the order of publication but for one: what is only
# provisional comes after what is final, and must change nothing.
FILES = [
    (source, f"{folder}/{file}")
    for source, folder, files in (
        ("absence", "performance_tables/2018-2019", ["england_abs.csv"]),
        ("absence", "performance_tables/2022-2023", ["england_abs.csv"]),
        ("absence", "performance_tables/2023-2024", ["england_abs.csv"]),
        ("pupil-census", "performance_tables/2018-2019", ["england_census.csv"]),
        ("pupil-census", "performance_tables/2020-2021", ["england_census.csv"]),
        ("pupil-census", "performance_tables/2021-2022", ["england_census.csv"]),
        ("pupil-census", "performance_tables/2022-2023", ["england_census.csv"]),
        ("pupil-census", "performance_tables/2023-2024", ["england_census.csv"]),
        ("workforce", "performance_tables/2018-2019", ["england_swf.csv"]),
        ("workforce", "performance_tables/2020-2021", ["england_swf.csv"]),
        (
            "ks2",
            "performance_tables/trimmed",
            [
                "2018-2019_england_ks2final.csv",
                "ks2_perf_2016.csv",
                "ks2_perf_2017.csv",
                "ks2_perf_2018.csv",
            ],
        ),
        ("ks2", "derived", ["ks2_2023-2024_by_name_with_URN.csv"]),
        ("ks2", "derived", ["ks2_2024-2025_by_name_with_URN.csv"]),
        (
            "ks4",
            "performance_tables/trimmed",
            [
                "2018-2019_england_ks4final.csv",
                "ks4_perf_2016.csv",
                "ks4_perf_2017.csv",
                "ks4_perf_2018.csv",
                "ks4_202223_schools.csv",
            ],
        ),
        ("ks4", "performance_tables/2018-2019", ["england_ks4provisional.csv"]),
        (
            "ks4",
            "performance_tables/2023-2024",
            ["ees_ks4_information_about_schools_202324.csv"],
        ),
        ("ks4", "derived", ["ks4_2023-2024_by_name_with_URN.csv"]),
        ("ks4", "derived", ["ks4_2024-2025_by_name_with_URN.csv"]),
        ("ks5", "performance_tables/trimmed", ["2018-2019_england_ks5final.csv"]),
        ("ks5", "performance_tables/2021-2022", ["england_ks5final.csv"]),
        ("ks5", "performance_tables/2021-2022", ["england_ks5revised.csv"]),
        ("ks5", "performance_tables/2022-2023", ["england_ks5final.csv"]),
        ("ks5", "performance_tables/2023-2024", ["england_ks5final.csv"]),
        ("destinations", "performance_tables/2018-2019", ["england_ks4-pupdest.csv"]),
        (
            "destinations",
            "performance_tables/2020-2021",
            ["england_ks4-pupdest.csv", "england_ks5-studest.csv"],
        ),
        ("destinations", "performance_tables/2021-2022", ["england_ks4-pupdest.csv"]),
        (
            "destinations",
            "performance_tables/2022-2023",
            ["england_ks4-pupdest.csv", "england_ks5-studest.csv"],
        ),
        (
            "destinations",
            "performance_tables/2023-2024",
            ["england_ks4-pupdest.csv", "england_ks5-studest.csv"],
        ),
        (
            "school-census",
            "school_census",
            [
                "spc_school_level_underlying_data_23112023.csv",
                "national_characteristics_202526.csv",
            ],
        ),
        (
            "finance",
            "finance_workforce",
            [f"cfr_financials_{year}.csv" for year in (2014, 2015, 2016, 2017, 2018)],
        ),
    )
    for file in files
]
# Rows of Liverpool in which whoever made the extract found no URN for the name.
WITHOUT_URN = {
    "derived/ks2_2023-2024_by_name_with_URN.csv": 6,
    "derived/ks2_2024-2025_by_name_with_URN.csv": 2,
    "derived/ks4_2023-2024_by_name_with_URN.csv": 5,
    "derived/ks4_2024-2025_by_name_with_URN.csv": 4,
}

BY_HAND: dict[int, dict[tuple[str, str], float | str]] = {
    # Calderstones School: maintained, secondary, with a sixth form.
    104698: {
        ("absence.overall", "2018-19"): 6.5,
        ("absence.persistent", "2023-24"): 23.9,
        ("pupils.roll", "2018-19"): 1453,
        ("pupils.sen-support", "2020-21"): 14.3,
        ("pupils.fsm-ever6", "2023-24"): 23.7,
        ("staff.teachers", "2018-19"): 109.9,
        ("staff.pay", "2020-21"): 43303,
        ("ks4.pupils", "2015-16"): 241,
        ("ks4.attainment8", "2015-16"): 46.2,
        ("ks4.progress8", "2017-18"): -0.44,
        ("ks4.english-maths-5", "2017-18"): 28,
        ("ks4.ebacc-points", "2017-18"): 3.95,
        ("ks4.pupils", "2018-19"): 237,
        ("ks4.attainment8", "2018-19"): 42.5,
        ("ks4.progress8-low", "2018-19"): -0.39,
        ("ks4.english-maths-4", "2018-19"): 55.7,
        ("ks4.attainment8", "2022-23"): 45.5,
        ("ks4.progress8", "2022-23"): -0.1,
        ("ks4.english-maths-5", "2022-23"): 45,
        ("ks4.pupils", "2023-24"): 254,
        ("ks4.disadvantaged", "2023-24"): 69,
        ("ks4.english-maths-5", "2024-25"): 43.3,
        ("ks4.ebacc-entry", "2024-25"): 58.6,
        ("ks5.alevel-points", "2018-19"): 26.5,
        ("ks5.alevel-pupils", "2021-22"): 101,
        ("ks5.alevel-points-disadvantaged", "2021-22"): 31.7,
        ("ks5.applied-points", "2021-22"): "not-entered",
        ("ks5.alevel-progress", "2023-24"): -0.01,
        ("ks5.alevel-progress-high", "2023-24"): 0.1,
        # The tables of 2018-19 tell of those who left in 2017.
        ("destinations.16-pupils", "2016-17"): 231,
        ("destinations.16", "2016-17"): 96,
        ("destinations.16-disadvantaged", "2021-22"): 87,
        ("destinations.18-higher", "2020-21"): 64,
        ("money.balance", "2013-14"): 217.83,
        ("money.income", "2017-18"): 8192545.34,
    },
    # Abbot's Lea School: special.
    104736: {
        ("absence.overall", "2023-24"): 12.6,
        ("pupils.ehc", "2020-21"): 100,
        ("pupils.sen-support", "2020-21"): 0,
        ("staff.ratio", "2020-21"): 10.4,
        ("ks2.reading-progress", "2018-19"): -9.1,
        ("ks2.rwm-expected", "2017-18"): 0,
        ("ks2.reading-score", "2017-18"): "missing",
        ("ks2.maths-score", "2015-16"): 87,
        ("ks4.progress8", "2018-19"): "not-entered",
        ("ks4.attainment8", "2022-23"): 2.6,
        ("destinations.16-disadvantaged", "2021-22"): "suppressed",
        ("destinations.16-none", "2021-22"): 3,
        ("pupils.fsm", "2022-23"): 56.5,
        ("pupils.class-size", "2025-26"): "missing",
        ("money.spending", "2017-18"): 3981116.73,
    },
    # Chatham Place Nursery School.
    104503: {
        ("pupils.roll", "2023-24"): 58,
        ("pupils.eal", "2022-23"): 75,
        # The row breaks off before the cell, as rows with nothing at their end do.
        ("pupils.fsm-ever6", "2020-21"): "missing",
        ("pupils.fsm-ever6", "2023-24"): "not-applicable",
    },
    # New Heights High School: a pupil referral unit.
    135656: {
        ("pupils.roll", "2018-19"): 31,
        ("pupils.sen-support", "2018-19"): 100,
        ("pupils.ehc", "2023-24"): 12.1,
        ("pupils.fsm", "2025-26"): 75.7,
        ("money.income", "2013-14"): 1366924.41,
    },
    # Liverpool College: an academy of all ages.
    139686: {
        ("absence.persistent", "2018-19"): 7.2,
        ("ks2.pupils", "2015-16"): 40,
        ("ks2.reading-progress", "2015-16"): "low-coverage",
        ("ks2.reading-expected", "2015-16"): 80,
        ("ks2.maths-expected", "2017-18"): 91,
        ("ks2.maths-progress", "2018-19"): 1.9,
        ("ks2.rwm-expected", "2024-25"): 70,
        ("ks2.rwm-higher", "2024-25"): 17,
        ("ks2.gps-score", "2024-25"): 108,
        ("ks4.progress8", "2018-19"): 0.27,
        ("ks4.progress8-high", "2018-19"): 0.51,
        ("ks4.english-maths-5", "2018-19"): 54,
        ("ks4.ebacc-points", "2022-23"): 5.39,
        ("ks5.applied-points", "2023-24"): 33.16,
        ("ks5.alevel-points-others", "2023-24"): 36.14,
        ("destinations.16-none", "2016-17"): 0,
        ("destinations.18-disadvantaged", "2020-21"): 75,
        ("pupils.class-size", "2025-26"): 22.6,
    },
    # LIPA Sixth Form College.
    142891: {
        ("pupils.eal", "2020-21"): 0,
        ("staff.assistants", "2018-19"): 2.8,
        ("ks5.alevel-progress", "2018-19"): "suppressed",
        ("ks5.alevel-pupils", "2023-24"): 2,
        ("ks5.alevel-points", "2023-24"): "suppressed",
        ("ks5.alevel-points-disadvantaged", "2023-24"): "not-entered",
        ("destinations.18", "2020-21"): 86,
        ("destinations.18-none", "2020-21"): 11,
    },
    # North Liverpool Academy: its Progress 8 was −0.41 before it was final.
    131065: {
        ("absence.overall", "2023-24"): 7.8,
        ("pupils.eal", "2023-24"): 40.8,
        ("ks4.progress8", "2018-19"): -0.22,
        ("ks4.attainment8", "2018-19"): 41.5,
        ("ks4.pupils", "2018-19"): 231,
        ("ks4.attainment8", "2024-25"): 45.6,
        ("ks5.alevel-progress-low", "2023-24"): -0.01,
        ("ks5.applied-pupils", "2021-22"): 38,
        ("destinations.16", "2016-17"): 84,
        ("destinations.16-others", "2016-17"): 91,
        ("pupils.fsm", "2022-23"): 48.2,
    },
    # St Francis de Sales Catholic Junior School: voluntary aided.
    104650: {
        ("absence.persistent", "2018-19"): 12.2,
        ("pupils.ehc", "2020-21"): 1,
        ("staff.pay", "2018-19"): 35066,
        ("ks2.pupils", "2017-18"): 109,
        ("ks2.writing-expected", "2017-18"): 84,
        ("ks2.maths-progress", "2018-19"): 0,
        ("ks2.reading-score", "2024-25"): 104,
        ("money.balance", "2017-18"): -23722.07,
    },
    # Redbridge High School: special.
    104749: {
        ("absence.overall", "2018-19"): 10.4,
        ("ks4.attainment8", "2017-18"): "missing",
        ("ks4.attainment8", "2018-19"): "not-entered",
        ("destinations.16-pupils-disadvantaged", "2016-17"): "suppressed",
        ("destinations.16-pupils-disadvantaged", "2021-22"): 12,
        ("staff.teachers", "2020-21"): 20.8,
    },
    # Everton Free School & Football College: alternative provision.
    138379: {
        ("pupils.roll", "2020-21"): 159,
        ("pupils.fsm-ever6", "2020-21"): 13.2,
        ("pupils.fsm-ever6", "2023-24"): 76.9,
        ("pupils.roll", "2025-26"): 217,
    },
    # Mosspits Lane Primary School: maintained.
    136810: {
        ("absence.overall", "2018-19"): 3.3,
        ("pupils.eal", "2018-19"): 6.7,
        ("staff.ratio", "2020-21"): 25,
        ("ks2.rwm-higher", "2015-16"): 2,
        ("ks2.writing-progress", "2015-16"): -2.6,
        ("ks2.rwm-expected", "2017-18"): 72,
        ("ks2.reading-progress", "2018-19"): -1.2,
        ("ks2.maths-score", "2024-25"): 106,
        ("pupils.class-size", "2025-26"): 28.5,
        ("money.spending", "2013-14"): 1844345.73,
    },
}


# The rows of the authority itself.
OF_LIVERPOOL: dict[tuple[str, str], float | str] = {
    ("ks4.attainment8", "2018-19"): 42.9,
    ("ks4.progress8-high", "2018-19"): -0.28,
    ("ks5.alevel-points", "2023-24"): 32.24,
    ("ks5.alevel-progress", "2023-24"): "not-applicable",
    ("destinations.16-none", "2016-17"): 7,
    ("destinations.18", "2021-22"): 80,
}


@pytest.fixture
def merseyside(real_data: Path) -> Path:
    return real_data / "merseyside"


@pytest.fixture
def liverpool(import_file: Import, merseyside: Path) -> None:
    """Every file, for Liverpool."""
    register = merseyside / "gias" / "edubasealldata_RECONSTRUCTED_merseyside.csv"
    import_file("gias", register, las=["341"])
    for source, file in FILES:
        run = import_file(source, merseyside / file, las=["341"]).run
        assert run.accepted > 0, file
        assert run.rejected == WITHOUT_URN.get(file, 0), file


@pytest.mark.usefixtures("liverpool")
def test_S3_figures_are_those_that_were_read_by_hand() -> None:
    assert len(BY_HAND) >= 10
    assert sum(map(len, BY_HAND.values())) >= 60
    for urn, expected in BY_HAND.items():
        held = of_school(urn)
        assert {key: held.get(key) for key in expected} == expected, urn
    assert of_area("341") | OF_LIVERPOOL == of_area("341")
    assert of_area("343") == {}
    # The file of 2016 has grade C or above in the column of grade 5.
    years = Fact.objects.filter(measure="ks4.english-maths-5").values_list("year", flat=True)
    assert "2015-16" not in years
    assert "2016-17" in years


@pytest.mark.usefixtures("liverpool")
def test_S3_the_same_real_files_again_change_nothing(import_file: Import, merseyside: Path) -> None:
    for source, file in FILES:
        run = import_file(source, merseyside / file, las=["341"]).run
        assert (run.created, run.updated) == (0, 0), file
        assert run.unchanged == run.accepted > 0, file


def test_S3_nobody_at_the_standard_where_scores_are_about_it_is_no_figure(
    import_file: Import, merseyside: Path
) -> None:
    import_file("ks2", merseyside / "derived" / "ks2_2023-2024_by_name_with_URN.csv")
    # The only 0.0 in its column; the averages in reading and maths are 100 and 98.
    (lacking,) = Fact.objects.exclude(marker="")
    assert (lacking.urn, lacking.measure, lacking.value) == (136056, "ks2.rwm-expected", None)


def test_S3_the_full_layout_of_key_stage_2(import_file: Import, merseyside: Path) -> None:
    folder = merseyside / "performance_tables" / "reference_full_headers"
    run = import_file("ks2", folder / "2017-2018_ks2final_LA850_first25rows.csv").run
    assert (run.accepted, run.rejected) == (25, 0)
    year = "2017-18"
    assert of_school(115861) | {
        ("ks2.pupils", year): 14,
        ("ks2.disadvantaged", year): 1,
        ("ks2.rwm-expected", year): 79,
        ("ks2.rwm-higher", year): 21,
        ("ks2.reading-expected", year): 86,
        ("ks2.writing-expected", year): 79,
        ("ks2.gps-expected", year): 79,
        ("ks2.gps-score", year): 106,
        ("ks2.reading-progress", year): 1.2,
        ("ks2.reading-progress-low", year): -2.1,
        ("ks2.reading-progress-high", year): 4.4,
        ("ks2.maths-progress-low", year): -4.7,
        ("ks2.rwm-disadvantaged", year): "suppressed",
        ("ks2.rwm-others", year): "suppressed",
    } == of_school(115861)
    assert of_school(132802)["ks2.rwm-disadvantaged", year] == 63


def test_S3_the_full_layout_of_key_stage_4_has_every_column_that_is_read(real_data: Path) -> None:
    folder = real_data / "merseyside" / "performance_tables" / "reference_full_headers"
    with table(folder / "england_ks4final_515col_header.csv") as opened:
        columns = Columns(opened.columns)
    assert columns.lacks(TABLES.measures.values()) == []
    assert columns.lacks([TABLES.urn, TABLES.la, TABLES.record]) == []
