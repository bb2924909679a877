"""The authority's page and its files."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from plimsoll.evidence.models import Area, AreaFact, AreaMeasure, ImportRun, Neighbour
from tests.browser import assert_accessible
from tests.cast import Cast, make_cast
from tests.markup import StrictClient

QUERIES = 16


def fill(measures: int = 1, others: int = 1) -> None:
    """Some figures of Harbourside and of what is around it, none of them real."""
    run = ImportRun.objects.create(
        source="lait", file="lait.csv", sha256="0" * 64, at=datetime(2026, 11, 2, tzinfo=UTC)
    )
    Area.objects.create(code="990", name="Harbourside", kind="authority", region="north-west")
    Area.objects.create(code="north-west", name="North West", kind="region")
    Area.objects.create(code="england", name="England", kind="country")
    for place in range(1, others + 1):
        code = str(300 + place)
        Area.objects.create(code=code, name=f"Inland {place}", kind="authority")
        Neighbour.objects.create(area="990", neighbour=code, place=place)
    codes = ["PriTotAbs", *(f"Test{number}" for number in range(measures - 1))]
    for number, code in enumerate(codes):
        AreaMeasure.objects.create(
            code=code, topic="Absence", label=f"=Absence {number}", good="low", unit="% missed",
            description="Sessions missed.",
        )  # fmt: skip
        for area in Area.objects.values_list("code", flat=True):
            for year, value in (("2022-23", 6.25), ("2023-24", None), ("2024-25", 5.5)):
                AreaFact.objects.create(
                    area=area, measure=code, year=year, value=value, source="lait",
                    marker="" if value else "suppressed", source_run=run.pk,
                )  # fmt: skip


def test_E7_without_figures_the_page_says_what_to_read_in(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    page = client.get("/authority/").content.decode()
    assert "Read in the dictionary of LAIT (lait-measures)" in page
    assert 'href="/data/upload/"' in page
    client.force_login(cast.helen)
    page = client.get("/authority/").content.decode()
    assert "A data officer reads them in" in page
    assert 'href="/data/upload/"' not in page
    assert client.get("/authority/figures.csv").status_code == 200
    assert client.get("/authority/figures.xlsx").status_code == 200


def test_E7_the_page_shows_key_figures_and_the_filters_live_in_the_address(
    cast: Cast, client: StrictClient
) -> None:
    fill(measures=3)
    client.force_login(cast.helen)
    page = client.get("/authority/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Overall absence, % of sessions: primary schools" in page
    assert "Harbourside: 5.5 % in 2024-25; the same as North West (5.5 %)" in page
    assert "Equal 1st of 2 authorities held." in page
    assert "Suppressed: too few pupils to publish" in page
    assert "Source: figures of authorities (Local Authority Interactive Tool), lait.csv" in page
    assert "=Absence 1" not in page
    page = client.get("/authority/?topic=absence").content.decode()
    assert "=Absence 1" in page
    assert 'href="/authority/figures.csv?topic=absence"' in page
    page = client.get("/authority/?topic=absence&phase=post-16").content.decode()
    assert "No figures that are held match." in page
    page = client.get("/authority/?topic=nonsense&page=x").content.decode()
    assert "Overall absence, % of sessions: primary schools" in page


@pytest.mark.parametrize(("measures", "others"), [(1, 1), (30, 12)])
def test_E7_the_page_costs_a_fixed_number_of_queries(
    cast: Cast, client: StrictClient, measures: int, others: int
) -> None:
    fill(measures, others)
    client.force_login(cast.helen)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/authority/?topic=absence").status_code == 200
    assert len(queries) == QUERIES


def test_E7_the_csv_has_a_line_a_figure_and_no_formula(cast: Cast, client: StrictClient) -> None:
    fill(measures=2)
    client.force_login(cast.helen)
    response = client.get("/authority/figures.csv?topic=absence")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="harbourside-council-figures.csv"'
    )
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    mine = [row for row in rows if row["Area"] == "Harbourside" and row["Measure"][-1] == "1"]
    assert [(row["Year"], row["Figure"], row["Why there is none"]) for row in mine] == [
        ("2022-23", "6.25", ""),
        ("2023-24", "", "Suppressed: too few pupils to publish"),
        ("2024-25", "5.5", ""),
    ]
    assert [row["What the figure is"] for row in mine] == ["published", "", "published"]
    assert mine[0]["Measure"] == "'=Absence 1"
    assert (mine[0]["Source"], mine[0]["File"], mine[0]["Date"]) == (
        "figures of authorities (Local Authority Interactive Tool)",
        "lait.csv",
        "read in on 2026-11-02",
    )


def test_E7_the_workbook_holds_text_as_text_with_its_source_on_each_sheet(
    cast: Cast, client: StrictClient
) -> None:
    fill(measures=2)
    client.force_login(cast.helen)
    content = client.get("/authority/figures.xlsx?topic=absence").content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == ["Latest", "Over years"]
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        assert rows[0][0] == "Measure"
        assert rows[1][0] == "=Absence 0"
        assert rows[-1][0] == (
            "Source: Department for Education, figures of authorities (Local Authority "
            "Interactive Tool), lait.csv, read in on 2026-11-02"
        )
    latest = book.get_sheet_by_name("Latest").to_python()[1]
    assert latest[2:9] == ["Harbourside", "2024-25", 5.5, "% missed", "Less", 1, 2]


def test_E7_the_page_is_accessible_and_needs_no_script(
    transactional_db: None, open_page: Callable[..., Page], sign_in: Callable[[Page, object], None],
    live_server: object,
) -> None:  # fmt: skip
    cast = make_cast()
    fill(measures=10, others=6)
    for javascript in (True, False):
        page = open_page(javascript=javascript)
        sign_in(page, cast.helen)
        page.goto(f"{live_server.url}/authority/?topic=absence")  # type: ignore[attr-defined]
        assert page.get_by_role("heading", name="=Absence 0").is_visible()
        if javascript:
            assert_accessible(page)
    page.get_by_label("About").select_option("Key figures")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("heading", name="Overall absence, % of sessions").is_visible()
