"""The school profile, as a page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plimsoll.evidence.models import ImportRun, SchoolsMean
from plimsoll.schools.models import SchoolLink
from tests.cast import Cast, make_school
from tests.desk.figures_of import OWN, publish
from tests.desk.inspected import inspected
from tests.markup import StrictClient

ADDRESS = "/schools/900001/evidence/"


def text(client: StrictClient, address: str = ADDRESS) -> str:
    """What the page says, in one line, with plain spaces."""
    page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r'<span class="pl-year">(.*?)</span>', r"\1", main)
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\u00a0", " ").split())


@pytest.fixture
def reader(cast: Cast, client: StrictClient) -> StrictClient:
    publish(cast.harbour_view)
    client.force_login(cast.helen)
    return client


def test_S3_what_changed_comes_first_with_its_source_and_date(reader: StrictClient) -> None:
    page = text(reader)
    changed = page[page.index("What changed", page.index("Sources")) :]
    assert changed.startswith(
        "What changed Better Overall absence fell from 6.2 % in 2023-24 to 5.7 % in 2024-25; "
        "primary schools in England: 5.5 %. Source: absence in schools (performance tables), "
        "as at 20 March 2026"
    )
    assert "Worse Expected standard in reading, writing and maths fell from 75 %" in changed
    assert "(of 12 pupils); England: 61 %." in changed


def test_S3_a_marker_is_words_and_never_nought(reader: StrictClient) -> None:
    page = text(reader)
    assert "2022-23 Suppressed: too few pupils to publish 6.2 %" in page
    assert (
        "No figure for this school Key stage 2: higher standard in reading, writing and maths: "
        "Suppressed: too few pupils to publish (2022-23 to 2023-24)" in page
    )


def test_S3_each_theme_begins_with_its_newest_figures_beside_england(
    reader: StrictClient,
) -> None:
    page = text(reader)
    assert (
        "Attendance: the newest figure of each measure Measure This school England "
        "Overall absence , 2024-25 5.7 % close to England 5.5 % "
        "Persistent absence , 2024-25 21.0 % Not held Overall absence, % of sessions" in page
    )
    assert "Eligible for free school meals, 2024-25 31.4 % Not held Year by year" in page


def test_the_headline_of_a_theme_is_unfolded_and_the_rest_is_folded(reader: StrictClient) -> None:
    page = reader.get(ADDRESS).content.decode()
    assert '<h3 class="govuk-heading-s" id="absenceoverall">' in page
    assert '<summary class="govuk-details__summary" id="absencepersistent">' in page
    assert 'href="#absencepersistent"' in page
    assert "<details open" not in page


def test_a_year_is_not_broken_over_two_lines(reader: StrictClient) -> None:
    page = reader.get(ADDRESS).content.decode()
    assert 'fell from 6.2\u00a0% in <span class="pl-year">2023-24</span> to' in page


def test_what_is_missing_is_said_in_words_and_no_chart_is_empty(reader: StrictClient) -> None:
    page = text(reader)
    assert "Nothing is held for this school on: Expected standard in reading; " in page
    assert "Results of pupils with special educational needs" in page
    html = reader.get(ADDRESS).content.decode()
    assert html.count('class="pl-trend__chart"') == 5  # four measures, one of them with a gap
    assert "31.4" in html  # of one year: a table


def test_few_pupils_carry_a_warning(reader: StrictClient) -> None:
    page = text(reader)
    assert "Few pupils 2023-24: 12 pupils: one pupil is 8 percentage points." in page
    assert "This school: of 12 pupils (2023-24)" in page


def test_a_gap_is_a_difference_over_years_beside_englands(reader: StrictClient) -> None:
    page = text(reader)
    gap = page[page.index("percentage points behind other pupils Expected standard") :]
    assert "Year This school England 2022-23 18 Not held 2023-24 26 22" in gap
    assert "50 % beside 68 % of other pupils (2022-23)" in gap


def test_each_figure_has_its_source_and_date(reader: StrictClient) -> None:
    page = text(reader)
    assert (
        "This school, 2021-22 to 2024-25: absence in schools (performance "
        "tables), as at 20 March 2026" in page
    )
    assert "England, primary schools, 2022-23 to 2024-25: figures of authorities" in page


def test_S3_a_figure_whose_file_gives_no_date_says_when_it_was_read_in(
    reader: StrictClient,
) -> None:
    ImportRun.objects.update(as_at=None)
    profile, story = text(reader), text(reader, "/schools/900001/")
    read_in = "absence in schools (performance tables), read in on 5 October 2026"
    assert f"This school, 2021-22 to 2024-25: {read_in}" in profile
    assert f"Source: {read_in}" in profile
    assert f"Source: {read_in}" in story
    assert "no date" not in profile


def test_S3_a_mean_of_schools_names_what_it_was_worked_out_from(reader: StrictClient) -> None:
    SchoolsMean.objects.create(
        la=990,
        group="primary",
        measure="absence.overall",
        year="2024-25",
        source="absence",
        mean=5.9,
        schools=14,
    )
    named = "worked out by Plimsoll from absence in schools (performance tables)"
    assert named in text(reader)


def test_figures_of_a_school_before_are_marked_year_by_year(
    cast: Cast, client: StrictClient
) -> None:
    before = make_school(900100, "Old Pier School", "01", "primary", status="2")
    SchoolLink.objects.create(urn=900001, other=900100, kind="Predecessor")
    publish(before, {"absence.overall": {"2021-22": 8.0, "2022-23": 7.0}})
    publish(cast.harbour_view, {"absence.overall": {"2023-24": 6.0}})
    client.force_login(cast.olu)
    page = text(client)
    assert "This school: of a school before this one, URN 900100 (2021-22 to 2022-23)" in page
    assert "7.0 % in 2022-23 (at a school before this one, URN 900100)" in page


def test_a_school_without_figures_is_told_so(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.olu)
    page = text(client)
    assert "there are no two years to compare" in page
    assert "Nothing is held for this school on: Overall absence; Persistent absence" in page
    assert "pl-trend" not in client.get(ADDRESS).content.decode()
    nursery = text(client, "/schools/900003/evidence/")
    assert "No figures of this school are held yet" in nursery


def test_S7_the_profile_names_no_band(cast: Cast, client: StrictClient) -> None:
    from tests.allocations import steps

    steps.agreed(cast)
    publish(cast.harbour_view)
    client.force_login(cast.lena)
    assert not re.search(r"\bBand\b", text(client))


def test_S3_the_schools_overview_tells_a_line_for_each_theme(reader: StrictClient) -> None:
    page = text(reader, "/schools/900001/")
    for line in (
        (
            "Overall absence: 5.7 % in 2024-25, close to primary schools in England (5.5 %), "
            "falling. Source: absence in schools (performance tables), as at 20 March 2026"
        ),
        (
            "Expected standard in reading, writing and maths: 58 % in 2023-24 (of 12 pupils), "
            "close to England (61 %), falling."
        ),
        "Eligible for free school meals: 31.4 % in 2024-25.",
    ):
        assert line in page, line
    assert "Persistent absence" not in page


@pytest.mark.parametrize("more", [0, 25])
def test_the_profile_costs_a_fixed_number_of_queries(
    more: int, cast: Cast, client: StrictClient
) -> None:
    publish(cast.harbour_view, OWN if more else {"absence.overall": {"2023-24": 6.0}})
    for number in range(more):
        publish(make_school(900100 + number, f"Pier {number:02} School", "01", "primary"))
    inspected(cast.harbour_view)
    client.force_login(cast.olu)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)
    assert len(queries) == 19, [query["sql"] for query in queries]
