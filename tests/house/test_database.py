import os

import pytest
from django.db import connection

from plimsoll.core import guards


@pytest.mark.django_db
def test_lane_has_the_database_it_names() -> None:
    expected = "postgresql" if os.environ.get("LANE") == "postgresql" else "sqlite"
    assert os.environ.get("DATABASE_URL") or connection.vendor == expected
    assert connection.vendor == expected or not os.environ.get("LANE")


@pytest.mark.django_db(transaction=True)
def test_guards_stand_after_a_test_that_emptied_the_database() -> None:
    assert guards.missing(connection) == []
