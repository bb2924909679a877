"""Fictional people and schools, few enough to keep in one's head."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from plimsoll.people.actions import create_person
from plimsoll.people.models import User
from plimsoll.schools.actions import appoint
from plimsoll.schools.models import Assignment, School

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PASSWORD = "a long walk by the river"


@pytest.fixture(autouse=True)
def _nobody_is_locked_out(db: None) -> None:
    """Failed sign-ins are counted in the cache, across tests too."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """person("Ada Okafor") has the address ada.okafor@example.org."""

    def make(name: str, **options: Any) -> User:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        return create_person(email=email, name=name, by=None, at=AT, **options)

    return make


@pytest.fixture
def holds() -> Callable[..., Assignment]:
    """Give a role without asking who gives it."""

    def give(person: User, role: str, **options: Any) -> Assignment:
        options = {"starts": date(2026, 9, 1)} | options
        return appoint(person=person, role=role, by=None, at=AT, **options)

    return give


def _school(urn: int, name: str, phase: str) -> School:
    return School.objects.create(
        urn=urn, name=name, la=999, number=urn % 10000, type="01", status="1", phase=phase
    )


@pytest.fixture
def harbour(db: None) -> School:
    return _school(900001, "Harbour Primary School", "primary")


@pytest.fixture
def meadow(db: None) -> School:
    return _school(900002, "Meadow High School", "secondary")


@pytest.fixture
def admin(person: Callable[..., User], holds: Callable[..., Assignment]) -> User:
    who = person("Ines Marlow", password=PASSWORD)
    holds(who, "admin")
    return who


@pytest.fixture
def po(person: Callable[..., User], holds: Callable[..., Assignment]) -> User:
    who = person("Peter Osei")
    holds(who, "po")
    return who
