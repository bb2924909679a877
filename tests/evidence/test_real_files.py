"""The real published files of Merseyside. What is expected was read in the files by hand."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import LazySettings

from plimsoll.evidence.commands import import_folder
from plimsoll.evidence.models import Inspection
from plimsoll.evidence.school.queries import inspections_of, profile
from plimsoll.schools.models import Group, Membership, School, SchoolLink
from tests.evidence.conftest import Import, counts

WHOLE = "edubasealldata_RECONSTRUCTED_merseyside.csv"
MANAGEMENT = "State-funded_schools_inspections_and_outcomes_as_at_31_August_2025.csv"


@pytest.fixture
def gias(real_data: Path) -> Path:
    return real_data / "merseyside" / "gias"


@pytest.fixture
def ofsted(real_data: Path) -> Path:
    return real_data / "merseyside" / "ofsted"


@pytest.fixture
def liverpool(import_file: Import, gias: Path, ofsted: Path) -> None:
    """What a new user in Liverpool reads in, in that order."""
    for source, path in (
        ("gias", gias / WHOLE),
        ("gias-links", gias / "links_edubasealldata20260821.csv"),
        ("gias-groups", gias / "allgroupsdata20260821.csv"),
        ("ofsted", ofsted / MANAGEMENT),
        ("ofsted-report-cards", ofsted / "report_cards_as_at_20260630.csv"),
    ):
        assert import_file(source, path, las=["341"]).run.rejected == 0


def test_liverpools_register(import_file: Import, gias: Path) -> None:
    result = import_file("gias", gias / WHOLE, las=["341"])
    assert counts(result) == {"rows": 677, "selected": 219, "accepted": 219, "created": 219}
    assert result.as_plain()["as_at"] is None
    one = School.objects.get(pk=104698)
    assert (one.name, one.laestab, one.postcode) == ("Calderstones School", "341/4427", "L18 3HS")
    assert (one.type, one.phase, one.pupils, one.route) == ("01", "secondary", 1575, "maintained")
    # A code is left out in the file, and the name stands for it.
    assert School.objects.filter(type="08").count() == 2
    assert School.objects.filter(phase="nursery", type="15").count() == 5


def test_the_whole_of_merseyside(import_file: Import, gias: Path) -> None:
    result = import_file("gias", gias / WHOLE)
    assert counts(result) == {"rows": 677, "selected": 677, "accepted": 677, "created": 677}
    las = {la: School.objects.filter(la=la).count() for la in (340, 341, 342, 343, 344)}
    assert las == {340: 69, 341: 219, 342: 89, 343: 136, 344: 164}


def test_the_extract_of_academies(import_file: Import, gias: Path) -> None:
    result = import_file("gias", gias / "edubaseallacademiesandfree20211231.csv", las=["341"])
    assert counts(result) == {"rows": 110, "selected": 33, "accepted": 33, "created": 33}
    assert result.run.as_at == date(2021, 12, 31)
    one = School.objects.get(pk=131065)
    assert (one.name, one.type, one.phase) == ("North Liverpool Academy", "28", "secondary")
    assert (one.opened, one.laestab) == (date(2006, 9, 1), "341/6906")


def test_the_extract_of_academies_blanks_nothing(import_file: Import, gias: Path) -> None:
    import_file("gias", gias / WHOLE, las=["341"])
    import_file("gias", gias / "edubaseallacademiesandfree20211231.csv", las=["341"])
    one = School.objects.get(pk=131065)
    assert (one.trust_uid, one.trust_name, one.pupils) == (4041, "Northern Schools Trust", 1286)


def test_links_and_groups(import_file: Import, gias: Path) -> None:
    links = import_file("gias-links", gias / "links_edubasealldata20260821.csv")
    assert counts(links) == {"rows": 796, "selected": 796, "accepted": 796, "created": 796}
    assert SchoolLink.objects.filter(urn=101857, kind="Successor").get().since == date(2016, 1, 1)
    groups = import_file("gias-groups", gias / "allgroupsdata20260821.csv")
    assert counts(groups) == {"rows": 93, "selected": 93, "accepted": 93, "created": 93}
    trust = Group.objects.get(pk=2072)
    assert (trust.name, trust.kind) == ("EPWORTH EDUCATION TRUST", "Multi-academy trust")
    members = import_file("gias-groups", gias / "grouplinks_edubaseallacademiesandfree20240329.csv")
    assert counts(members) == {"rows": 249, "selected": 249, "accepted": 249, "created": 249}
    assert Membership.objects.get(urn=143503, uid=16687).joined == date(2017, 6, 1)


def test_management_information(import_file: Import, ofsted: Path) -> None:
    result = import_file("ofsted", ofsted / MANAGEMENT)
    # Three schools were not inspected yet, so their rows bring nothing new.
    assert counts(result) == {
        "rows": 529, "selected": 529, "accepted": 529, "created": 526, "unchanged": 3,
    }  # fmt: skip
    assert result.run.as_at == date(2025, 8, 31)
    assert Inspection.objects.filter(overall_status="not-judged", kind="graded").count() == 78
    # 217 rows name an ungraded inspection; three of those became the graded one.
    assert Inspection.objects.filter(kind="ungraded").count() == 214


def test_the_era_of_an_overall_grade(liverpool: None) -> None:
    last, before = inspections_of(School.objects.get(pk=104698))
    assert (last.starts, last.headline, last.inspection.number) == (
        date(2023, 1, 24),
        "Good",
        "10244617",
    )
    assert [(figure.label, figure.value) for figure in last.figures] == [
        ("Overall grade", "Good"),
        ("Quality of education", "Good"),
        ("Behaviour and attitudes", "Good"),
        ("Personal development", "Good"),
        ("Effectiveness of leadership and management", "Good"),
        ("Early years provision", "Not judged"),
        ("Sixth form provision", "Good"),
        ("Safeguarding", "Effective"),
        ("Category of concern", "No category of concern"),
    ]
    assert (before.starts, before.headline) == (date(2019, 5, 21), "Requires improvement")


def test_the_era_of_key_judgements(liverpool: None) -> None:
    last, before = inspections_of(School.objects.get(pk=141103))
    assert (last.starts, last.era, last.inspection.overall_label) == (
        date(2025, 6, 5),
        "key-judgements",
        "Not judged",
    )
    assert last.inspection.category_label == "Special measures"
    assert last.inspection.safeguarding_label == "Not effective"
    assert last.judgements == {
        "quality-of-education": "4",
        "behaviour-and-attitudes": "4",
        "personal-development": "4",
        "leadership-and-management": "4",
        "early-years": "4",
    }
    assert (before.starts, before.inspection.overall) == (date(2024, 3, 12), 3)


def test_a_report_card_after_a_predecessors_inspections(liverpool: None) -> None:
    academy = School.objects.get(pk=149530)
    card, inadequate, before = inspections_of(academy)
    assert (card.starts, card.era, card.of_predecessor) == (date(2026, 1, 6), "report-card", False)
    assert card.judgements == {
        "inclusion": "expected-standard",
        "curriculum-and-teaching": "expected-standard",
        "achievement": "needs-attention",
        "attendance-and-behaviour": "expected-standard",
        "personal-development-and-wellbeing": "expected-standard",
        "leadership-and-governance": "strong-standard",
    }
    assert (inadequate.urn, inadequate.starts) == (136409, date(2020, 1, 14))
    assert inadequate.of_predecessor
    assert (inadequate.headline, inadequate.inspection.category_label) == (
        "Inadequate",
        "Special measures",
    )
    assert (before.urn, before.starts) == (136409, date(2017, 10, 4))
    assert before.inspection.category_label == "Serious weaknesses"


def test_a_new_school_was_not_inspected_but_its_predecessors_may_have_been(
    liverpool: None,
) -> None:
    sudley = profile(School.objects.get(pk=150149), date(2026, 11, 2))
    assert [told.urn for told in sudley.inspections if not told.of_predecessor] == []


def test_the_short_layout_of_2018_joins_the_inspections_that_are_known(
    import_file: Import, ofsted: Path
) -> None:
    import_file("ofsted", ofsted / MANAGEMENT)
    import_file("ofsted", ofsted / "england_ofsted-schools_31July2018.csv")
    # 104420: the file of 2018 has 15 March 2017, the last day; that of 2025 the first.
    known = Inspection.objects.filter(urn=104420, kind="graded").order_by("starts")
    assert [(one.starts, one.ends) for one in known] == [
        (date(2017, 3, 14), date(2017, 3, 15)),
        (date(2019, 5, 22), None),
    ]


def test_the_same_real_files_again_change_nothing(
    import_file: Import, liverpool: None, gias: Path, ofsted: Path
) -> None:
    for source, path in (
        ("gias", gias / WHOLE),
        ("gias-links", gias / "links_edubasealldata20260821.csv"),
        ("gias-groups", gias / "allgroupsdata20260821.csv"),
        ("ofsted", ofsted / MANAGEMENT),
        ("ofsted-report-cards", ofsted / "report_cards_as_at_20260630.csv"),
    ):
        run = import_file(source, path, las=["341"]).run
        assert (run.created, run.updated, run.rejected) == (0, 0, 0)
        assert run.unchanged == run.accepted > 0


UNREAD = {
    "PROVENANCE.csv": "It says where other files were found",
    "calendar/govuk_bank_holidays.json": "it is JSON",
    "derived/school_place_flat_202608.csv": "Somebody put it together from several publications",
    "gias/edubasealldata_header.csv": "not one row",
    "gias/register_all_establishments_20220713_thin.csv": "an extract of the register",
    "gias/secondary_schools_gias_20260307_joined.csv": "an extract of the register",
    "ofsted/inspection_events_2005_2026_DERIVED.csv": "a history of inspections",
    "ofsted/ofsted_inspection_history_2005_2020.csv": "a history of inspections",
    "performance_tables/2018-2019/abs_meta.csv": "It describes the columns",
    "performance_tables/2018-2019/census_meta.csv": "It describes the columns",
    "performance_tables/2018-2019/england_school_information.csv": "the list of schools",
    "performance_tables/2018-2019/ks2_meta.csv": "It describes the columns",
    "performance_tables/2018-2019/ks4_meta.csv": "It describes the columns",
    "performance_tables/2018-2019/ks5_meta.csv": "It describes the columns",
    "performance_tables/2018-2019/la_and_region_codes_meta.csv": "It lists the codes",
    "performance_tables/2018-2019/school_information_meta.csv": "It describes the columns",
    "performance_tables/reference_full_headers/england_ks4final_515col_header.csv": "not one row",
}


def test_S3_the_whole_folder_is_read_or_says_why_not(
    settings: LazySettings, tmp_path: Path, real_data: Path, db: None
) -> None:
    settings.VAR = tmp_path / "var"
    done = CliRunner().invoke(
        import_folder, [str(real_data / "merseyside"), "--la", "341", "--json"]
    )
    assert done.exit_code == 0, done.stderr
    files = {each["file"]: each for each in json.loads(done.stdout)["files"]}
    states = [each["outcome"] for each in files.values()]
    assert (states.count("read"), states.count("not read"), len(states)) == (60, 40, 100)
    assert not [name for name, each in files.items() if "of no source" in each["reason"]]
    for name, why in UNREAD.items():
        assert files[name]["outcome"] == "not read", name
        assert why in files[name]["reason"], name
    brought = {
        "gias/edubasealldata_RECONSTRUCTED_merseyside.csv": 186,
        "gias/edubaseallacademiesandfree20211231.csv": 33,
        "la_level/lait_bds_long_merseyside_NW_England.csv.gz": 26390,
        "la_level/sn_may_2025.xlsx": 1580,
        "ofsted/report_cards_as_at_20260630.csv": 23,
        "performance_tables/2023-2024/england_abs.csv": 162,
    }
    assert {name: files[name]["created"] for name in brought} == brought
