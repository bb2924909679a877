"""A dry run on the page: what a file would do, then reading in that same file once."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from plimsoll.core.models import Event
from plimsoll.evidence.models import Fact, ImportRun
from tests.browser import assert_accessible
from tests.cast import NOW, Cast, make_cast
from tests.desk.test_brought import AGAIN, FIRST, read
from tests.markup import StrictClient

BAD = AGAIN + "900003,990,rubbish,1\n"


@pytest.fixture(autouse=True)
def kept(settings: LazySettings, tmp_path: Path) -> Path:
    """Where uploads are kept."""
    settings.VAR = tmp_path / "var"
    return tmp_path / "var" / "uploads"


def sent(text: str = BAD, **more: str) -> dict[str, object]:
    file = SimpleUploadedFile("absence_2024-25.csv", text.encode())
    return {"source": "absence", "las": "", "year": "", "file": file, "first": "yes"} | more


def ticket_of(client: StrictClient, **more: str) -> str:
    page = client.post("/data/upload/", sent(**more)).content.decode()
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found, page
    return found[1]


def test_it_says_what_the_file_would_do_and_changes_nothing(
    cast: Cast, client: StrictClient, tmp_path: Path
) -> None:
    read(tmp_path, FIRST.replace("900002,990,7,20\n", ""))
    events = Event.objects.filter(verb__startswith="figures").count()
    client.force_login(cast.dan)
    page = client.post("/data/upload/", sent()).content.decode()
    for said in (
        "Nothing is changed yet",
        "Overall absence, % of sessions: 5.1 % → 5.3 %",
        "1 school of 2024-25",
        "rubbish",
    ):
        assert said in page, said
    assert ImportRun.objects.count() == 1
    assert Event.objects.filter(verb__startswith="figures").count() == events
    assert Fact.objects.get(urn=900001, measure="absence.overall").value == 5.1


def test_the_same_file_is_then_read_in_and_removed(
    cast: Cast, client: StrictClient, kept: Path
) -> None:
    client.force_login(cast.dan)
    ticket = ticket_of(client)
    assert len(list(kept.rglob("absence_2024-25.csv"))) == 1
    assert kept.stat().st_mode & 0o077 == 0
    answer = client.post("/data/upload/confirm/", {"ticket": ticket})
    run = ImportRun.objects.get()
    assert answer.url == f"/data/imports/{run.pk}/"
    assert (run.file, run.year, run.by) == ("absence_2024-25.csv", "2024-25", cast.dan.pk)
    assert Fact.objects.get(urn=900001, measure="absence.overall").value == 5.3
    assert list(kept.iterdir()) == []


def test_a_second_click_reads_nothing_in_twice(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    ticket = ticket_of(client)
    client.post("/data/upload/confirm/", {"ticket": ticket})
    again = client.post("/data/upload/confirm/", {"ticket": ticket}, follow=True)
    assert "That file was taken up already" in again.content.decode()
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize("ticket", ["", "nonsense", "a:b:c"])
def test_a_ticket_that_is_none_is_refused(ticket: str, cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    page = client.post("/data/upload/confirm/", {"ticket": ticket}, follow=True)
    assert "choose it again" in page.content.decode()


def test_a_ticket_is_its_persons_alone_and_for_an_hour(cast: Cast, client: StrictClient) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.force_login(cast.dan)
        ticket = ticket_of(client)
        clock.shift(timedelta(minutes=61))
        client.post("/data/upload/confirm/", {"ticket": ticket})
        assert not ImportRun.objects.exists()
        clock.shift(timedelta(minutes=-2))
        cast.olu.assignments.update(role="data", service="")
        client.force_login(cast.olu)
        client.post("/data/upload/confirm/", {"ticket": ticket})
        assert not ImportRun.objects.exists()
        client.force_login(cast.dan)
        client.post("/data/upload/confirm/", {"ticket": ticket})
        assert ImportRun.objects.count() == 1


def test_what_nobody_took_in_its_hour_is_removed_with_the_next_upload(
    cast: Cast, client: StrictClient, kept: Path
) -> None:
    client.force_login(cast.dan)
    ticket_of(client)
    (old,) = kept.iterdir()
    os.utime(old, (0, 0))
    ticket_of(client)
    assert old not in list(kept.iterdir())


def test_a_file_that_is_none_is_refused_and_not_kept(
    cast: Cast, client: StrictClient, kept: Path
) -> None:
    client.force_login(cast.dan)
    asked = sent("A,B\n1,2\n")
    at_once = {name: value for name, value in sent("A,B\n1,2\n").items() if name != "first"}
    for data in (asked, at_once):
        page = client.post("/data/upload/", data).content.decode()
        assert "The file has no column" in page
        assert list(kept.iterdir()) == []


def test_the_journey_without_javascript(
    transactional_db: None,
    page_without_javascript: Page,
    page: Page,
    sign_in: Callable[[Page, object], None],
    tmp_path: Path,
) -> None:
    cast = make_cast()
    read(tmp_path, FIRST)
    (tmp_path / "absence_2024-25.csv").write_text(BAD)
    for each in (page, page_without_javascript):
        sign_in(each, cast.dan)
        each.goto("/data/upload/")
        each.get_by_label("What the file is").select_option("absence")
        each.get_by_label("Local authority codes").fill("990")
        each.set_input_files("input[type=file]", tmp_path / "absence_2024-25.csv")
        each.get_by_role("button", name="Say what it would do first").click()
        expect(each.get_by_role("heading", level=1)).to_have_text("What this file would do")
    assert_accessible(page)
    page_without_javascript.get_by_role("button", name="Read it in").click()
    expect(page_without_javascript.get_by_text("absence_2024-25.csv is read.")).to_be_visible()
