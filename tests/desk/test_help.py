"""Help and statements: for everybody, in the authority's own words."""

import tomllib

import pytest
from django.test import override_settings

from plimsoll.desk.views.guidance import TEXTS, topics
from tests.markup import StrictClient

STATEMENTS = ("", "accessibility/", "privacy/", "cookies/")


@pytest.mark.parametrize("page", STATEMENTS)
def test_statements_are_for_everybody(page: str, db: None, client: StrictClient) -> None:
    assert client.get(f"/help/{page}").status_code == 200


def test_every_main_page_has_help(db: None, client: StrictClient) -> None:
    assert set(topics()) == {
        "work", "schools", "school", "evidence", "allocation", "cycle", "data", "policy",
        "calendar", "people", "audit", "health", "contacts", "visits", "reports", "summaries",
        "cases", "notices", "service", "warned", "watch", "file",
    }  # fmt: skip
    for key in topics():
        assert "What good looks like" in client.get(f"/help/{key}/").content.decode(), key
    assert client.get("/help/nonsense/").status_code == 404


def test_each_topic_stands_once_and_in_words() -> None:
    rows = tomllib.loads(TEXTS.read_text("utf-8"))["topic"]
    assert [row["key"] for row in rows] == list(topics())
    for topic in topics().values():
        assert "{" not in " ".join((topic.title, topic.purpose, *topic.good, *topic.how)), topic.key


@override_settings(AUTHORITY="northmoor")
def test_help_speaks_the_authoritys_words() -> None:
    assert topics()["allocation"].title == "School Prioritisation"
    assert "Achievement Officer" in topics()["allocation"].how[0]
