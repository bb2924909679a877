"""Data health: what is held, how old, how complete, and what does not fit together."""

import re
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plimsoll.desk.health import states
from plimsoll.evidence import sources
from plimsoll.evidence.health import coverage
from plimsoll.evidence.models import Fact, ImportRun, PublishedRow, SchoolsMean
from plimsoll.schools.models import School
from tests.cast import NOW, Cast, make_school
from tests.desk.test_brought import read
from tests.markup import StrictClient

ABSENCE = "URN,LA,PERCTOT,PPERSABS10\n900001,990,5.1,SUPP\n900002,990,,20\n900099,990,6,18\n"
BACK = "URN,LA,PERCTOT,PPERSABS10\n900001,990,4.1,10\n"


def said(client: StrictClient, address: str) -> str:
    """What a page says, without its markup."""
    page = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def held(cast: Cast, tmp_path: Path) -> Cast:
    """Two years of absence, of three schools and of two of them."""
    read(tmp_path, BACK, year="2022-23")
    read(tmp_path, ABSENCE, year="2023-24")
    return cast


@pytest.mark.parametrize(
    ("source", "today", "year"),
    [
        ("absence", date(2026, 3, 31), "2023-24"),
        ("absence", date(2026, 4, 1), "2024-25"),
        ("ks2", date(2025, 12, 31), "2023-24"),
        ("ks2", date(2026, 1, 1), "2024-25"),
        ("school-census", date(2026, 7, 1), "2025-26"),
        ("finance", date(2026, 2, 1), "2024-25"),
        ("gias", date(2026, 2, 1), ""),
    ],
)
def test_a_year_is_due_when_the_usual_month_is_over(source: str, today: date, year: str) -> None:
    assert coverage.due(sources.known()[source], today) == year


def test_how_far_a_source_is_behind_is_said_with_care(held: Cast) -> None:
    (absence,) = states(["absence"], date(2026, 4, 1))
    assert (absence.span, absence.files, absence.behind) == ("2022-23 to 2023-24", 2, 1)
    assert absence.age == (
        "One year behind the calendar: figures of 2024-25 are usually out by the end of "
        "March 2026. Look for a newer file."
    )
    (absence,) = states(["absence"], date(2026, 3, 31))
    assert absence.age == "Up to date: 2023-24 is the newest that is usually out."
    undated = ImportRun.objects.create(source="gias", file="x.csv", sha256="0", at=NOW)
    (register,) = states(["gias"], date(2026, 10, 8))
    assert register.age == "Its name does not say of which day it is; published every day."
    ImportRun.objects.filter(pk=undated.pk).update(as_at=date(2026, 10, 5))
    (register,) = states(["gias"], date(2026, 10, 8))
    assert register.age == "3 days old; published every day."
    (nothing,) = states(["ks2"], date(2026, 3, 31))
    assert nothing.age == "Nothing is held. Read in its newest file."


def test_S3_who_has_a_row_is_counted_by_kind_and_year(held: Cast, client: StrictClient) -> None:
    """Absence covers Harbour View, Dock Road and Lighthouse: no nursery, no referral unit."""
    client.force_login(held.dan)
    page = said(client, "/data/health/sources/absence/")
    assert "Primary schools 1 of 1 1 of 1" in page
    assert "Secondary schools 1 of 1 0 of 1" in page
    assert "Special schools 0 of 1 0 of 1" in page
    assert "Nursery schools" not in page
    without = page.partition("Schools without a row of 2023-24")[2].partition("Files")[0]
    assert "Lighthouse School" in without
    assert "Tidewater" not in without
    assert "Quayside" not in without


def test_S3_cells_are_counted_as_figures_suppressed_or_otherwise_marked(
    held: Cast, client: StrictClient
) -> None:
    """2023-24: 5.1, SUPP; blank, 20. The school that the register lacks is not counted."""
    client.force_login(held.dan)
    page = said(client, "/data/health/sources/absence/")
    assert "2023-24 2 1 1" in page
    assert "2022-23 2 0 0" in page


