"""The real published figures of areas. What is expected was read in the files by hand."""

from datetime import date
from pathlib import Path

import pytest

from plimsoll.evidence.authority.indicators import all_of
from plimsoll.evidence.authority.queries import around, held, stories
from plimsoll.evidence.models import Area, AreaFact, AreaMeasure, Neighbour
from plimsoll.evidence.school.queries import profile
from plimsoll.framework.editions import edition
from plimsoll.schools.models import School
from tests.evidence.conftest import Import, counts


@pytest.fixture
def level(real_data: Path) -> Path:
    return real_data / "merseyside" / "la_level"


@pytest.fixture
def lait(import_file: Import, level: Path) -> None:
    import_file("lait-measures", level / "lait_data_dictionary.csv")
    result = import_file("lait", level / "lait_bds_long_merseyside_NW_England.csv.gz", las=["341"])
    # One indicator has seven lines of a year that is called “0” and has no figure.
    assert counts(result) == {
        "rows": 26397, "selected": 26397, "accepted": 26390, "rejected": 7, "created": 26390,
    }  # fmt: skip


def value(area: str, measure: str, year: str) -> float | None:
    return AreaFact.objects.get(area=area, measure=measure, year=year).value


def test_E7_figures_of_authorities_over_years(lait: None) -> None:
    assert AreaMeasure.objects.count() == 448
    # England’s primary absence of 5.53 is published for 2023/24, and LAIT calls it 2024.
    assert value("england", "PriTotAbs", "2023-24") == 5.53
    assert value("341", "PriTotAbs", "2023-24") == 5.88
    assert value("341", "SFPriPerAbNew", "2021-22") == 17.99
    assert value("341", "KS2RWM_Expected_STD", "2024-25") == 57
    assert value("england", "KS2RWM_Expected_STD", "2015-16") == 54
    assert value("341", "AVG_Prog8_Score", "2016-17") == -0.29
    assert value("341", "AVG_Attain8_Score", "2023-24") == 41.3
    assert value("341", "PriFSM", "2024-25") == 34.2
    assert value("341", "PriPermEx", "2023-24") == 0.04767
    assert value("341", "APSE_Alevel", "2022-23") == 32.18
    assert value("england", "C&YPExpenditure", "2024-25 (OT)") == 16012355892
    gone = AreaFact.objects.get(area="341", measure="KS2RWM_Expected_STD", year="2019-20")
    assert (gone.value, gone.marker) == (None, "not-available")
    assert Area.objects.get(pk="342").region == "north-west"


def test_E7_statistical_neighbours(import_file: Import, level: Path) -> None:
    result = import_file("neighbours", level / "sn_may_2025.xlsx", las=["341"])
    assert (result.run.created, result.run.rejected) == (1580, 0)
    them = Neighbour.objects.filter(area="341").order_by("place").values_list("neighbour")
    assert " ".join(code for (code,) in them) == "890 805 806 355 393 340 394 391 807 354"
    assert Area.objects.get(pk="890").name == "Blackpool"


def test_E7_attendance_so_far(import_file: Import, level: Path) -> None:
    import_file("attendance", level / "EES_ytd_attendance_2025_26_at_202607.csv", las=["341"])
    assert value("341", "so-far.primary.absence", "2025-26") == 5.74375667972473
    assert value("341", "so-far.secondary.persistent", "2025-26") == 27.0010741837831
    assert value("england", "so-far.total.absence", "2025-26") == 6.88324813506746


def test_E7_deprivation_of_neighbourhoods(import_file: Import, real_data: Path) -> None:
    folder = real_data / "merseyside" / "deprivation"
    for name in (
        "File_1_IoD2025_Index_of_Multiple_Deprivation.csv",
        "File_2_-_IoD2019_Domains_of_Deprivation.csv",
    ):
        assert import_file("deprivation", folder / name).run.rejected == 0
    assert value("E01006539", "imd-rank", "2019") == 24374
    assert value("E01006539", "imd-decile", "2019") == 8
    assert value("E01006539", "imd-rank", "2025") == 30835
    assert value("E01006539", "imd-decile", "2025") == 10


def test_S3_a_school_shows_how_deprived_its_neighbourhood_is(
    import_file: Import, real_data: Path
) -> None:
    """One in forty neighbourhoods of the register is not among those of 2021."""
    merseyside = real_data / "merseyside"
    register = "edubasealldata_RECONSTRUCTED_merseyside.csv"
    import_file("gias", merseyside / "gias" / register, las=["341"])
    for path in sorted((merseyside / "deprivation").iterdir()):
        import_file("deprivation", path)

    def shown(urn: int) -> list[tuple[str, str, str]]:
        context = profile(School.objects.get(pk=urn), date(2026, 11, 2)).context
        return [(f.key, f.value, f.status) for f in context if f.key.startswith("imd")]

    assert shown(104698) == [("imd-2019", "8", "published"), ("imd-2025", "10", "published")]
    assert shown(104569) == [
        ("imd-2019", "4", "published"),
        ("imd-2025", "No figure: the list of 2025 has no E01006513", "not-published"),
    ]


def test_E7_liverpool_beside_the_authorities_held(
    lait: None, import_file: Import, level: Path
) -> None:
    """Of its ten statistical neighbours the file has Knowsley alone: too few for a mean."""
    import_file("neighbours", level / "sn_may_2025.xlsx")
    beside = around("341")
    assert beside is not None
    known = {one.code: one for one in all_of(held("341"))}
    wanted = [known[code] for code in ("PriTotAbs", "KS2RWM_Expected_STD", "PriFSM")]
    absence, results, meals = stories(beside, wanted, edition("liverpool/2026-27").profile)
    assert [line.label for line in absence.lines] == ["Liverpool", "North West", "England"]
    assert absence.periods == ("2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
    assert [line.value("2024-25") for line in absence.lines] == [5.55, 5.14, 5.2]
    assert str(absence.standing) == "3rd of 5 authorities held"
    assert [line.value("2024-25") for line in results.lines] == [57, 61, 63]
    assert str(results.standing) == "4th of 5 authorities held"
    assert (meals.own.value("2024-25"), meals.standing) == (34.2, None)
