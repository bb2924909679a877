"""Each layout of each source of figures, in small files about schools that do not exist."""

import pytest

from plimsoll.core.streams import Unreadable
from plimsoll.evidence.models import AreaFact, Fact, PublishedRow, SchoolsMean
from plimsoll.evidence.school.facts import series_of
from plimsoll.schools.models import School
from tests.evidence.conftest import Import, Publish, counts
from tests.evidence.figure_files import LAYOUTS, Row
from tests.evidence.figures import of_area, of_school
from tests.evidence.register_file import COLUMNS, school

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("source", "name", "row", "expected"), LAYOUTS, ids=[f"{one[0]}:{one[1]}" for one in LAYOUTS]
)
def test_S3_each_layout_becomes_figures(
    import_file: Import,
    publish: Publish,
    source: str,
    name: str,
    row: Row,
    expected: dict[tuple[str, str], float | str],
) -> None:
    path = publish([row], name=name)
    first = counts(import_file(source, path))
    assert first == {"rows": 1, "selected": 1, "accepted": 1, "created": 1}
    assert of_school(900001) == expected
    again = {"rows": 1, "selected": 1, "accepted": 1, "unchanged": 1}
    assert counts(import_file(source, path)) == again


def test_S3_summary_rows_are_of_the_authority_and_of_state_funded_england(
    import_file: Import, publish: Publish
) -> None:
    def row(kind: str, la: str, urn: str, score: str) -> Row:
        pupils = "612345" if kind == "7" else "120"
        cells = {"RECTYPE": kind, "LEA": la, "URN": urn, "TPUP": pupils}
        return cells | {"ATT8SCR": score, "P8MEA": "NA"}

    path = publish(
        [
            row("1", "990", "900001", "46.1"),
            row("4", "990", "", "44.2"),
            row("5", "", "", "46.7"),
            row("7", "", "", "46.9"),
        ],
        name="2018-2019_england_ks4final.csv",
    )
    assert counts(import_file("ks4", path, las=["990"]))["selected"] == 3
    assert of_area("990")["ks4.attainment8", "2018-19"] == 44.2
    assert of_area("england")["ks4.attainment8", "2018-19"] == 46.9
    # How many pupils an area has says nothing of a school's.
    assert ("ks4.pupils", "2018-19") not in of_area("england")
    assert of_school(900001)["ks4.pupils", "2018-19"] == 120
    assert Fact.objects.count() == 3


PAY = "Mean Gross FTE Salary of All Teachers"
FTE = "Total Number of Teachers (Full-Time Equivalent)"


@pytest.mark.parametrize(
    ("source", "name", "row", "measure", "year"),
    [
        (
            "absence",
            "2018-2019_england_abs.csv",
            {"LA": "NAT", "ESTAB": "SPE", "URN": "", "PERCTOT": "7.5", "PPERSABS10": "x"},
            "absence.overall:special",
            "2018-19",
        ),
        (
            "pupil-census",
            "2016-2017_england_census.csv",
            {"URN": "NAT", "LA": "", "ESTAB": "SEC", "PNUMEAL": "7.5", "PNUMFSMEVER": "29.1"},
            "pupils.eal:secondary",
            "2016-17",
        ),
        (
            "pupil-census",
            "2013-2014_england_census.csv",
            {"URN": "NAT", "LA": "PRI", "ESTAB": "", "PNUMEAL": "7.5", "PNUMFSMEVER": "26.8"},
            "pupils.eal:primary",
            "2013-14",
        ),
        (
            "workforce",
            "2016-2017_england_swf.csv",
            {
                "LA Number": "NAT", "Establishment Number": "PRI", "URN": "", FTE: "221,076.1",
                "Pupil:     Teacher Ratio": "7.5", PAY: "£37,119",
            },
            "staff.ratio:primary",
            "2016-17",
        ),
        (
            "workforce",
            "2013-2014_england_swf.csv",
            {"LA": "NAT", "URN": "SEC", "NFTETEA": "211533.0", "RATPUPTEA": "7.5", "SALARY": "1"},
            "staff.ratio:secondary",
            "2013-14",
        ),
    ],
)  # fmt: skip
def test_S3_a_row_of_england_is_of_one_kind_of_school(
    import_file: Import, publish: Publish, source: str, name: str, row: Row, measure: str, year: str
) -> None:
    result = import_file(source, publish([row], name=name), las=["990"])
    assert (result.run.accepted, result.run.rejected) == (1, 0)
    assert of_area("england")[measure, year] == 7.5
    assert not Fact.objects.exists()


