"""Q1, S7: whether the allocation is still right stands in a note of its own, for the few."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits.models import StandingNote, Visit
from plimsoll.visits.reports.content import gathered
from plimsoll.visits.standing import actions as standing
from tests.allocations import steps
from tests.cast import NOW, Cast
from tests.visits.steps import held, planned

WHY = "Two new leaders: more support is needed than was agreed."


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return held(steps.agreed(cast, band="B"), cast.sadia)


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def noted(visit: Visit, by: User) -> StandingNote:
    return standing.write(visit=visit, still_right=False, why=WHY, by=by, at=NOW)


def test_Q1_the_partner_notes_it_once_and_is_led_to_the_review(cast: Cast, visit: Visit) -> None:
    address = reverse("visits:standing", args=[visit.pk])
    for _ in range(2):
        assert as_(cast.sadia).post(address, {"still_right": "no", "why": WHY}).status_code == 302
    assert [(note.still_right, note.why) for note in visit.standing_notes.all()] == [(False, WHY)]
    page = as_(cast.sadia).get(address).content.decode()
    case = Allocation.objects.get(school=cast.harbour_view)
    assert reverse("allocations:review", args=[case.pk]) in page
    assert visit.policy.words.marking in page


def test_Q1_S7_only_those_who_may_know_of_the_allocation_read_it(cast: Cast, visit: Visit) -> None:
    noted(visit, cast.sadia)
    address = reverse("visits:standing", args=[visit.pk])
    reads = {
        name
        for name, person in cast.everyone.items()
        if as_(person).get(address).status_code == 200
    }
    assert reads == {"sadia", "priya", "paul", "dorothy", "declan", "helen", "chloe"}
    assert {each.permission for each in Event.objects.filter(verb="standing.read")} == {
        "standing.see"
    }


def test_Q1_S7_it_is_in_no_report_and_no_email(cast: Cast, visit: Visit) -> None:
    noted(visit, cast.sadia)
    assert WHY not in str(gathered(visit.report))
    assert not Message.objects.filter(body__contains="support is needed").exists()


def test_Q1_nobody_else_writes_it_and_none_before_the_visit(cast: Cast, visit: Visit) -> None:
    with pytest.raises(Refused):
        noted(visit, cast.priya)
    case = Allocation.objects.get(school=cast.harbour_view)
    with pytest.raises(Refused):
        noted(planned(case, cast.sadia, kind="contact", days="0.5"), cast.sadia)


def test_E12_a_private_visit_has_no_note(cast: Cast, visit: Visit) -> None:
    case = Allocation.objects.get(school=cast.harbour_view)
    private = held(case, cast.sadia, kind="htpm")
    with pytest.raises(Refused):
        noted(private, cast.sadia)
    address = reverse("visits:standing", args=[private.pk])
    assert as_(cast.sadia).get(address).status_code == 404
