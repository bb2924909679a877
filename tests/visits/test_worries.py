"""Q1: a safeguarding worry has its own way, the same day, and nobody else reads of it (S7)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused
from plimsoll.desk import chronology
from plimsoll.people.models import User
from plimsoll.visits.models import Worry
from plimsoll.visits.worries import actions as worries
from plimsoll.visits.worries.workflow import WORRY
from tests.allocations import steps
from tests.cast import NOW, Cast
from tests.visits.steps import worried

ABOUT = "The fence at the back is down."


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def mail() -> list[tuple[str, str]]:
    kept = Message.objects.filter(key__contains="worry").order_by("pk")
    return [(each.to.partition("@")[0], each.subject + each.body) for each in kept]


def test_Q1_a_worry_goes_to_a_person_who_is_told_at_once_and_not_what_it_is(cast: Cast) -> None:
    worried(cast)
    ((who, words),) = mail()
    assert who == "declan"
    for word in ("gate", "playtime", "safeguarding", "worry,", "child"):
        assert word not in words.lower()


def test_Q1_it_is_raised_on_a_page_to_one_of_policys_people(cast: Cast) -> None:
    address = reverse("visits:worry-raise", args=[cast.harbour_view.pk])
    page = as_(cast.sadia).get(address).content.decode()
    for name in ("Declan Byrne", "Dorothy Adeyemi", "Priya Nair"):
        assert name in page
    assert "Paul Whitfield" not in page
    sent = {"about": ABOUT, "to": cast.dorothy.pk, "told_besides": ""}
    for _ in range(2):  # a double click raises one
        assert as_(cast.sadia).post(address, sent).status_code == 302
    assert [each.raised_to for each in Worry.objects.all()] == [cast.dorothy]


def test_Q1_it_goes_to_nobody_else(cast: Cast) -> None:
    for person in (cast.helen, cast.sadia, cast.paul, cast.ada):
        with pytest.raises(Refused):
            worried(cast, to=person)


def test_Q1_whoever_it_is_for_acknowledges_it_and_its_raiser_hears(cast: Cast) -> None:
    worry = worried(cast)
    with pytest.raises(Refused, match="yourself"):
        worries.acknowledge(worry=worry, version=1, by=cast.sadia, at=NOW)
    answer = as_(cast.declan).post(reverse("visits:worry", args=[worry.pk]), {"version": 1})
    assert answer.status_code == 302
    worry.refresh_from_db()
    assert (worry.state, worry.acknowledged_by, worry.acknowledged_at) == (
        "acknowledged", "Declan Byrne", NOW,
    )  # fmt: skip
    assert [who for who, _ in mail()] == ["declan", "sadia"]
    WORRY.take(worry, "close", by=cast.declan, at=NOW, outcome="The gate has a lock now.")


def test_Q1_not_acknowledged_the_same_day_all_of_policys_people_hear_once_a_day(
    cast: Cast,
) -> None:
    worried(cast)
    assert worries.alert(at=NOW + timedelta(hours=8)) == 0
    for hours in (24, 25):
        worries.alert(at=NOW + timedelta(hours=hours))
    assert [who for who, _ in mail()] == ["declan", "declan", "dorothy", "priya"]
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        page = as_(cast.dorothy).get(reverse("visits:worries")).content.decode()
    assert "Not acknowledged the same day" in page
    assert "gate" not in page


def test_Q1_S7_only_the_few_read_it_and_each_reading_is_on_record(cast: Cast) -> None:
    worry = worried(cast)
    address = reverse("visits:worry", args=[worry.pk])
    reads = {
        name
        for name, person in cast.everyone.items()
        if as_(person).get(address).status_code == 200
    }
    assert reads == {"sadia", "priya", "paul", "dorothy", "declan"}
    kept = Event.objects.filter(verb="worry.read").values_list("permission", flat=True)
    assert list(kept) == ["worry.see"] * 5


def test_Q1_S7_the_chronology_tells_the_school_nothing_of_it(cast: Cast, case: Allocation) -> None:
    worried(cast)

    def told(person: User) -> bool:
        events = chronology.of_school(person, cast.harbour_view.pk)
        return any(each.verb.startswith("worry.") for each in events)

    assert told(cast.priya)
    for person in (cast.helen, cast.chloe, cast.lena, cast.pat, cast.olu, cast.ada):
        assert not told(person)


def test_Q1_a_word_like_a_childs_name_wants_a_second_look_and_is_no_bar(cast: Cast) -> None:
    address = reverse("visits:worry-raise", args=[cast.harbour_view.pk])
    sent = {"about": "A pupil, Oliver Twistle, was alone.", "to": cast.declan.pk}
    page = as_(cast.sadia).post(address, sent).content.decode()
    assert "no child may be named here" in page
    assert not Worry.objects.exists()
    assert as_(cast.sadia).post(address, sent | {"looked": "on"}).status_code == 302
