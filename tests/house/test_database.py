import pytest
from django.db import connection

from plimsoll.core import guards


@pytest.mark.django_db
def test_lane_has_the_database_it_is_named_for(worker_id: str) -> None:
    lanes = {"sqlite": "sqlite", "browser": "sqlite", "postgresql": "postgresql"}
    assert connection.vendor == lanes.get(worker_id, connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_guards_stand_after_a_test_that_emptied_the_database() -> None:
    assert guards.missing(connection) == []