def test_S3_a_school_stands_beside_its_own_kind_in_england(
    import_file: Import, publish: Publish
) -> None:
    import_file("gias", publish([school(900001)], COLUMNS, name="gias.csv"))
    rows = [
        {"LA Number": "999", "Establishment Number": "2001", "URN": "900001", "Ratio": "21"},
        {"LA Number": "NAT", "Establishment Number": "PRI", "URN": "", "Ratio": "20.7"},
        {"LA Number": "NAT", "Establishment Number": "SEC", "URN": "", "Ratio": "16.3"},
    ]
    named = [
        {"Pupil: Teacher Ratio" if key == "Ratio" else key: cell for key, cell in row.items()}
        | {FTE: "10"}
        for row in rows
    ]
    import_file("workforce", publish(named, name="2018-2019_england_swf.csv"))
    ratio = series_of([School.objects.get()])[900001]["staff.ratio"]
    (england,) = (each for each in ratio.besides if each.kind == "england")
    assert (england.values, england.schools) == ({"2018-19": 20.7}, "primary schools")


def test_a_kind_of_row_that_is_not_known_is_turned_away(
    import_file: Import, publish: Publish
) -> None:
    row = {"LEA": "990", "URN": "900001", "ATT8SCR": "46", "P8MEA": "0"}
    path = publish([{"RECTYPE": "9", **row}], name="2018-2019_england_ks4final.csv")
    (reject,) = import_file("ks4", path).rejects
    assert (reject.column, reject.value) == ("RECTYPE", "9")
    assert reject.reason == "It is no kind of row that this file has."
    assert not Fact.objects.exists()


def test_an_authority_must_be_a_code_of_three_figures(
    import_file: Import, publish: Publish
) -> None:
    row = {"RECTYPE": "4", "LEA": "SUPP", "URN": "", "ATT8SCR": "46", "P8MEA": "0"}
    (reject,) = import_file("ks4", publish([row], name="2018-2019_ks4final.csv")).rejects
    assert (reject.column, reject.value) == ("LEA", "SUPP")
    assert not AreaFact.objects.exists()


def test_S3_the_year_must_be_told(import_file: Import, publish: Publish) -> None:
    path = publish([LAYOUTS[0][2]], name="england_abs.csv")
    with pytest.raises(Unreadable, match="does not say which school year"):
        import_file("absence", path)
    import_file("absence", path, year="2022-23")
    assert of_school(900001)["absence.overall", "2022-23"] == 5.2


KS5 = {"RECTYPE": "1", "LEA": "990", "URN": "900001"}


@pytest.mark.parametrize("less", ["provisional", "revised"])
def test_S3_a_less_final_file_after_the_final_one_changes_nothing(
    import_file: Import, publish: Publish, less: str
) -> None:
    final = publish(
        [{**KS5, "TALLPPE_ALEV_1618": "30.1", "SCHNAME": "A"}], name="2022-2023_ks5final.csv"
    )
    import_file("ks5", final)
    early = publish(
        [{**KS5, "TALLPPE_ALEV_1618": "29.4", "SCHNAME": "B"}], name=f"2022-2023_ks5{less}.csv"
    )
    assert counts(import_file("ks5", early))["unchanged"] == 1
    assert of_school(900001) == {("ks5.alevel-points", "2022-23"): 30.1}
    assert counts(import_file("ks5", final))["unchanged"] == 1


def test_S3_the_final_file_takes_the_place_of_a_revised_one(
    import_file: Import, publish: Publish
) -> None:
    name = "2022-2023_ks5{}.csv"
    for release, points in (("provisional", "29.4"), ("revised", "30.0"), ("final", "SUPP")):
        path = publish([{**KS5, "TALLPPE_ALEV_1618": points}], name=name.format(release))
        import_file("ks5", path)
    assert of_school(900001) == {("ks5.alevel-points", "2022-23"): "suppressed"}
    assert PublishedRow.objects.count() == 1


def test_an_extract_adds_what_the_tables_lack_and_changes_no_figure_of_theirs(
    import_file: Import, publish: Publish
) -> None:
    import_file(
        "ks4",
        publish(
            [{"RECTYPE": "1", "URN": "900001", "ATT8SCR": "40.1", "P8MEA": "0.1"}],
            name="2017-2018_ks4final.csv",
        ),
    )
    extract = {"URN": "900001", "KS4 Pupils": "90", "Attainment 8": "41", "Academic Year": "2018"}
    assert counts(import_file("ks4", publish([extract], name="ks4_perf.csv")))["updated"] == 1
    assert of_school(900001) == {
        ("ks4.attainment8", "2017-18"): 40.1,
        ("ks4.progress8", "2017-18"): 0.1,
        ("ks4.pupils", "2017-18"): 90.0,
    }


