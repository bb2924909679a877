"""Saved filters: a person's own, and never an answer kept."""

from urllib.parse import urlencode

import pytest

from plimsoll.schools.models import Assignment, SavedFilter
from tests.allocations import steps
from tests.cast import NOW, Cast
from tests.desk.test_schools import listed
from tests.markup import StrictClient


def saved(person: object, name: str, query: str) -> SavedFilter:
    return SavedFilter.objects.create(person=person, name=name, query=query, saved_at=NOW)


def test_the_present_filters_are_saved_opened_renamed_and_deleted(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.olu)
    assert "Save these filters" not in client.get("/schools/").content.decode()
    page = client.get("/schools/?phase=nursery&text=&page=2").content.decode()
    assert 'href="/schools/saved/add/?phase=nursery"' in page
    answer = client.post("/schools/saved/add/?phase=nursery", {"name": "Nurseries"})
    assert answer.url == "/schools/?phase=nursery"
    for address in ("/schools/", "/schools/map/"):
        page = client.get(address).content.decode()
        assert f'href="{address}?phase=nursery">Nurseries</a>' in page, address
    row = SavedFilter.objects.get()
    client.post(f"/schools/saved/{row.pk}/rename/", {"name": "Little ones"})
    page = client.get("/schools/saved/").content.decode()
    assert "Little ones" in page
    assert "Phase: Nursery" in page
    asked = client.get(f"/schools/saved/{row.pk}/delete/").content.decode()
    assert "Delete “Little ones”" in asked
    assert SavedFilter.objects.exists()
    client.post(f"/schools/saved/{row.pk}/delete/")
    assert not SavedFilter.objects.exists()


def test_a_second_click_saves_nothing_twice_and_a_name_is_one_filters(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.olu)
    for _ in range(2):
        client.post("/schools/saved/add/?phase=nursery", {"name": "Mine"})
    assert SavedFilter.objects.count() == 1
    page = client.post("/schools/saved/add/?phase=primary", {"name": "Mine"}).content.decode()
    assert "You have a saved filter called “Mine” already" in page
    client.force_login(cast.dan)
    client.post("/schools/saved/add/?phase=primary", {"name": "Mine"})
    assert SavedFilter.objects.count() == 2


def test_every_filter_filled_in_can_be_saved(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.olu)
    query = urlencode({"text": "😀" * 100, "trust": "😀" * 100, "la": "😀" * 60, "mine": "on"})
    answer = client.post(f"/schools/saved/add/?{query}", {"name": "😀" * 60})
    assert answer.url == f"/schools/?{SavedFilter.objects.get().query}"
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    "query", ["next=//evil.example", "text=//evil.example", "text=%22%3E%3Cscript%3Ealert(1)"]
)
def test_a_saved_filter_leads_nowhere_else(query: str, cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.olu)
    answer = client.post(f"/schools/saved/add/?{query}", {"name": "<script>alert(1)</script>"})
    assert answer.url.startswith("/schools/?")
    for address in ("/schools/", "/schools/map/", "/schools/saved/", answer.url):
        assert "<script>alert" not in client.get(address).content.decode()


def test_nobody_keeps_more_than_can_be_read_through(cast: Cast, client: StrictClient) -> None:
    for number in range(30):
        saved(cast.olu, f"Filter {number}", "phase=primary")
    client.force_login(cast.olu)
    page = client.post("/schools/saved/add/?phase=nursery", {"name": "One more"}).content.decode()
    assert "You have 30 saved filters" in page


@pytest.mark.parametrize("who", ["dan", "dorothy", "ada"])
def test_U2_a_saved_filter_is_private_to_the_person(
    who: str, cast: Cast, client: StrictClient
) -> None:
    row = saved(cast.olu, "Olu’s own", "phase=nursery")
    client.force_login(cast.everyone[who])
    for address in ("/schools/", "/schools/map/", "/schools/saved/"):
        assert "Olu’s own" not in client.get(address).content.decode()
    for step in ("rename", "delete"):
        assert client.get(f"/schools/saved/{row.pk}/{step}/").status_code == 404
        assert client.post(f"/schools/saved/{row.pk}/{step}/").status_code == 404


def test_S7_a_saved_band_shows_nothing_to_who_may_know_it_no_longer(
    cast: Cast, client: StrictClient
) -> None:
    """The saved thing is the question; the answer is decided when it is asked."""
    steps.agreed(cast, band="C")
    client.force_login(cast.dorothy)
    client.post("/schools/saved/add/?band=C", {"name": "Ours"})
    assert listed(client, "/schools/?band=C") == [900001]
    assert "Band: C" in client.get("/schools/saved/").content.decode()
    Assignment.objects.filter(person=cast.dorothy).update(role="officer", service="send")
    assert listed(client, "/schools/?band=C") == [900001, 900002, 900003, 900004, 900005]
    page = client.get("/schools/?band=C").content.decode()
    assert "One of the filters in this address is not open to you" in page
    kept = client.get("/schools/saved/").content.decode()
    assert "Band: C" not in kept
    assert "Every school" in kept


def test_S7_nobody_saves_a_band_that_they_may_not_know(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.olu)
    client.post("/schools/saved/add/?band=C&phase=primary", {"name": "Bs"})
    assert SavedFilter.objects.get().query == "phase=primary"
