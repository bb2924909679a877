"""Powers on My work: what waits for whom, and a window about to close unused (I9, U1)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from plimsoll.desk.waiting import items
from plimsoll.people.models import User
from tests.cast import Cast, make_cast
from tests.elsewhere import elsewhere
from tests.intervention import steps
from tests.intervention.steps import on
from tests.intervention.using import AFTER, decided, proposed, put_in_force, ready

CLOSING = "The window of the powers closes, and none is in force"
LAST = date(2026, 12, 26)


def waits(person: User, day: date = AFTER) -> list[tuple[str, date | None]]:
    """What of powers waits for the person on the day."""
    about = ("window of the powers", "governors:", "arrangements:")
    return [
        (item.what, item.due)
        for item in items(person, on(day))
        if any(each in item.what for each in about)
    ]


def test_I9_a_power_waits_for_whoever_consults_and_then_for_whoever_decides(cast: Cast) -> None:
    case = steps.eligible(cast)
    proposed(cast, case, "s63")
    ready(cast, case, "s64")
    arrangements = (
        "Require the governing body to enter into arrangements: proposed: consult and notify"
    )
    assert waits(cast.priya) == [(arrangements, LAST)]
    assert waits(cast.declan) == [("Appoint additional governors: waits to be decided", LAST)]
    for other in (cast.paul, cast.sadia, cast.helen, cast.chloe, cast.olu, cast.ada, cast.henry):
        assert waits(other) == []


def test_I9_a_window_with_few_days_left_is_on_the_list_until_a_power_is_in_force(
    cast: Cast,
) -> None:
    """The last day is 26 December; policy warns 21 days before, from 5 December."""
    case = steps.eligible(cast)
    assert waits(cast.declan, date(2026, 12, 4)) == []
    for person in (cast.priya, cast.dorothy, cast.declan):
        assert waits(person, date(2026, 12, 5)) == [(CLOSING, LAST)]
    for person in (cast.sadia, cast.helen, cast.chloe, cast.sam, cast.olu):
        assert waits(person, date(2026, 12, 5)) == []
    assert waits(cast.declan, date(2026, 12, 27)) == []
    use = decided(cast, ready(cast, case, "s64"))
    put_in_force(cast, use)
    assert waits(cast.declan, date(2026, 12, 5)) == []


def test_I9_a_category_sets_no_window_to_warn_of(cast: Cast) -> None:
    steps.in_category(cast)
    assert waits(cast.declan, date(2026, 12, 5)) == []


@pytest.fixture
def _the_director_keeps_and_decides(settings: Settings, tmp_path: Path) -> Iterator[None]:
    def one_role_does_it_all(text: str) -> str:
        before, powers = text.split("[[powers]]", 1)
        powers = powers.replace('by = "dcs"', 'by = "doe"')
        return f"{before}[[powers]]{powers}".replace('keeper = "po"', 'keeper = "doe"')

    with elsewhere(settings, tmp_path, one_role_does_it_all):
        yield


@pytest.mark.usefixtures("db", "_the_director_keeps_and_decides")
def test_I9_what_waits_follows_the_roles_that_policy_names() -> None:
    cast = make_cast()
    case = steps.eligible(cast)
    proposed(cast, case, "s63")
    arrangements = (
        "Require the governing body to enter into arrangements: proposed: consult and notify"
    )
    assert waits(cast.dorothy) == [(arrangements, LAST)]
    assert waits(cast.priya) == waits(cast.declan) == []
