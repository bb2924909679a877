"""Figures of areas: from the files of authorities to rows of ours."""

import pytest
import xlsxwriter

from plimsoll.core.streams import Unreadable
from plimsoll.evidence.models import Area, AreaFact, AreaMeasure, ImportRun, Neighbour
from tests.evidence.conftest import Import, Publish, counts

DICTIONARY = [
    {
        "Measure_short": "PriTest", "Topic": "Absence", "Measure": "Primary test", "dps": "2",
        "Polarity": "Low", "y_axis_name": "%", "Year_Type": "Academic Year", "No_Quartile": "NA",
    },
    {
        "Measure_short": "Spend", "Topic": "Money", "Measure": "What is spent", "dps": "NA",
        "Polarity": "-", "y_axis_name": "Spend", "Year_Type": "Financial Year", "No_Quartile": "N",
    },
]  # fmt: skip


def line(measure: str, years: str, value: str, area: str = "Harbourside") -> dict[str, str]:
    number = {"Harbourside": "990.0", "England": "970.0", "North West": "981.0"}[area]
    number = {"990.0": "351.0"}.get(number, number)
    return {
        "Short Desc": measure, "Data item": "", "Years": years, "LA and Regions": area,
        "Values": value, "LA Number": number,
        "Region": "North West" if area == "Harbourside" else "NA",
    }  # fmt: skip


@pytest.fixture
def dictionary(import_file: Import, publish: Publish) -> None:
    import_file("lait-measures", publish(DICTIONARY, name="dictionary.csv"))


def held(measure: str) -> list[tuple[str, str, float | None, str, int]]:
    rows = AreaFact.objects.filter(measure=measure).order_by("area", "year")
    return list(rows.values_list("area", "year", "value", "marker", "release"))


def test_E7_the_dictionary_says_what_a_figure_is(dictionary: None) -> None:
    absence, spend = AreaMeasure.objects.order_by("code")
    assert (absence.label, absence.good, absence.decimals) == ("Primary test", "low", 2)
    assert (absence.quartile, spend.quartile, spend.good, spend.decimals) == (True, False, "", None)


def test_E7_a_school_year_is_told_from_other_years(
    dictionary: None, import_file: Import, publish: Publish
) -> None:
    rows = [
        line("PriTest", "2024", "5.53", "England"),
        line("PriTest", "2023 (Rev)", "-"),
        line("PriTest", "2021/22", "8.7799999999999994"),
        line("PriTest", "2025 (prov)", "5.1", "North West"),
        line("Spend", "2016-17 (OT)", "1145"),
        line("Spend", "2024", "12"),
    ]
    result = import_file("lait", publish(rows, name="lait.csv"), las=["888"])
    assert counts(result) == {"rows": 6, "selected": 6, "accepted": 6, "created": 6}
    assert held("PriTest") == [
        ("351", "2021-22", 8.78, "", 3),
        ("351", "2022-23", None, "not-available", 2),
        ("england", "2023-24", 5.53, "", 3),
        ("north-west", "2024-25", 5.1, "", 1),
    ]
    assert held("Spend") == [("351", "2016-17 (OT)", 1145, "", 3), ("351", "2024", 12, "", 3)]
    assert list(Area.objects.order_by("code").values_list("code", "name", "kind", "region")) == [
        ("351", "Harbourside", "authority", "north-west"),
        ("england", "England", "country", ""),
        ("north-west", "North West", "region", ""),
    ]


def test_E7_a_line_that_is_none_is_turned_away_and_the_others_read(
    dictionary: None, import_file: Import, publish: Publish
) -> None:
    rows = [
        line("Spend", "0", "-"),
        line("Spend", "2023", "about ten"),
        line("Spend", "2024", "12"),
        line("Spend", "2024", "13"),
    ]
    result = import_file("lait", publish(rows, name="lait.csv"))
    assert [(reject.line, reject.reason) for reject in result.rejects] == [
        (2, "It is no year."),
        (3, "It is neither a number nor a marker that the publisher uses."),
        (5, "The file has Spend of 2024 twice for it."),
    ]
    assert held("Spend") == [("351", "2024", 12, "", 3)]


