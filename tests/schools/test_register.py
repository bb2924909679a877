"""Reads of the register: who is on it, who was before, who holds the posts."""

from typing import Any

import pytest

from plimsoll.schools.models import SchoolLink
from plimsoll.schools.queries import (
    lineages,
    open_schools,
    predecessors,
    successors,
)
from plimsoll.schools.types import TYPES, route_of
from tests.cast import make_school

pytestmark = pytest.mark.django_db


def urns(schools: Any) -> list[int]:
    return sorted(school.urn for school in schools)


def test_open_schools_are_those_that_teach(db: None) -> None:
    for at, status in enumerate("1234"):
        make_school(900001 + at, f"School {status}", "01", "primary", la=341, status=status)
    make_school(900009, "A college", "18", "16-plus", la=341)
    make_school(900010, "Across the border", "01", "primary", la=343)
    assert urns(open_schools(["341"], ["01", "02"])) == [900001, 900003]
    assert urns(open_schools()) == [900001, 900003, 900009, 900010]


def link(urn: int, other: int, kind: str) -> None:
    SchoolLink.objects.create(urn=urn, other=other, kind=kind)


def test_predecessors_are_found_from_either_end_of_a_link(db: None) -> None:
    newest = make_school(900003, "New Academy", "34", "primary")
    link(900003, 900002, "Predecessor")
    link(900001, 900002, "Successor - amalgamated")
    link(900000, 900002, "Successor")
    link(900003, 900009, "Merged - expansion of school capacity")
    assert predecessors(newest) == [900000, 900001, 900002]
    old = make_school(900001, "Old School", "01", "primary")
    assert successors(old) == [900002]


def test_lineages_of_many_schools_are_one_query(db: None, django_assert_num_queries: Any) -> None:
    for urn in (900001, 900002, 900003):
        make_school(urn, f"School {urn}", "01", "primary")
    link(900001, 900002, "Predecessor")
    link(900002, 900001, "Predecessor")
    with django_assert_num_queries(1):
        assert lineages([900001, 900002, 900003]) == {
            900001: [900001, 900002],
            900002: [900002, 900001],
            900003: [900003],
        }
    assert lineages([]) == {}


@pytest.mark.parametrize(
    ("type_code", "route"),
    [
        ("01", "maintained"),
        ("02", "maintained"),
        ("03", "maintained"),
        ("05", "maintained"),
        ("07", "maintained"),
        ("12", "maintained"),
        ("15", "maintained"),
        ("14", "pru"),
        ("28", "academy"),
        ("34", "academy"),
        ("38", "academy"),
        ("40", "academy"),
        ("44", "academy"),
        ("08", "other"),
        ("10", "other"),
        ("11", "other"),
        ("18", "other"),
    ],
)
def test_the_legal_route_follows_from_the_type(type_code: str, route: str) -> None:
    assert route_of(type_code) == route
    assert type_code in TYPES.values()
