"""Every reading of an allocation is in the trail, which its readers may read (S7, rule 4)."""

import pytest

from plimsoll.core import audit
from plimsoll.core.models import Event
from tests.allocations import steps
from tests.cast import Cast
from tests.markup import StrictClient


@pytest.mark.parametrize("page", ["", "views/", "agree/", "evidence/add/"])
def test_S7_whoever_opens_a_page_of_an_allocation_leaves_a_trace(
    cast: Cast, client: StrictClient, page: str
) -> None:
    case = steps.with_school(cast)
    client.force_login(cast.helen)
    assert client.get(f"/allocations/{case.pk}/{page}").status_code == 200
    (event,) = Event.objects.filter(verb="allocation.read")
    assert (event.actor_name, event.urn, event.subject_id) == ("Helen Marsh", 900001, case.pk)
    assert event in audit.readable(cast.dorothy)
    assert event not in audit.readable(cast.ada)


def test_S7_whoever_is_turned_away_reads_nothing(cast: Cast, client: StrictClient) -> None:
    case = steps.with_school(cast)
    client.force_login(cast.henry)
    assert client.get(f"/allocations/{case.pk}/").status_code == 404
    assert not Event.objects.filter(verb="allocation.read").exists()


def test_S4_who_of_the_service_reads_before_the_school_has_heard_stays_inside(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.in_moderation(cast)
    client.force_login(cast.priya)
    assert client.get(f"/allocations/{case.pk}/").status_code == 200
    (event,) = Event.objects.filter(verb="allocation.read")
    assert event in audit.readable(cast.dorothy)
    assert event not in audit.readable(cast.helen)