def test_E7_a_revised_figure_takes_the_place_of_a_provisional_one_and_not_the_reverse(
    dictionary: None, import_file: Import, publish: Publish
) -> None:
    for years, value in (("2025 (prov)", "4"), ("2025 (Rev)", "5"), ("2025 (prov)", "6")):
        import_file("lait", publish([line("PriTest", years, value)], name="lait.csv"))
    assert held("PriTest") == [("351", "2024-25", 5, "", 2)]
    assert list(ImportRun.objects.filter(source="lait").values_list("created", "updated")) == [
        (1, 0), (0, 1), (0, 0),
    ]  # fmt: skip


def test_E7_without_the_dictionary_nobody_knows_the_years(
    import_file: Import, publish: Publish
) -> None:
    with pytest.raises(Unreadable, match="read that in first, as lait-measures"):
        import_file("lait", publish([line("PriTest", "2024", "5")], name="lait.csv"))
    assert not AreaFact.objects.exists()


def test_E7_neighbours_are_read_from_the_workbook_as_it_is_published(
    import_file: Import, tmp_path
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "sn.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("LA SN Groups")
        sheet.write_row(0, 0, ["A", "B", *range(3, 25)])
        header = ["LA num", "LA Name", "LA number", "GOInd", "GOReg"]
        sheet.write_row(1, 0, header + [x for n in range(1, 11) for x in (f"SN{n}", "SNP")])
        them = [x for n in range(10) for x in (360 + n, "Very Close" if n else "Extremely close")]
        sheet.write_row(2, 0, [351, "Harbourside", 351, 5, "London (Outer)", *them])
        sheet.write_row(3, 0, ["", "Those of before"])
    result = import_file("neighbours", path)
    assert (result.run.created, result.run.rejected) == (10, 0)
    assert list(Neighbour.objects.order_by("place").values_list("neighbour", "closeness"))[:2] == [
        ("360", "Extremely close"),
        ("361", "Very close"),
    ]
    assert Area.objects.get(pk="351").region == "outer-london"
    again = import_file("neighbours", path)
    assert (again.run.created, again.run.updated, again.run.unchanged) == (0, 0, 10)


def attendance(level: str, schools: str, absence: str, **more: str) -> dict[str, str]:
    return {
        "time_period": "202526", "time_identifier": "Academic year", "geographic_level": level,
        "region_name": "North West", "la_name": "Harbourside", "old_la_code": "351",
        "education_phase": schools, "overall_absence_perc": absence, "pa_perc": "z",
        "authorised_absence_perc": "1", "unauthorised_absence_perc": "2",
    } | more  # fmt: skip


def test_E7_attendance_so_far_is_of_the_year_and_not_of_a_week(
    import_file: Import, publish: Publish
) -> None:
    rows = [
        attendance("Local authority", "Primary", "5.5"),
        attendance("Regional", "Primary", "5.6"),
        attendance("National", "Total", "7"),
        attendance("National", "Total", "9", time_identifier="Week 12"),
        attendance("School", "Total", "9"),
    ]
    result = import_file("attendance", publish(rows, name="ees.csv"))
    assert (result.run.selected, result.run.rejected) == (4, 1)
    assert held("so-far.primary.absence") == [
        ("351", "2025-26", 5.5, "", 1),
        ("north-west", "2025-26", 5.6, "", 1),
    ]
    assert held("so-far.primary.persistent")[0][2:4] == (None, "not-applicable")
    assert held("so-far.total.absence") == [("england", "2025-26", 7, "", 1)]
    assert AreaMeasure.objects.get(code="so-far.total.absence").label == (
        "Overall absence so far, all schools"
    )


def test_E7_deprivation_is_of_the_list_that_the_columns_name(
    import_file: Import, publish: Publish
) -> None:
    for lsoa, district in (("2011", "2019"), ("2021", "2024")):
        row = {
            f"LSOA code ({lsoa})": "E01000001",
            f"Local Authority District code ({district})": "E09000001",
            "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)": "29,199",
            "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10%": "9",
        }
        import_file("deprivation", publish([row], name=f"{lsoa}.csv"))
    assert [row[:3] for row in held("imd-decile")] == [
        ("E01000001", "2019", 9), ("E01000001", "2025", 9),
    ]  # fmt: skip
    assert held("imd-rank")[0][2] == 29199
