"""Drafts are kept as typed, by person and form, and read by nobody else."""

from plimsoll.core import drafts
from plimsoll.core.models import Draft
from tests.cast import Cast
from tests.markup import StrictClient


def test_what_is_typed_is_kept_with_every_value(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.helen)
    answer = client.post("/drafts/views:1:school/", {"text": "Half a thou", "tick": ["a", "b"]})
    assert answer.status_code == 200
    assert set(answer.json()) == {"saved_at"}
    kept = drafts.of(cast.helen, "views:1:school")
    assert kept is not None
    assert kept.data == {"text": ["Half a thou"], "tick": ["a", "b"]}
    assert drafts.of(cast.henry, "views:1:school") is None


def test_the_later_draft_takes_the_place_of_the_earlier(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.helen)
    client.post("/drafts/form/", {"text": "one"})
    client.post("/drafts/form/", {"text": "two", "csrfmiddlewaretoken": "x", "version": "3"})
    assert [draft.data for draft in Draft.objects.all()] == [{"text": ["two"]}]


def test_a_stranger_keeps_nothing(cast: Cast, client: StrictClient) -> None:
    assert client.post("/drafts/form/", {"text": "one"}).status_code == 302
    assert not Draft.objects.exists()


def test_what_is_no_draft_is_refused(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.helen)
    assert client.get("/drafts/form/").status_code == 405
    assert client.post("/drafts/form/", {"text": "x" * 200_001}).status_code == 413
    assert client.post(f"/drafts/{'k' * 121}/", {"text": "x"}).status_code == 404
    assert not Draft.objects.exists()