def test_a_school_that_opened_since_is_not_expected_to_have_a_row(held: Cast) -> None:
    for opened, expected in ((date(2023, 9, 1), []), (date(2023, 8, 31), [900004])):
        School.objects.filter(pk=900004).update(opened=opened)
        lacking = coverage.lacking(sources.known()["absence"], "2023-24", ["990"])
        assert [school.pk for school in lacking] == expected


def test_only_schools_with_pupils_of_the_age_are_expected_to_have_results(cast: Cast) -> None:
    ages = {900001: (3, 7), 900002: (11, 18), 900004: (4, 16)}
    for urn, (low, high) in ages.items():
        School.objects.filter(pk=urn).update(age_from=low, age_to=high)
    found = {
        name: sorted(school.pk for school in coverage.expected(sources.known()[name], ["990"]))
        for name in ("ks2", "ks4", "ks5", "finance")
    }
    assert found == {
        "ks2": [900004],
        "ks4": [900002, 900004],
        "ks5": [900002],
        "finance": [900001, 900004],
    }


def test_a_number_that_nobody_knows_is_listed_with_what_is_held_of_it(
    held: Cast, client: StrictClient
) -> None:
    client.force_login(held.dan)
    assert "1 URN that nobody knows" in said(client, "/data/health/")
    assert "900099 absence 2023-24" in said(client, "/data/health/unknown/")


def test_open_schools_that_may_be_there_twice_are_listed(cast: Cast, client: StrictClient) -> None:
    make_school(900101, "Harbour View Primary School", "34", "primary")
    make_school(900102, "Pier School", "01", "primary", number=2002)
    make_school(900103, "Old Pier School", "01", "primary", number=2002, status="2")
    client.force_login(cast.dan)
    overview = said(client, "/data/health/")
    assert "1 LAESTAB of more than one open school" in overview
    assert "1 name with one postcode" in overview
    numbers = said(client, "/data/health/duplicates/")
    assert "990/2002 Dock Road Academy, URN 900002 Pier School, URN 900102" in numbers
    assert "Old Pier" not in numbers
    names = said(client, "/data/health/duplicates/?by=name")
    assert "HB1 1AA Harbour View Primary School, URN 900001" in names


def fact(source: str, value: float, urn: int = 900001) -> None:
    measure, year = "absence.overall", "2023-24"
    Fact.objects.create(urn=urn, measure=measure, year=year, source=source, value=value)
    SchoolsMean.objects.get_or_create(
        la=990, group="primary", measure=measure, year=year, source=source,
        defaults={"mean": value, "schools": 1},
    )  # fmt: skip


def test_S3_two_sources_that_disagree_are_shown_and_rounding_is_not(
    cast: Cast, client: StrictClient
) -> None:
    fact("absence", 5.1)
    fact("attendance", 6.4)
    fact("absence", 7.0, urn=900002)
    fact("attendance", 7.04, urn=900002)
    client.force_login(cast.dan)
    page = said(client, "/data/health/disagreeing/")
    assert "Harbour View Primary School" in page
    assert "absence: 5.1 % attendance: 6.4 %" in page
    assert "Dock Road" not in page


PAGES = {
    "": 9,
    "sources/absence/": 10,
    "unknown/": 5,
    "duplicates/": 5,
    "disagreeing/": 7,
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("more", [0, 40])
def test_data_health_costs_a_fixed_number_of_queries(
    page: str, more: int, held: Cast, client: StrictClient
) -> None:
    make_school(900102, "Pier School", "01", "primary", number=2002)
    for urn in range(900200, 900200 + more):
        make_school(urn, f"Quay {urn}", "01", "primary", number=3000 + urn // 2)
        PublishedRow.objects.create(source="absence", urn=urn + 1000, year="2023-24")
    for urn in (900001, *range(900200, 900200 + more)):
        for source, value in (("absence-too", 9.0), ("census", 3.0)):
            fact(source, value, urn)
    client.force_login(held.dan)
    with time_machine.travel(NOW, tick=False):
        client.get(f"/data/health/{page}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/data/health/{page}")
    assert len(queries) == PAGES[page], [query["sql"] for query in queries]


def test_a_source_that_nobody_knows_is_not_found(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    assert client.get("/data/health/sources/nonsense/").status_code == 404
