"""The map of schools: the list's filters, true positions, marks that never cover each other."""

import re
from itertools import combinations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from plimsoll.desk.map import Map
from plimsoll.schools.models import School
from tests.allocations import steps
from tests.cast import Cast, make_school
from tests.markup import StrictClient

POSITIONS = {
    900001: (340_000, 390_000),
    900002: (344_000, 390_000),
    900003: (340_000, 394_000),
    900004: (342_000, 392_000),
}


@pytest.fixture
def placed(cast: Cast) -> Cast:
    """Everybody but Tidewater has a position."""
    for urn, (easting, northing) in POSITIONS.items():
        School.objects.filter(pk=urn).update(easting=easting, northing=northing)
    return cast


def drawn() -> Map:
    return Map(School.objects.all(), QueryDict())


def test_a_school_stands_where_the_register_says(placed: Cast) -> None:
    """4 km fill 660 of 720 pixels; what is further north stands further up."""
    at = {mark.label.partition(",")[0]: (mark.x, mark.y) for mark in drawn().marks}
    view, road = at["Harbour View Primary School"], at["Dock Road Academy"]
    nursery, middle = at["Quayside Nursery School"], at["Lighthouse School"]
    assert abs((road[0] - view[0]) - 660) <= 24
    assert abs((view[1] - nursery[1]) - 660) <= 24
    assert abs(middle[0] - 360) <= 12
    assert abs(middle[1] - 360) <= 12


def test_no_mark_covers_another_however_many_there_are(placed: Cast) -> None:
    for number in range(300):
        make_school(
            900100 + number,
            f"Pier {number}",
            "01",
            "primary",
            easting=340_000 + number * 37 % 4_000,
            northing=390_000 + number * 91 % 4_000,
        )
    marks = drawn().marks
    assert sum(mark.count or 1 for mark in marks) == 304
    near = [
        (one, other)
        for one, other in combinations(marks, 2)
        if max(abs(one.x - other.x), abs(one.y - other.y)) < 23
    ]
    assert not near
    assert all(12 <= mark.x <= 708 for mark in marks)


def test_several_in_one_place_are_one_mark_that_leads_closer(
    placed: Cast, client: StrictClient
) -> None:
    make_school(900100, "Pier School", "01", "primary", easting=340_010, northing=390_000)
    client.force_login(placed.olu)
    page = client.get("/schools/map/?status=open").content.decode()
    mark = re.search(r'href="(\?[^"]+)#list" aria-label="2 schools here: come closer"', page)
    assert mark, page
    href = mark[1].replace("&amp;", "&")
    assert "status=open" in href
    closer = client.get(f"/schools/map/{href}").content.decode()
    assert 'aria-label="Pier School, Primary"' not in closer  # ten metres are one mark
    for name, shown in (("Pier School", True), ("Harbour View", True), ("Dock Road", False)):
        assert (name in closer) is shown, name
    assert "Only schools in one part of the map are shown" in closer


def test_a_school_without_a_position_is_named_with_the_reason(
    placed: Cast, client: StrictClient
) -> None:
    client.force_login(placed.olu)
    page = client.get("/schools/map/").content.decode()
    below = page.partition("Not on the map")[2]
    assert "The national register gives no position for these" in below
    assert "Tidewater Centre" in below
    assert "Lighthouse" not in below


def test_a_register_without_any_position_still_lists_its_schools(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.olu)
    page = client.get("/schools/map/").content.decode()
    assert '<svg class="pl-map"' not in page
    assert 'href="/schools/900001/"' in page


def test_S7_the_map_shows_the_own_school_and_no_other(placed: Cast, client: StrictClient) -> None:
    client.force_login(placed.helen)
    page = client.get("/schools/map/").content.decode()
    assert re.findall(r'aria-label="([^"]+)" transform', page) == [
        "Harbour View Primary School, Primary"
    ]


@pytest.mark.parametrize(("who", "found"), [("dorothy", 1), ("olu", 4), ("dan", 4)])
def test_S7_a_band_in_the_maps_address_works_for_who_may_know_it(
    who: str, found: int, placed: Cast, client: StrictClient
) -> None:
    steps.agreed(placed, band="C")
    client.force_login(placed.everyone[who])
    page = client.get("/schools/map/?band=C").content.decode()
    assert len(re.findall(r'class="pl-map__mark"', page)) == found
    assert ("left out" in page) is (found == 4)
    assert "Band C" not in page


@pytest.mark.parametrize("more", [0, 400])
def test_the_map_costs_a_fixed_number_of_queries(
    more: int, placed: Cast, client: StrictClient
) -> None:
    for number in range(more):
        make_school(
            900100 + number,
            f"Pier {number:02} School",
            "01",
            "primary",
            easting=330_000 + number * 511 % 9_000,
            northing=390_000 + number * 91 % 9_000,
        )
    client.force_login(placed.dorothy)
    client.get("/schools/map/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/schools/map/")
    assert len(queries) == 9, [query["sql"] for query in queries]
    assert len(page.content) < 300_000
