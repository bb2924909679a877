"""The audit trail can be written and read, and neither changed nor emptied."""

import pytest
from django.db import DatabaseError, connection, transaction

from plimsoll.core import audit, guards
from plimsoll.core.models import Event
from tests.cast import NOW, Cast


@pytest.fixture
def event(cast: Cast) -> Event:
    return audit.record(
        verb="school.read", subject=cast.harbour_view, by=cast.dan, at=NOW, permission="school.see"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_event SET verb = 'nothing'",
        "DELETE FROM core_event",
        "REPLACE INTO core_event SELECT * FROM core_event",
        "TRUNCATE core_event",
    ],
)
def test_no_statement_changes_or_removes_an_event(event: Event, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get(pk=event.pk).verb == "school.read"


def test_an_event_saved_again_is_refused(event: Event) -> None:
    event.verb = "nothing"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()


def test_every_guard_is_there_after_migrating(db: None) -> None:
    assert guards.missing(connection) == []


def test_a_guard_that_was_dropped_is_missed_and_put_back(db: None) -> None:
    guards.remove(connection)
    missing = guards.missing(connection)
    assert "core_event_no_update" in missing
    assert "core_event_no_delete" in missing
    guards.install(connection)
    assert guards.missing(connection) == []


def test_an_event_says_who_what_where_and_when(event: Event, cast: Cast) -> None:
    assert (event.actor, event.actor_name, event.urn, event.at) == (
        cast.dan.pk,
        "Dan Fox",
        900001,
        NOW,
    )
    assert (event.subject, event.subject_id) == ("schools.school", 900001)


def test_S7_the_trail_shows_nobody_more_than_the_pages_do(cast: Cast) -> None:
    for permission in ("school.see", "allocation.see", "allocation.inside", "people.see"):
        audit.record(
            verb=permission, subject=cast.harbour_view, by=None, at=NOW, permission=permission
        )
    seen = {
        name: {event.verb for event in audit.readable(person)}
        for name, person in cast.everyone.items()
    }
    school, known = {"school.see"}, {"school.see", "allocation.see"}
    inside = known | {"allocation.inside"}
    assert seen == {
        "ada": school | {"people.see"},
        "dan": school,
        "olu": school,
        "sadia": inside,
        "sam": school,
        "priya": inside | {"people.see"},
        "paul": inside | {"people.see"},
        "dorothy": inside | {"people.see"},
        "declan": inside | {"people.see"},
        "helen": known,
        "chloe": known,
        "pat": known,
        "lena": school,
        "henry": set(),
        "nobody": set(),
    }
