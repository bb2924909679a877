"""Finding a school, for people who type in a hurry."""

from collections.abc import Iterable

import pytest
from django.db import connection

from plimsoll.core.access import visible
from plimsoll.schools import search, trigrams
from plimsoll.schools.models import School
from tests.cast import Cast, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(db: None) -> None:
    for urn, name, more in (
        (900001, "Harbour View Primary School", {"number": 2001, "postcode": "HB1 1AA"}),
        (900002, "Harbour Street Nursery School", {"number": 1000, "postcode": "HB1 2BB"}),
        (900003, "St Mary’s Catholic Primary School", {"number": 3300, "postcode": "HB10 1AA"}),
        (900004, "Lantern Hill Academy", {"number": 4000, "trust_name": "Compass Learning Trust"}),
        (900005, "Saint Marylebone College", {"number": 4001}),
    ):
        make_school(urn, name, "01", "primary", la=341, **more)


def found(text: str, among: Iterable[int] | None = None) -> list[int]:
    every = School.objects.all()
    wanted = every if among is None else every.filter(urn__in=list(among))
    return [school.urn for school in search.matching(wanted, text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Harbour View", 900001),
        ("harbour view primary", 900001),
        ("Harbor Veiw", 900001),
        ("Habour Veiw", 900001),
        ("harbour stret", 900002),
        ("St. Marys", 900003),
        ("st mary's", 900003),
        ("lantrn hil", 900004),
        ("Compas Learning", 900004),
        ("lant", 900004),
        ("900003", 900003),
        ("341/2001", 900001),
        ("3412001", 900001),
        ("341 2001", 900001),
        ("HB1 1AA", 900001),
        ("hb11aa", 900001),
        ("hb10", 900003),
    ],
)
def test_U2_a_school_is_found_though_mistyped(schools: None, text: str, first: int) -> None:
    assert found(text)[:1] == [first]


def test_the_nearest_comes_first(schools: None) -> None:
    assert set(found("harbour")) == {900001, 900002}
    assert found("harbour view")[0] == 900001


@pytest.mark.parametrize(
    "text",
    ["zzzz", "900999", "'; DROP TABLE schools_school; --", '"', "*", "%", "NEAR(", "", "   "],
)
def test_what_means_no_school_finds_none_and_breaks_nothing(schools: None, text: str) -> None:
    assert found(text) == []
    assert School.objects.count() == 5


def test_an_outward_code_is_not_the_beginning_of_another(schools: None) -> None:
    assert 900002 in found("HB1")
    assert 900003 not in found("HB1")


def test_nobody_finds_what_their_list_does_not_show(schools: None) -> None:
    assert found("harbour", among=[900002, 900004]) == [900002]
    assert found("900001", among=[900002]) == []
    assert [*search.matching(School.objects.none(), "harbour")] == []


def test_S7_a_head_finds_only_their_own_school(cast: Cast) -> None:
    def seen(text: str) -> list[School]:
        return list(search.matching(visible(School.objects.all(), cast.helen, "school.see"), text))

    assert seen("Harbor") == [cast.harbour_view]
    assert seen("Dock Road") == []
    assert seen(str(cast.dock_road.urn)) == []


def test_the_index_keeps_step_with_the_register(schools: None) -> None:
    School.objects.filter(pk=900001).update(name="Gull Lane School")
    assert found("gull lane")[:1] == [900001]
    assert 900001 not in found("harbour view")
    School.objects.filter(pk=900001).delete()
    assert found("gull lane") == []


def test_an_index_that_was_lost_is_made_again(schools: None) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER schools_search_added")
            cursor.execute("DELETE FROM schools_search")
    trigrams.install(connection)
    assert trigrams.is_there(connection)
    assert found("Harbor Veiw")[:1] == [900001]
