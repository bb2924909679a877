"""S9: `plimsoll suggest`, as somebody types it who wants every school's suggestions."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.evidence.commands import import_folder
from plimsoll.evidence.models import ENGLAND, AreaFact, Fact
from plimsoll.evidence.school import suggesting
from plimsoll.evidence.suggest_commands import in_scope, suggest
from plimsoll.framework import editions
from plimsoll.schools.models import School
from tests.allocations import steps
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _liverpool(settings: LazySettings) -> None:
    settings.AUTHORITY = "liverpool"


def school(urn: int, **values: Any) -> School:
    values = {"la": 341, "type": "01", "type_name": "Community school", "status": "1"} | values
    return School.objects.create(
        urn=urn, name=f"School {urn}", number=2000, phase="primary", **values
    )


def absence(*urns: int) -> None:
    for year, england in (("2022-23", 5.9), ("2023-24", 5.5)):
        AreaFact.objects.update_or_create(
            area=ENGLAND, measure="PriTotAbs", year=year, source="lait", defaults={"value": england}
        )
        for urn in urns:
            Fact.objects.create(
                urn=urn, measure="absence.overall", year=year, value=7.2, source="absence"
            )


def run(*words: object) -> Result:
    return CliRunner().invoke(suggest, [str(word) for word in words])


def plain(*words: object) -> dict[str, Any]:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def test_S9_each_school_is_told_with_its_reasons_figures_and_spread() -> None:
    school(900001)
    absence(900001)
    told = plain()
    assert told["edition"] == "liverpool/2026-27"
    (one,) = told["schools"]
    assert (one["urn"], one["name"], one["phase"]) == (900001, "School 900001", "primary")
    (attendance,) = [each for each in one["criteria"] if each["criterion"] == "attendance"]
    source = {"source": "Entered by the authority", "as_at": ""}
    assert attendance == {
        "criterion": "attendance",
        "label": "Attendance",
        "suggestions": [
            {
                "descriptors": [
                    {
                        "id": "attendance.well-below",
                        "text": "Attendance may be well below the national average, and either "
                        "declining or showing no promise of sustainable improvement.",
                    }
                ],
                "bands": ["D"],
                "because": "Absence was 7.2 % in 2022-23 and 7.2 % in 2023-24, 1.7 percentage "
                "points above primary schools in England at 5.5 % (Entered by the authority). "
                "Whether there is promise of improvement since is for both sides to judge.",
                "assumed": True,
                "measure": "absence.overall",
                "figures": [
                    {"label": "Overall absence, % of sessions, 2022-23", "value": "7.2 %"} | source,
                    {"label": "primary schools in England, 2022-23", "value": "5.9 %"} | source,
                    {"label": "Overall absence, % of sessions, 2023-24", "value": "7.2 %"} | source,
                    {"label": "primary schools in England, 2023-24", "value": "5.5 %"} | source,
                ],
            }
        ],
    }
    assert one["spread"] == {"A": [], "B": [], "C": [], "D": ["attendance"]}
    (reading,) = [each for each in one["criteria"] if each["criterion"] == "reading"]
    assert reading["suggestions"] == [
        {"descriptors": [], "because": "Published data says nothing on this."}
    ]


def test_S9_without_json_it_is_told_in_words() -> None:
    school(900001)
    absence(900001)
    told = run().stdout
    assert told.startswith("900001  School 900001 (Community school, primary)\n  Attendance (D)\n")
    assert "judge. Assumed.\n    - Overall absence, % of sessions, 2022-23: 7.2 % (Entered" in told
    assert "  Nothing is suggested: Inspection grade or expectation, " in told
    assert "  Criteria by band, which inform and never decide: A 0, B 0, C 0, D 1\n" in told


def test_S9_only_open_schools_of_the_policys_types_and_of_ones_own_authority() -> None:
    school(900001)
    school(900002, status="2")
    school(900003, type="11")
    school(900004, la=343)
    assert [one["urn"] for one in plain()["schools"]] == [900001]
    assert [one["urn"] for one in plain("--la", 341, 343)["schools"]] == [900001, 900004]
    assert [one["urn"] for one in plain("--la", 343, "--urn", 900004)["schools"]] == [900004]


def test_S9_a_school_that_is_none_of_them_is_refused() -> None:
    school(900003, type="11")
    done = run("--urn", 900003)
    assert done.exit_code == 1
    assert "No open school of the policy's scope there: 900003." in done.output


def test_S9_no_school_at_all_is_an_empty_list() -> None:
    assert plain()["schools"] == []


def test_S7_no_band_of_any_school_is_read_or_printed(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    steps.agreed(cast, band="C")
    queries: CaptureQueriesContext
    with django_assert_num_queries(QUERIES) as queries:
        told = run("--json").stdout
    table = Allocation._meta.db_table
    assert not any(table.split("_")[0] in query["sql"] for query in queries.captured_queries)
    assert "proposed" not in told
    assert '"band":' not in told


# The schools, their lineage twice, inspections with grades, figures and what is around them.
QUERIES = 10


def test_a_batch_costs_the_same_for_one_school_and_for_many(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = editions.current()

    def read() -> int:
        schools = in_scope(edition, ["341"])
        found = suggesting.suggestions_for(edition, schools, today=date(2026, 11, 25))
        return len(list(found))

    school(900001)
    absence(900001)
    with django_assert_num_queries(QUERIES):
        assert read() == 1
    for urn in range(900002, 900012):
        school(urn)
        absence(urn)
    with django_assert_num_queries(QUERIES):
        assert read() == 11
    monkeypatch.setattr(suggesting, "BATCH", 6)
    with django_assert_num_queries(2 * QUERIES - 1):
        assert read() == 11


# Read by hand in england_abs.csv of 2022-23 and 2023-24, the key stage 2 and 4 files of
# 2022-23 to 2024-25, england_ks5final.csv, and England's figures in LAIT. By URN: each
# descriptor that figures suggest, with the school's figures, the oldest first.
REAL: dict[int, dict[str, list[str]]] = {
    # Community primary: 2.0 above England's 5.5, but it came down by 1.7.
    140975: {
        "outcomes.declining": ["31 %", "29 %"],
        "attendance.needs-improvement": ["7.5 %"],
        "persistent-absence.high": ["31.3 %", "23.0 %"],
    },
    # Voluntary aided primary: from 11 below England to 7 below.
    141076: {
        "outcomes.positive-trajectory": ["50 %", "56 %"],
        "attendance.well-below": ["6.7 %", "7.5 %"],
        "persistent-absence.high": ["21.3 %", "24.8 %"],
    },
    134250: {
        "outcomes.declining": ["48 %", "43 %"],
        "attendance.well-below": ["7.1 %", "7.5 %"],
        "persistent-absence.high": ["23.3 %", "24.1 %"],
    },
    # Voluntary controlled primary: persistent absence of 14.4 % is no longer 5 above.
    135267: {
        "outcomes.consistently-in-line": ["79 %", "69 %"],
        "attendance.needs-improvement": ["5.9 %"],
    },
    # Foundation primary: from 52 % to 66 %, now above England's 63, which no rule speaks of.
    104611: {"attendance.at-or-above": ["5.1 %"]},
    # Nursery, pupil referral unit, free school for alternative provision: not in the files.
    104507: {},
    135656: {},
    138379: {},
    # Community special: special schools in England stand at 13.01.
    104736: {"attendance.at-or-above": ["12.6 %"]},
    # Special academy since July 2025: the figures are its predecessor's, URN 104744.
    151857: {
        "attendance.well-below": ["12.1 %", "15.9 %"],
        "persistent-absence.high": ["47.1 %", "47.1 %"],
    },
    # Sponsored secondary academy.
    148226: {
        "post-16.inconsistent": ["28.35", "21.61"],
        "outcomes.consistently-below": ["31.6", "26.6", "28.2"],
        "attendance.well-below": ["16.8 %", "19.4 %"],
        "persistent-absence.high": ["51.5 %", "54.8 %"],
    },
    # Converter secondary academy: half a point below England in 2022-23, above it since.
    138183: {
        "post-16.inconsistent": ["26.42", "28.58"],
        "outcomes.consistently-in-line": ["45.8", "47.4", "47.3"],
        "attendance.needs-improvement": ["9.2 %"],
    },
    # Voluntary aided secondary.
    104705: {
        "outcomes.consistently-in-line": ["57.9", "55.9", "57.0"],
        "attendance.at-or-above": ["5.0 %"],
    },
    # All-through academy: key stage 2 for two years, key stage 4 for three.
    139686: {
        "outcomes.consistently-in-line": ["68 %", "70 %", "57.2", "55.0", "55.1"],
        "attendance.at-or-above": ["5.1 %"],
    },
    # University technical college: Attainment 8 rose to above England's.
    139588: {
        "post-16.inconsistent": ["26.19", "27.40"],
        "attendance.needs-improvement": ["10.9 %"],
        "persistent-absence.high": ["36.8 %", "33.2 %"],
    },
}


def test_S9_liverpools_schools_of_every_phase_and_route(
    real_data: Path, settings: LazySettings, tmp_path: Path
) -> None:
    settings.VAR = tmp_path / "var"
    folder = str(real_data / "merseyside")
    assert CliRunner().invoke(import_folder, [folder, "--la", "341"]).exit_code == 0
    told = plain()
    assert len(told["schools"]) == 185
    by_urn = {one["urn"]: one for one in told["schools"]}
    assert {urn: _from_figures(by_urn[urn]) for urn in REAL} == REAL
    (attendance,) = [
        each["suggestions"][0]["because"]
        for each in by_urn[151857]["criteria"]
        if each["criterion"] == "attendance"
    ]
    assert attendance.endswith(
        "The figures of 2022-23 and 2023-24 are those of the predecessor school."
    )
    text = json.dumps(told)
    # No school-level file of suspensions could be had, and the money is of 2018 and before.
    assert "exclusions.low" not in text
    assert "functions.concerns-identified" not in text


def _from_figures(one: dict[str, Any]) -> dict[str, list[str]]:
    """By descriptor, the school's own figures."""
    found: dict[str, list[str]] = {}
    for row in one["criteria"]:
        for each in row["suggestions"]:
            for descriptor in each["descriptors"] if each.get("measure") else ():
                own = [f["value"] for f in each["figures"] if "England" not in f["label"]]
                found.setdefault(descriptor["id"], []).extend(own)
    return found