def test_S3_two_files_of_one_source_and_year_stand_side_by_side(
    import_file: Import, publish: Publish
) -> None:
    at_16 = publish([LAYOUTS[14][2] | {"NFTYPE": "AC"}], name="2023-2024_ks4-pupdest.csv")
    at_18 = publish([LAYOUTS[15][2] | {"NFTYPE": "Academy"}], name="2023-2024_ks5-studest.csv")
    for path in (at_16, at_18):
        assert counts(import_file("destinations", path))["created"] == 1
    for path in (at_16, at_18):
        assert counts(import_file("destinations", path))["unchanged"] == 1


def test_nought_of_nobody_is_no_figure(import_file: Import, publish: Publish) -> None:
    row = {"urn": "900001", "fsm_pct": "0.0", "pupils_on_roll": "0", "year": "2026"}
    import_file("school-census", publish([row]))
    assert of_school(900001) == {
        ("pupils.roll", "2025-26"): 0.0,
        ("pupils.fsm", "2025-26"): "not-applicable",
    }


def test_a_ratio_of_nought_beside_teachers_is_no_figure(
    import_file: Import, publish: Publish
) -> None:
    """As of Croxteth Community Primary in 2018-19, which was to close in that year."""
    row = {
        "LA Number": "990",
        "URN": "900001",
        "Total Number of Teachers (Full-Time Equivalent)": "17.8",
        "Pupil:     Teacher Ratio": "0.0",
    }
    import_file("workforce", publish([row], name="2018-2019_england_swf.csv"))
    held = of_school(900001)
    assert held["staff.teachers", "2018-19"] == 17.8
    assert isinstance(held["staff.ratio", "2018-19"], str)


def test_suspensions_of_a_term_are_passed_over(import_file: Import, publish: Publish) -> None:
    row = LAYOUTS[-1][2] | {"time_identifier": "Spring term"}
    assert counts(import_file("suspensions", publish([row]))) == {"rows": 1}


def test_a_row_may_lack_its_empty_cells_at_the_end(import_file: Import, publish: Publish) -> None:
    path = publish([LAYOUTS[2][2]], name="2020-2021_england_census.csv")
    lines = path.read_text(encoding="cp1252").splitlines()
    path.write_text(f"{lines[0]}\n900001,990,2001,45,0%\n")
    import_file("pupil-census", path)
    held = of_school(900001)
    assert (held["pupils.roll", "2020-21"], held["pupils.ehc", "2020-21"]) == (45.0, 0.0)
    assert held["pupils.fsm-ever6", "2020-21"] == "missing"
    path.write_text(f"{lines[0]}\n900001,990,2001,45,0%")
    with pytest.raises(Unreadable, match="breaks off in the middle of its last row"):
        import_file("pupil-census", path)


def test_S3_a_suppressed_value_is_never_nought_and_enters_no_mean(
    import_file: Import, publish: Publish
) -> None:
    import_file("gias", publish([school(900001 + at) for at in range(3)], COLUMNS, name="gias.csv"))
    rows = [
        {"URN": str(900001 + at), "LA": "999", "PERCTOT": overall, "PPERSABS10": persistent}
        for at, (overall, persistent) in enumerate([("4", "SUPP"), ("6", "20"), ("SUPP", "SUPP")])
    ]
    import_file("absence", publish(rows, name="2023-2024_england_abs.csv"))
    assert not Fact.objects.filter(value=0).exists()
    assert Fact.objects.filter(marker="suppressed", value=None).count() == 3
    means = SchoolsMean.objects.values_list("measure", "mean", "schools")
    assert set(means) == {("absence.overall", 5.0, 2), ("absence.persistent", 20.0, 1)}


def test_means_follow_a_school_that_the_register_moves(
    import_file: Import, publish: Publish
) -> None:
    import_file("gias", publish([school(900001)], COLUMNS, name="gias.csv"))
    import_file("absence", publish([LAYOUTS[0][2]], name="2023-2024_england_abs.csv"))
    before = SchoolsMean.objects.filter(measure="absence.overall").get()
    la = School.objects.get(pk=900001).la
    assert (before.la, before.mean) == (la, 5.2)
    moved = school(900001, **{"LA (code)": "991"})
    import_file("gias", publish([moved], COLUMNS, name="gias.csv"))
    assert SchoolsMean.objects.filter(measure="absence.overall").get().la == 991
